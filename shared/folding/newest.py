"""A bounded set: of each kind of entry the newest, within a horizon of its newest.

Of some kinds the newest entry about each item is kept instead, however old and however many there are.
Of others the first and the last entries of each period are kept as well: however many come later, what
was said in that period is not lost.
What is kept of a set does not depend on the order in which its entries come: whatever is dropped
would be dropped of the whole set as well.
"""

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from shared.times import start_of


class Entry(Protocol):
    """An entry of the set; no two have the same order, which begins with the moment."""

    @property
    def at(self) -> datetime:
        """When it happened."""

    @property
    def order(self) -> tuple[Any, ...]:
        """Its place in the set: `at`, then whatever tells it from others."""

    @property
    def says(self) -> str:
        """Its kind; each kind is bounded by itself."""

    @property
    def of(self) -> str:
        """The item that it is about."""

    @property
    def live(self) -> bool:
        """Whether it may decide something; periods keep those that do and the others apart."""

    @property
    def record(self) -> str | None:
        """The record of which it is stated, where it has one."""


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What is kept of each period: the first entry of so many items, and the last of so many.

    Any stretch of time that is no shorter than a period, or that begins or ends within one, has as many
    items by what is kept as by all, up to that number.
    """

    length: timedelta
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many entries of a kind are kept, and how far behind the newest of them."""

    most: int
    horizon: timedelta
    one_each: frozenset[str] = frozenset()
    """The kinds of which the newest entry about each item is kept. Neither number applies to them:
    whoever states such a kind bounds its items."""
    spread: Mapping[str, Spread] = field(default_factory=dict)
    """The kinds of which entries of each period within the horizon are kept, besides the newest."""
    with_records: frozenset[str] = frozenset()
    """The kinds of which an entry is kept as long as one of another kind about the same record is."""


def keep(kept: list[E], new: E, bounds: Bounds) -> bool:
    """Put an entry into the set, which is in order; False where it is there, or is not kept."""
    if new.says in bounds.one_each:
        return _keep_newest(kept, new)
    of_its_kind = [each for each in kept if each.says == new.says]
    if any(each.at == new.at and each.order == new.order for each in of_its_kind):
        return False
    insort(kept, new, key=attrgetter("order"))
    if not of_its_kind:
        return True
    dropped = _drop(kept, new.says, bounds)
    if dropped:
        for says in bounds.with_records - {new.says}:
            _drop(kept, says, bounds)
    return new.order not in dropped


def _drop(kept: list[E], says: str, bounds: Bounds) -> set[tuple[Any, ...]]:
    """Take out what is not kept of a kind; gives the places that it had."""
    of_its_kind = [each for each in kept if each.says == says]
    if not of_its_kind:
        return set()
    earliest = of_its_kind[-1].at - bounds.horizon
    if len(of_its_kind) <= bounds.most and of_its_kind[0].at >= earliest:
        return set()
    newest = [each for each in of_its_kind[-bounds.most :] if each.at >= earliest]
    dropped = {each.order for each in of_its_kind[: len(of_its_kind) - len(newest)]}
    if says in bounds.spread:
        within = [each for each in of_its_kind if each.at >= earliest]
        dropped -= {each.order for each in _of_periods(within, bounds.spread[says])}
    if says in bounds.with_records:
        records = {each.record for each in kept if each.says != says}
        dropped -= {each.order for each in of_its_kind if each.record in records - {None}}
    kept[:] = [each for each in kept if each.says != says or each.order not in dropped]
    return dropped


_ORIGIN = start_of(date(2000, 1, 1))
"""Periods are counted from a midnight, so that one of a day is a calendar day."""


def _of_periods(entries: Sequence[E], spread: Spread) -> Iterator[E]:
    periods: dict[tuple[int, bool], list[E]] = {}
    for each in entries:
        periods.setdefault(((each.at - _ORIGIN) // spread.length, each.live), []).append(each)
    for found in periods.values():
        for ordered in (found, found[::-1]):
            of_items: dict[str, E] = {}
            for each in ordered:
                of_items.setdefault(each.of, each)
            yield from list(of_items.values())[: spread.items]


def _keep_newest(kept: list[E], new: E) -> bool:
    for place, each in enumerate(kept):
        if each.says == new.says and each.of == new.of:
            if each.order >= new.order:
                return False
            del kept[place]
            break
    insort(kept, new, key=attrgetter("order"))
    return True
