"""When something happened, and which event says so."""

from datetime import date, datetime
from typing import Any, NamedTuple

from shared.times import china_day, from_wire, to_wire


class Occurrence(NamedTuple):
    """A moment, its day in China, and the sequence of the event that stated it."""

    at: datetime
    seq: int
    on: date

    @classmethod
    def of(cls, at: datetime, seq: int) -> "Occurrence":
        """An occurrence as it was stored: the day follows from the moment."""
        return cls(at, seq, china_day(at))

    @classmethod
    def from_json(cls, written: list[Any]) -> "Occurrence":
        """The occurrence that `to_json` wrote."""
        return cls.of(from_wire(written[0]), written[1])

    def to_json(self) -> list[Any]:
        """The occurrence inside a JSON column."""
        return [to_wire(self.at), self.seq]
