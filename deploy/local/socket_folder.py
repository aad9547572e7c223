"""Where the Unix sockets of a data folder are: where nobody else can enter or put one.

A socket's path has at most 107 bytes. A data folder with a longer path has its sockets in a private
folder of a short name that nobody can guess, to which the link `sockets` in the data folder leads.
"""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from deploy.local.refusals import FolderNotOurs

_LONGEST = 107
_ROOM = len("/supervisor.sock.4194304")
"""The longest name below the folder: the supervisor adds its process number while it begins."""
_LINK = "sockets"


def socket_folder(home: Path) -> Path:
    """The folder of the sockets.

    Where it does not exist or is not ours any more it is `home`, whose path is then too long for
    a socket: nobody is spoken to.
    """
    link = home / _LINK
    if _is_short(home) or not link.is_symlink():
        return home
    target = link.readlink()
    return target if _is_ours(target, home) else home


def make_socket_folder(home: Path) -> Path:
    """The same, made where it has to be; raises FolderNotOurs."""
    found = socket_folder(home)
    return found if _is_short(found) else _make_short(home)


def remove_short_folder(home: Path) -> None:
    """What a run with a long path leaves behind."""
    if (found := socket_folder(home)) != home:
        shutil.rmtree(found, ignore_errors=True)
        (home / _LINK).unlink(missing_ok=True)


def _make_short(home: Path) -> Path:
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108  mkdtemp makes it private
        made = Path(tempfile.mkdtemp(prefix="concord-", dir=place))
        if _is_short(made):
            _point(home / _LINK, made)
            return made
        made.rmdir()
    raise FolderNotOurs(home, "its path is too long for a socket, and so is that of TMPDIR")


def _point(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(target)


def _is_short(folder: Path) -> bool:
    return len(os.fsencode(folder)) + _ROOM <= _LONGEST


def _is_ours(folder: Path, home: Path) -> bool:
    """After a restart anyone may have made a folder of that name again."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == home.stat().st_uid
    # the group's right to pass through is how PostgreSQL of a machine's root gets to its own folder
    return ours and not found.st_mode & 0o067
