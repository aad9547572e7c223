"""Who PostgreSQL runs as: it refuses to run as root, so root needs somebody else.

Started by root it gets a user of its own: a number that no other program has. As `nobody` it would
belong to every other program that runs as `nobody`.
"""

import grp
import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.bare_environment import bare_environment
from deploy.local.refusals import NobodyMayRunPostgres

_AS_NOBODY_INSIDE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
_FIRST, _COUNT = 48_000, 10_000
"""Numbers that distributions give to nobody by themselves, yet within the 65,536 of a container."""


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
            env=bare_environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def maker(self) -> "Owner":
        """Who runs initdb, which takes only users that have a name: `nobody`, in our group alone.

        The folder is closed to every other group, so that no other program of `nobody` gets to
        what is made there before it is handed to its owner.
        """
        return self if self.uid is None else Owner(pwd.getpwnam("nobody").pw_uid, self.gid)

    def take(self, path: Path) -> None:
        """Makes a file or a whole folder this owner's; what is so already is not touched."""
        wanted = os.geteuid() if self.uid is None else self.uid
        if path.lstat().st_uid == wanted:
            return
        # the folder itself comes last: a kill before that leaves it to be taken again
        for below in (*path.rglob("*"), path):
            os.chown(below, wanted, self.gid or os.getegid(), follow_symlinks=False)

    def allow_passage(self, folder: Path) -> None:
        """Lets this owner pass through a private folder, and nobody else."""
        if self.gid is None:
            folder.chmod(0o700)
        else:
            os.chown(folder, -1, self.gid)
            folder.chmod(0o710)


def choose_owner(postgres: Path, folder: Path) -> Owner:
    """The plainest way that works here: as we are, as a user of its own, in a user namespace.

    The last one is for root in a folder that only root may enter: files stay root's, and only
    PostgreSQL believes otherwise.
    """
    if os.geteuid() != 0:
        return Owner()
    own = _of_its_own(folder)
    if _may_enter_and_run(own, folder, postgres):
        return own
    namespaced = Owner(prefix=_AS_NOBODY_INSIDE)
    namespaced.allow_passage(folder)
    if _works(namespaced, postgres):
        return namespaced
    raise NobodyMayRunPostgres(folder)


def _of_its_own(folder: Path) -> Owner:
    """The number that the data has already, else a free one that goes with the folder's path."""
    known = _number_of(folder / "postgres")
    first = int.from_bytes(hashlib.sha256(os.fsencode(folder)).digest()[:4]) % _COUNT
    derived = (_FIRST + (first + step) % _COUNT for step in range(_COUNT))
    number = next(number for number in (known, *derived) if number and _is_free(number))
    return Owner(number, number)


def _number_of(data: Path) -> int | None:
    found = data.stat().st_uid if data.exists() else 0
    return found if _FIRST <= found < _FIRST + _COUNT else None


def _is_free(number: int) -> bool:
    """Whether the machine knows no user and no group of that number."""
    for known in (pwd.getpwuid, grp.getgrgid):
        try:
            known(number)
        except KeyError:
            continue
        return False
    return True


def _may_enter_and_run(owner: Owner, folder: Path, postgres: Path) -> bool:
    # entering the folder is tried too: the binaries may be open to everyone where the data is not
    enter_and_run = ["/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh"]
    try:
        owner.allow_passage(folder)
        return owner.run([*enter_and_run, str(folder), str(postgres)]).returncode == 0
    except (OSError, subprocess.SubprocessError):  # a container that has no such number
        return False


def _works(owner: Owner, postgres: Path) -> bool:
    try:
        return owner.run([str(postgres), "--version"]).returncode == 0
    except FileNotFoundError:  # no `unshare` on this machine
        return False
