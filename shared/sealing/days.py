"""Selects the heads of a ledger to seal: the ends of days with new events.

A seal does not count as a new event, so an idle ledger is not sealed again. The result depends only
on the ledger and its last seal: after a week of downtime the same days are sealed as without it.

Where a ledger's clock was corrected, days start again at the day of the correction, and its seal
covers what was recorded under days that never were.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.contracts.ledger import LedgerClockCorrected, LedgerSealed
from shared.sealing.merkle import GrowingTree
from shared.sealing.seal import Head
from shared.times import china_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of an event that sealing needs."""

    sequence: int
    hash: bytes
    kind: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LastSeal:
    """The last seal: its version in the stream of seals, what it covers, and the seal itself."""

    version: int = 0
    head_sequence: int = 0
    day: date = date.min
    seal: LedgerSealed | None = None
    latest_day: date = date.min
    """The latest day of any seal: of an earlier one, where the clock was corrected since."""


@dataclass(frozen=True, slots=True)
class Root:
    """The history of a ledger up to an event, as a seal has it: the last hash, the tree's root."""

    sequence: int
    head_hash: str
    merkle_root: str


class SealableDays:
    """Takes a ledger's events from the first on and returns the heads after its last seal."""

    def __init__(self, last: LastSeal, *, until: date) -> None:
        """Days from `until` on are not over yet and are not sealed."""
        self.last = last
        self._until = until
        self._tree = GrowingTree()
        self._hash = b""
        self._has_news = False
        # events recorded on a day that is sealed already belong to the next day
        self._day = last.day + _DAY

    def take(self, entry: Entry) -> Head | None:
        """Add an event; returns the head before it, if a day with new events ends there."""
        found = None
        if entry.sequence > self.last.head_sequence:
            day = china_day(entry.recorded_at)
            if entry.kind != LedgerClockCorrected.kind:
                day = max(self._day, day)
            found = self._head() if day > self._day else None
            self._day = day
            self._has_news |= entry.kind != LedgerSealed.kind
        self._tree.append(entry.hash)
        self._hash = entry.hash
        return found

    def here(self) -> Root:
        """The history up to the event that was added last."""
        return Root(self._tree.size, self._hash.hex(), self._tree.root().hex())

    def end(self) -> Head | None:
        """The head after the last event, if it ends a day with new events."""
        return self._head()

    def _head(self) -> Head | None:
        if not self._has_news or self._day >= self._until:
            return None
        self._has_news = False
        return Head(self._day, self._tree.size, self._hash, self._tree.root())


def heads_to_seal(entries: Iterable[Entry], last: LastSeal, *, until: date) -> Iterator[Head]:
    """The heads to seal now; `entries` are all events of the ledger from the first."""
    days = SealableDays(last, until=until)
    for entry in entries:
        found = days.take(entry)
        if found:
            yield found
    found = days.end()
    if found:
        yield found
