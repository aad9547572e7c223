"""Pauses: time that is not counted, such as that of a hearing [R36]; half-open intervals.

A clock of days leaves out every day that is paused in part; a clock of hours leaves out the paused
time itself. Pauses that touch or overlap are joined, so that splitting a pause changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.clocks.clock_refusals import (
    BeyondReckoning,
    MomentWithoutZone,
    PauseEndsBeforeItBegins,
)
from shared.times import china_day, start_of

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)

DaySpan = tuple[int, int]
"""Ordinals: the first day that is paused, and the first that no longer is."""


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """From `begins` up to, and without, `ends`; both with a zone."""

    begins: datetime
    ends: datetime

    def __post_init__(self) -> None:
        """Refuse moments without a zone, and an end before the beginning."""
        if self.begins.tzinfo is None or self.ends.tzinfo is None:
            raise MomentWithoutZone
        if self.ends <= self.begins:
            raise PauseEndsBeforeItBegins(self.begins, self.ends)

    @classmethod
    def of_days(cls, first: date, last: date) -> "Pause":
        """Whole days in China, both included."""
        if last < first:
            raise PauseEndsBeforeItBegins(first, last)
        if last == date.max:
            raise BeyondReckoning(first)
        return cls(start_of(first), start_of(last + _DAY))


def day_spans(pauses: Iterable[Pause]) -> list[DaySpan]:
    """The days that the pauses touch, in order and without overlaps."""
    return list(
        _joined(
            (
                china_day(pause.begins).toordinal(),
                china_day(pause.ends - _INSTANT).toordinal() + 1,
            )
            for pause in sorted(pauses)
        )
    )


def moment_spans(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime]]:
    """The paused time, in order and without overlaps."""
    return list(_joined((pause.begins, pause.ends) for pause in sorted(pauses)))


def _joined(spans: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    held: tuple[Any, Any] | None = None
    for begins, ends in spans:
        if held is None or begins > held[1]:
            if held is not None:
                yield held
            held = (begins, ends)
        else:
            held = (held[0], max(held[1], ends))
    if held is not None:
        yield held
