"""A moment that an event made, and the place of that event."""

from datetime import date, datetime
from typing import NamedTuple

from shared.times import china_day


class Mark(NamedTuple):
    """A moment, its day in China, and the place of the event that made it in the ledger."""

    at: datetime
    seq: int
    on: date

    @classmethod
    def of(cls, at: datetime, seq: int) -> "Mark":
        """The mark as it was stored."""
        return cls(at, seq, china_day(at))
