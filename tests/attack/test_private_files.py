"""What a run keeps on disk and in its processes is closed to everybody else on the machine."""

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.private_files import close_to_others
from deploy.local.run_folder import RunFolder
from tests.attack.traces import in_files
from tests.deploy.commands import System

pytestmark = [pytest.mark.parts, pytest.mark.slow]

EVERYBODY_ELSE = 0o077
# PostgreSQL of a machine's root is another user, who has to pass through to its own folder
_PASSING_THROUGH = 0o010


def everything(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every file, folder and socket; what vanishes meanwhile is nobody's."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            if path.is_symlink() or not path.exists():
                continue
            yield path, path.lstat()


def secrets_of(run: RunFolder) -> list[str]:
    """Every password and key of the run, as it is written down."""
    found = json.loads((run.path / "secrets.json").read_text(encoding="utf-8"))
    passwords = [word for each in found.pop("databases").values() for word in each.values()]
    passwords += [each["key"] for each in found.pop("keys_of_others").values()]
    pem = [file.read_text(encoding="utf-8") for file in run.path.rglob("*.pem")]
    pem.append((run.path / "issuer.key").read_text(encoding="utf-8"))
    lines = [line for text in pem for line in text.splitlines() if not line.startswith("-----")]
    return [*map(str, found.values()), *passwords, *lines]


def test_nothing_in_the_data_folder_is_open_to_others_whatever_the_umask_was(
    whole: System,
) -> None:
    open_to_others = [
        f"{stat.filemode(found.st_mode)} {path.relative_to(whole.folder)}"
        for path, found in everything(whole.folder)
        if found.st_mode & EVERYBODY_ELSE
    ]
    assert open_to_others == []
    assert whole.folder.stat().st_mode & EVERYBODY_ELSE & ~_PASSING_THROUGH == 0


def test_what_an_earlier_run_left_open_is_closed_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "kafka"
    folder.mkdir(mode=0o755)
    left = folder / "server.properties"
    left.write_text("x", encoding="utf-8")
    left.chmod(0o666)
    (tmp_path / "elsewhere").symlink_to("/etc/passwd")
    before = Path("/etc/passwd").stat().st_mode
    close_to_others(tmp_path)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder, left)]
    assert modes == [0o700, 0o600]
    assert Path("/etc/passwd").stat().st_mode == before


def test_no_secret_stands_outside_the_files_that_are_made_for_secrets(whole: System) -> None:
    known = [secret.encode() for secret in secrets_of(whole.run_folder)]
    assert len(known) > 10
    kept = re.compile(r"secrets\.json|issuer\.key|launch/[a-z-]+\.json|seal-keys/[a-z]+\.pem")
    found = [
        name
        for name, raw in in_files(whole.folder)
        if not kept.fullmatch(name) and any(secret in raw for secret in known)
    ]
    assert found == []


def test_no_command_line_holds_a_secret_and_each_process_has_its_own_alone(
    whole: System,
) -> None:
    run = whole.run_folder
    known = secrets_of(run)
    processes = whole.processes()
    assert len(processes) > 6
    for process in processes:
        said = "\0".join(process.cmdline())
        assert not [secret for secret in known if secret in said]
    stats = [each for each in processes if "services.stats" in " ".join(each.cmdline())]
    assert stats
    for process in stats:
        environment = "\0".join(process.environ().values())
        assert run.secrets.key_encryption_key not in environment
        assert run.secrets.postgres_superuser not in environment
        assert run.secrets.database("intake").role_password not in environment


def test_only_its_own_user_can_look_into_a_process(whole: System) -> None:
    for process in whole.processes():
        try:
            environ = Path(f"/proc/{process.pid}/environ").stat()
        except FileNotFoundError:
            continue
        assert environ.st_uid == os.geteuid() or psutil.Process(process.pid).name() == "postgres"
        assert environ.st_mode & EVERYBODY_ELSE == 0


def test_a_run_that_is_printed_shows_no_secret(whole: System) -> None:
    run = whole.run_folder
    printed = f"{run!r} {run.secrets!r} {run.secrets.database('intake')!r}"
    assert [secret for secret in secrets_of(run) if secret in printed] == []
