"""What a counter is: one case on one day of its life, if a condition holds."""

from collections.abc import Callable
from dataclasses import dataclass

from services.stats.domain.anchors import Anchor
from services.stats.domain.case_fact import CaseFact


@dataclass(frozen=True, slots=True)
class Counter:
    """Adds one on the anchor's day; `made_by` names the marks of the fact that it reads."""

    name: str
    anchor: Anchor
    holds: Callable[[CaseFact], bool]
    made_by: tuple[str, ...]
