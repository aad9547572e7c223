"""A disk that can be made full at will and emptied again: a tmpfs whose size is changed.

Making it as small as what it holds does what a full disk does: every write that needs another
block fails. Mounting takes rights that not everybody has.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOMY = 3 << 30
"""Nothing is taken from memory before it is written."""


def may_mount(folder: Path) -> bool:
    """Whether a disk can be mounted here: tried, for no question answers that."""
    place = folder / "tried"
    place.mkdir()
    try:
        with small_disk(place):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False
    finally:
        place.rmdir()


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A disk of its own at that folder, gone at the end with all that is on it."""
    options = f"size={ROOMY},mode=711"
    _run("mount", "-t", "tmpfs", "-o", options, "concord-chaos", str(place))
    try:
        yield
    finally:
        _run("umount", "-l", str(place))


def fill(place: Path, spare: int) -> None:
    """Nothing but `spare` bytes is left."""
    found = os.statvfs(place)
    used = (found.f_blocks - found.f_bfree) * found.f_frsize
    _resize(place, used + spare)


def empty(place: Path) -> None:
    """There is room again."""
    _resize(place, ROOMY)


def _resize(place: Path, size: int) -> None:
    _run("mount", "-o", f"remount,size={size}", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
