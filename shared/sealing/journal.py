"""The journal of seals: what a service has signed, in a file outside its database.

Whoever writes the database could take seals and events away, and the service would sign what is
left as if nothing had been. So every seal is written here before it enters its ledger, and before
the next is signed the ledger is compared with the latest seal here.

The file is append-only, one JSON object a line, each on disk before the seal is used. Processes on
one machine share it by a lock; a last line without its end is a write that a crash cut short.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from shared.contracts.ledger import LedgerRestoreAccepted, LedgerSealed
from shared.sealing.seal import as_seal
from shared.times import to_wire

_LOCK_PAUSE = 0.05


class JournalUnusable(ValueError):
    """The journal of seals cannot be used: nothing is signed without it."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"the journal of seals {file} {why}")


class SealJournal:
    """The journal of one service; only what was appended since the last look is read."""

    def __init__(self, file: Path) -> None:
        """The file is made when it is first locked; raises JournalUnusable if others may write it."""
        self.file = file
        self._latest: dict[str, LedgerSealed] = {}
        self._accepted: set[str] = set()
        self._read = 0
        self._inode: int | None = None
        with _usable(file):
            if file.exists() and file.stat().st_mode & 0o022:
                raise JournalUnusable(file, "may be written by others: its mode has to be 0600")

    @property
    def latest(self) -> Mapping[str, LedgerSealed]:
        """By ledger the latest seal since the last restore that was accepted."""
        return self._latest

    @property
    def accepted(self) -> Collection[str]:
        """Digests of the seals that somebody accepted as lost: no ledger has to hold them."""
        return self._accepted

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Hold the journal alone, up to date; raises JournalUnusable."""
        with _usable(self.file):
            opened = _open(self.file)
        try:
            while not _lock(opened):  # noqa: ASYNC110 - another process lets go of it
                await asyncio.sleep(_LOCK_PAUSE)
            await asyncio.to_thread(self._catch_up, opened)
            yield
        finally:
            os.close(opened)

    def write_seal(self, seal: LedgerSealed) -> None:
        """Append a seal, while the journal is locked."""
        self._append({"entry": seal.kind, "digest": seal.digest, "seal": seal.to_data()})

    def write_restore(self, accepted: LedgerRestoreAccepted, at: datetime) -> None:
        """Append that a restore was accepted, while the journal is locked."""
        said = {"entry": accepted.kind, "at": to_wire(at), "accepted": accepted.to_data()}
        self._append(said)

    def seals_after(self, place: int) -> tuple[list[LedgerSealed], int]:
        """The seals of the lines behind a place in the file, and the place behind them."""
        with _usable(self.file):
            if not self.file.exists():
                return [], place
            with self.file.open("rb") as opened:
                # a place behind the end is one of another, longer journal
                place = place if place <= self.file.stat().st_size else 0
                opened.seek(place)
                new = opened.read()
        whole = new[: new.rfind(b"\n") + 1]
        entries = map(self._entry, whole.splitlines())
        return [each for each in entries if isinstance(each, LedgerSealed)], place + len(whole)

    def _append(self, entry: dict[str, Any]) -> None:
        """Write and sync at once, in the event loop: a cancelled thread would write on unlocked."""
        line = orjson.dumps(entry) + b"\n"
        with _usable(self.file):
            opened = os.open(self.file, os.O_WRONLY | os.O_APPEND)
            try:
                if os.write(opened, line) < len(line):
                    raise JournalUnusable(self.file, "could not be written to the end")
                os.fsync(opened)
            finally:
                os.close(opened)
        self._take(line)
        self._read += len(line)

    def _catch_up(self, opened: int) -> None:
        with _usable(self.file):
            state = os.fstat(opened)
            if state.st_ino != self._inode or state.st_size < self._read:
                self._latest, self._accepted, self._read = {}, set(), 0
                self._inode = state.st_ino
            new = os.pread(opened, state.st_size - self._read, self._read)
            whole = new.rfind(b"\n") + 1
            for line in new[:whole].splitlines():
                self._take(line)
            self._read += whole
            if whole < len(new):
                # the seal of a line that a crash cut short was never used
                os.ftruncate(opened, self._read)

    def _take(self, line: bytes) -> None:
        match self._entry(line):
            case LedgerSealed() as seal:
                self._latest[seal.ledger] = seal
            case accepted:
                self._accepted.add(accepted.seal)
                self._latest.pop(accepted.ledger, None)

    def _entry(self, line: bytes) -> LedgerSealed | LedgerRestoreAccepted:
        """The seal of a line, or the restore that it accepts."""
        try:
            entry = orjson.loads(line)
            if entry["entry"] == LedgerSealed.kind:
                return as_seal(entry["seal"])
            return LedgerRestoreAccepted.model_validate(entry["accepted"])
        except (ValueError, KeyError, TypeError):
            raise JournalUnusable(self.file, "has a line that is none of its own") from None


@contextmanager
def _usable(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise JournalUnusable(file, f"cannot be used ({fault.strerror})") from None


def _open(file: Path) -> int:
    """The file, made with its folder's entry on disk where there is none."""
    try:
        return os.open(file, os.O_RDWR)
    except FileNotFoundError:
        opened = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return opened


def _lock(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
