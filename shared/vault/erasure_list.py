"""The list of erased files, outside the database: a restored backup has those files again.

It lies beside the journal of seals, one JSON object a line, and names files by their references,
which are random and of nothing. Whoever restores a backup brings the newest list along; the service
closes what it names before it answers anybody. A last line without its end is a write that a crash
cut short, and is written again.
"""

import fcntl
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import orjson


class ErasedFile(NamedTuple):
    """A file of the vault that was closed."""

    division: str
    person_ref: str


class ErasureListUnusable(ValueError):
    """The list cannot be read: nothing is shown that it may name."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"the list of erased files {file} {why}")


class ErasureList:
    """The list of one service; processes on one machine share it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> frozenset[ErasedFile]:
        """Every file that was ever erased; none where there is no list yet."""
        if not self.file.exists():
            return frozenset()
        try:
            whole, _, _ = self.file.read_bytes().rpartition(b"\n")
        except OSError as fault:
            raise ErasureListUnusable(self.file, f"cannot be read ({fault.strerror})") from None
        return frozenset(map(self._erased, whole.splitlines()))

    def add(self, closed: Collection[ErasedFile]) -> None:
        """Append those, on disk when it returns."""
        if not closed:
            return
        opened = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            size = os.fstat(opened).st_size
            end = os.pread(opened, size, 0).rfind(b"\n") + 1
            os.ftruncate(opened, end)
            os.pwrite(opened, _lines(sorted(closed)), end)
            os.fsync(opened)
        finally:
            os.close(opened)

    def _erased(self, line: bytes) -> ErasedFile:
        try:
            said = orjson.loads(line)
            return ErasedFile(said["division"], said["file"])
        except (ValueError, KeyError, TypeError):
            raise ErasureListUnusable(self.file, "has a line that is none of its own") from None


def _lines(closed: Iterable[ErasedFile]) -> bytes:
    return b"".join(
        orjson.dumps({"division": each.division, "file": each.person_ref}) + b"\n"
        for each in closed
    )
