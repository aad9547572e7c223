"""Files that only their owner may read, written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OURS_ALONE = 0o077
"""As a umask: whatever the caller's is, what a run makes is its owner's alone."""


@contextmanager
def making_private_files() -> Iterator[None]:
    """Whatever this process makes meanwhile is closed to everyone else."""
    theirs = os.umask(OURS_ALONE)
    try:
        yield
    finally:
        os.umask(theirs)


def close_to_others(folder: Path) -> None:
    """Takes from everyone else what they may do with anything below the folder."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            # what runs there makes and removes files meanwhile
            with suppress(FileNotFoundError):
                _close(Path(place, name))


def _close(path: Path) -> None:
    mode = path.lstat().st_mode
    if mode & OURS_ALONE and not stat.S_ISLNK(mode):
        path.chmod(stat.S_IMODE(mode) & ~OURS_ALONE)


def write_private(file: Path, text: str) -> None:
    """Replaces the file in one step; nobody else can read it at any moment."""
    growing = file.with_name(f"{file.name}.new")
    growing.unlink(missing_ok=True)
    descriptor = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    growing.replace(file)


def is_private(file: Path) -> bool:
    """Whether it is there and closed to everyone but its owner, who is us."""
    if not file.is_file():
        return False
    found = file.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077
