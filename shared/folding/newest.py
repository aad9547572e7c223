"""A bounded set: of each kind of entry the newest, within a horizon of its newest.

Of some kinds the newest entry about each item is kept instead, however old and however many there are.
What is kept of a set does not depend on the order in which its entries come: whatever is dropped
would be dropped of the whole set as well.
"""

from bisect import insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Protocol, TypeVar


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


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many entries of a kind are kept, and how far behind the newest of them."""

    most: int
    horizon: timedelta
    one_each: frozenset[str] = frozenset()
    """The kinds of which the newest entry about each item is kept. Neither number applies to them:
    whoever states such a kind bounds its items."""


def keep(kept: list[E], new: E, bounds: Bounds) -> bool:
    """Put an entry into the set, which is in order; False where it is there, or is not kept."""
    if new.says in bounds.one_each:
        return _keep_newest(kept, new)
    of_its_kind = [each for each in kept if each.says == new.says]
    if any(each.order == new.order for each in of_its_kind):
        return False
    insort(kept, new, key=attrgetter("order"))
    insort(of_its_kind, new, key=attrgetter("order"))
    earliest = of_its_kind[-1].at - bounds.horizon
    dropped = [
        each
        for place, each in enumerate(of_its_kind)
        if each.at < earliest or place < len(of_its_kind) - bounds.most
    ]
    for each in dropped:
        kept.remove(each)
    return new not in dropped


def _keep_newest(kept: list[E], new: E) -> bool:
    for place, each in enumerate(kept):
        if each.says == new.says and each.of == new.of:
            if each.order >= new.order:
                return False
            del kept[place]
            break
    insort(kept, new, key=attrgetter("order"))
    return True
