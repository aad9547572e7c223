"""Days on end that are counted one by one, without a row for any of them."""

from datetime import date, timedelta
from typing import NamedTuple

from shared.folding.occurrence import Occurrence

_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """From the first day to the last, both included, and the event by which they count."""

    first: date
    last: date | None
    """None: without an end."""
    occurrence: Occurrence

    def days_in(self, start: date, end: date) -> int:
        """How many of its days lie between the two, both included."""
        first = max(self.first, start)
        last = end if self.last is None else min(self.last, end)
        return max(0, (last - first).days + 1)


def less(stretch: Stretch, taken: list[Stretch]) -> list[Stretch]:
    """What is left of a stretch when the days of others are taken from it.

    What begins behind a stretch that was taken begins by the event of that one, so by what says that
    it has ended.
    """
    left: list[Stretch] = []
    first, begun_by = stretch.first, stretch.occurrence
    for each in sorted(taken, key=lambda one: one.first):
        if each.last is not None and each.last < first:
            continue
        if stretch.last is not None and each.first > stretch.last:
            break
        if each.first > first:
            left.append(Stretch(first, each.first - _DAY, begun_by))
        if each.last is None or each.last == date.max:
            return left
        first, begun_by = each.last + _DAY, each.occurrence
    if stretch.last is None or first <= stretch.last:
        left.append(Stretch(first, stretch.last, begun_by))
    return left
