"""What a counter is: one entity on one day of its life, if a condition holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.stats.domain.anchor import Anchor, Recurring

Condition = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Counter:
    """Adds one on the anchor's day; `made_by` names the occurrences of the fact that it reads.

    `holds` is asked of the fact, or of each occasion where the anchor recurs.
    """

    name: str
    anchor: Anchor | Recurring
    holds: Condition
    made_by: tuple[str, ...] = ()


def always(_: Any) -> bool:
    """Whatever has the anchor counts."""
    return True
