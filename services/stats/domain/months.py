"""Spans cut into whole months and the days that are left at either end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.stats.domain.spans import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cut:
    """Pieces of spans: `months` begin on the first day of a month and end on the last of one."""

    months: list[Span] = field(default_factory=list)
    days: list[Span] = field(default_factory=list)


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def cut(spans: Iterable[Span]) -> Cut:
    """The same days, each in exactly one piece."""
    pieces = Cut()
    for span in spans:
        first, last = _first_whole(span.start), _last_whole(span.end)
        if first is None or last is None or first > last:
            pieces.days.append(span)
            continue
        pieces.months.append(_between(span, first, last))
        if span.start < first:
            pieces.days.append(_between(span, span.start, first - _DAY))
        if last < span.end:
            pieces.days.append(_between(span, last + _DAY, span.end))
    return pieces


def _first_whole(day: date) -> date | None:
    """The first day of the first month that begins on this day or later, while time lasts."""
    if day.day == 1:
        return day
    if (day.year, day.month) == (date.max.year, date.max.month):
        return None
    return month_of(month_of(day) + timedelta(days=31))


def _last_whole(day: date) -> date | None:
    """The last day of the last month that ends on this day or earlier, since time began."""
    if day == date.max or (day + _DAY).day == 1:
        return day
    first = month_of(day)
    return None if first == date.min else first - _DAY


def _between(span: Span, start: date, end: date) -> Span:
    return Span(span.term, span.division, start, end)
