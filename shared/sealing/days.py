"""Which heads of a ledger are to be sealed: the ends of those days that brought news.

A seal is no news, so a ledger at rest is not sealed again. What is found depends on the ledger
and its last seal alone: after a week of standstill the days are sealed that would have been.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.contracts.ledger import LedgerSealed
from shared.sealing.merkle import GrowingTree
from shared.sealing.seal import Head
from shared.times import china_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What sealing needs of an event."""

    sequence: int
    hash: bytes
    kind: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LastSeal:
    """The seal before: its place among the ledger's seals, and what it covers."""

    version: int = 0
    head_sequence: int = 0
    day: date = date.min


class SealableDays:
    """Takes a ledger's events from the first on and finds the heads after its last seal."""

    def __init__(self, last: LastSeal, *, until: date) -> None:
        """Days from `until` on are not over and are left alone."""
        self._last = last
        self._until = until
        self._tree = GrowingTree()
        self._hash = b""
        self._has_news = False
        # what was recorded on a day sealed already belongs to the next one
        self._day = last.day + _DAY

    def take(self, entry: Entry) -> Head | None:
        """The head before this event, if a day with news ends there."""
        found = None
        if entry.sequence > self._last.head_sequence:
            day = max(self._day, china_day(entry.recorded_at))
            found = self._head() if day > self._day else None
            self._day = day
            self._has_news |= entry.kind != LedgerSealed.kind
        self._tree.append(entry.hash)
        self._hash = entry.hash
        return found

    def end(self) -> Head | None:
        """The head after the last event, if it ends a day with news."""
        return self._head()

    def _head(self) -> Head | None:
        if not self._has_news or self._day >= self._until:
            return None
        self._has_news = False
        return Head(self._day, self._tree.size, self._hash, self._tree.root())


def heads_to_seal(entries: Iterable[Entry], last: LastSeal, *, until: date) -> Iterator[Head]:
    """All heads of a ledger, from its first event on, that are to be sealed now."""
    days = SealableDays(last, until=until)
    for entry in entries:
        found = days.take(entry)
        if found:
            yield found
    found = days.end()
    if found:
        yield found
