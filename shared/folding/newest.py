"""A bounded set: of each kind of entry the newest, within a horizon of its newest.

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


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many entries of a kind are kept, and how far behind the newest of them."""

    most: int
    horizon: timedelta


def keep(kept: list[E], new: E, bounds: Bounds) -> bool:
    """Put an entry into the set, which is in order; False where it is there, or is not kept."""
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
