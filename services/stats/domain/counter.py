"""What a counter is: one entity on one day of its life, if a condition holds, or so many times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.stats.domain.anchor import Anchor, Lasting, Recurring

Condition = Callable[[Any], bool]

ON_ITS_DAY = timedelta(days=-1)
"""Judged as soon as its day has begun: what is stated of a later day does not count yet."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Adds one on the anchor's day, or as many as `times` says; `made_by` has the paths of the occurrences that it reads.

    `holds` is asked of the fact, or of each occasion where the anchor recurs.
    """

    name: str
    anchor: Anchor | Recurring | Lasting
    holds: Condition
    made_by: tuple[str, ...] = ()
    value: Callable[[Any], int] | None = None
    """Of a counter by values (how many days?): each entity counts under its own. These are counted
    from the facts, not kept in rollups.
    """
    matures_in: timedelta | None = None
    """So long after its day it can be judged; None: at once, or when the anchor's term is over."""

    times: Callable[[Any], int] | None = None
    """Of a counter that adds more than one: how many an occasion is, such as the people of a visit."""

    def adds(self, what: Any) -> int:
        """What the fact or the occasion adds: none where the condition does not hold."""
        if not self.holds(what):
            return 0
        return 1 if self.times is None else self.times(what)

    @property
    def judged_after(self) -> timedelta | None:
        """How long after the anchor's day its days are judged; None for what needs no judging."""
        if self.matures_in is not None:
            return self.matures_in
        return timedelta() if self.anchor.is_due_day else None


def always(_: Any) -> bool:
    """Whatever has the anchor counts."""
    return True
