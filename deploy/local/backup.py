"""Copies what cannot be derived again: the databases, and the keys to decrypt them.

Kafka is left out. Its topics are sent again from the ledgers, and a copy of another moment would
not fit them.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import run_secrets
from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT, mortal
from deploy.local.postgres import SUPERUSER, binaries
from deploy.local.private_files import close_to_others, making_private_files
from deploy.local.refusals import (
    BackupDamaged,
    FolderNotEmpty,
    NoErasureList,
    NotABackup,
    NotRunning,
    SetupFailed,
)
from deploy.local.run_folder import FILE_NAME, RunFolder
from shared.office.machine_gauges import note_backup
from shared.vault.erasure_list import ErasureList

_DATABASES = "postgres"
_ALWAYS = (_DATABASES, FILE_NAME, run_secrets.FILE_NAME)
_SEAL_KEYS = "seal-keys"
"""The keys and the journals of seals, where a service seals."""

Tell = Callable[[str], None]


def back_up(run: RunFolder, out: Path, tell: Tell) -> int:
    """Copy a running system into a new folder; gives its bytes.

    The copy is of one moment, however much is written meanwhile, and checked before it gets its
    name. Raises NotRunning, FolderNotEmpty, SetupFailed.
    """
    if not run.postgres.is_ready(run.secrets.postgres_superuser):
        raise NotRunning(run.path)
    with _growing(out) as folder:
        # first, so that the journal of seals names none that the copied ledgers lack
        _copy(run.path, folder, _SEAL_KEYS)
        tell("copying the databases")
        _copy_databases(run, folder / _DATABASES)
        tell("checking the copy")
        _verify(folder)
        _copy(run.path, folder, FILE_NAME, run_secrets.FILE_NAME)
    note_backup(run.path / _SEAL_KEYS)
    return sum(file.stat().st_size for file in out.rglob("*") if file.is_file())


def restore(backup: Path, data: Path, tell: Tell, *, erased: Path | None = None) -> None:
    """Make a data folder of a backup, for `concord up` to start.

    `erased` has newer lists of erased files than the backup: another data folder, or a copy of
    its `seal-keys`. The services close what they name before they answer anybody. Raises
    NotABackup, BackupDamaged, FolderNotEmpty, NoErasureList.
    """
    lists = [] if erased is None else _erasure_lists(erased)
    if not all((backup / name).exists() for name in _ALWAYS):
        raise NotABackup(backup)
    tell("checking the backup")
    _verify(backup)
    with _growing(data) as folder:
        tell("copying")
        _copy(backup, folder, *_ALWAYS, _SEAL_KEYS)
        for newer in lists:
            tell(f"bringing along {newer.name}")
            (folder / _SEAL_KEYS).mkdir(exist_ok=True)
            kept = ErasureList(folder / _SEAL_KEYS / newer.name)
            kept.add(ErasureList(newer).read() - kept.read())


def _erasure_lists(folder: Path) -> list[Path]:
    """The list of each service; raises NoErasureList where the folder has none."""
    within = folder / _SEAL_KEYS if (folder / _SEAL_KEYS).is_dir() else folder
    found = sorted(within.glob("*.erased"))
    if not found:
        raise NoErasureList(folder)
    return found


def _copy_databases(run: RunFolder, folder: Path) -> None:
    command = [str(binaries() / "pg_basebackup"), "--pgdata", str(folder), "--checkpoint=fast"]
    command += ["--manifest-checksums=SHA256"]
    command += ["--host", str(run.postgres.sockets), "--port", str(run.ports["postgres"])]
    command += ["--username", SUPERUSER]
    _run("Copying the databases", command, PGPASSWORD=run.secrets.postgres_superuser)


def _verify(backup: Path) -> None:
    """Compare every file with PostgreSQL's own manifest; the wheel's pg_verifybackup crashes."""
    databases = backup / _DATABASES
    try:
        manifest = json.loads((databases / "backup_manifest").read_bytes())
        for file in manifest["Files"]:
            if _sha256(databases / file["Path"]) != file["Checksum"]:
                raise BackupDamaged(backup, f"{file['Path']} is not as it was copied")
    except (OSError, ValueError, KeyError) as fault:
        raise BackupDamaged(backup, f"{type(fault).__name__} while it was checked") from fault


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _run(what: str, command: list[str], **environment: str) -> None:
    done = subprocess.run(
        mortal(command),
        env=bare_environment(**{PARENT: str(os.getpid())}, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetupFailed(what, done.stderr)


def _copy(source: Path, target: Path, *names: str) -> None:
    for name in names:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, symlinks=True)
        elif (source / name).exists():
            shutil.copy2(source / name, target / name)


@contextmanager
def _growing(folder: Path) -> Iterator[Path]:
    """Complete when it has its name, and closed to everyone else from the first file on."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder)
    growing = folder.with_name(f"{folder.name}.part")
    with making_private_files():
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(parents=True)
        try:
            yield growing
            close_to_others(growing)
            os.sync()
            if folder.exists():
                folder.rmdir()
            growing.rename(folder)
        finally:
            shutil.rmtree(growing, ignore_errors=True)
