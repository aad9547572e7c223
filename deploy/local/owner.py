"""Who PostgreSQL runs as: it refuses to run as root, so root needs somebody else."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.refusals import NobodyMayRunPostgres

_AS_NOBODY_INSIDE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


@dataclass(frozen=True)
class Owner:
    """A user to become, or words to put before a command, or neither."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Runs a short program as this owner; its output is kept, its failure is not raised."""
        return subprocess.run(
            [*self.prefix, *command],
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            cwd="/",  # the caller's folder may be closed to this owner
            capture_output=True,
            text=True,
            check=False,
        )

    def take(self, path: Path) -> None:
        """Makes a file or a whole folder this owner's; what is so already is not touched."""
        wanted = os.geteuid() if self.uid is None else self.uid
        if path.lstat().st_uid == wanted:
            return
        for below in (path, *path.rglob("*")):
            os.chown(below, wanted, self.gid or os.getegid(), follow_symlinks=False)

    def allow_passage(self, folder: Path) -> None:
        """Lets this owner pass through a private folder, and nobody else."""
        if self.gid is None:
            folder.chmod(0o700)
        else:
            os.chown(folder, -1, self.gid)
            folder.chmod(0o710)


def choose_owner(postgres: Path, folder: Path) -> Owner:
    """The plainest way that works here: as we are, as `nobody`, as `nobody` of a user namespace.

    The last one is for root in a folder that only root may enter: files stay root's, and only
    PostgreSQL believes otherwise.
    """
    if os.geteuid() != 0:
        return Owner()
    nobody = _nobody()
    nobody.allow_passage(folder)
    # entering the folder is tried too: the binaries may be open to everyone where the data is not
    enter_and_run = ["/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh"]
    if nobody.run([*enter_and_run, str(folder), str(postgres)]).returncode == 0:
        return nobody
    namespaced = Owner(prefix=_AS_NOBODY_INSIDE)
    namespaced.allow_passage(folder)
    if _works(namespaced, postgres):
        return namespaced
    raise NobodyMayRunPostgres(folder)


def _nobody() -> Owner:
    entry = pwd.getpwnam("nobody")
    return Owner(uid=entry.pw_uid, gid=entry.pw_gid)


def _works(owner: Owner, postgres: Path) -> bool:
    try:
        return owner.run([str(postgres), "--version"]).returncode == 0
    except FileNotFoundError:  # no `unshare` on this machine
        return False
