"""The views of stats, declared once: what the worker folds and what a rebuild makes anew."""

from collections.abc import Callable
from dataclasses import dataclass

from services.stats.stream.case_fold import CaseFold
from shared.streaming import Fold
from shared.topics import INTAKE


@dataclass(frozen=True)
class View:
    """Tables that follow from one topic, and from nothing else."""

    name: str
    topic: str
    fold: Callable[[], Fold]
    tables: tuple[str, ...]
    """All that the fold writes; no other view writes them."""


VIEWS = (
    View(
        "cases",
        INTAKE,
        CaseFold,
        ("case_step", "case_fact", "case_day_rollup", "case_month_rollup"),
    ),
)
