"""The views of stats, declared once: what the worker folds and what a rebuild makes anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.stats.store.case_tables import CASES
from services.stats.store.counted_tables import CountedTables
from services.stats.store.coverage_tables import EVERY_COVERAGE_TABLES
from services.stats.store.duty_tables import DUTIES
from services.stats.store.grid_tables import EVERY_GRID_TABLES
from services.stats.store.mediation_tables import MEDIATIONS, MEDIATORS
from services.stats.store.warning_tables import EVERY_WARNING_TABLES
from services.stats.stream.registry_fold import RegistryFold
from services.stats.stream.subject_fold import SubjectFold
from shared.streaming import Fold
from shared.topics import topic_of


@dataclass(frozen=True)
class View:
    """The tables of the subjects that one topic tells of: they follow from it and nothing else."""

    name: str
    topic: str
    subjects: tuple[CountedTables, ...]
    folds: Callable[[Sequence[CountedTables]], Fold] = SubjectFold
    others: tuple[str, ...] = ()
    """Tables that the fold writes besides those of subjects."""

    def fold(self) -> Fold:
        """What writes the view's tables."""
        return self.folds(self.subjects)

    @property
    def tables(self) -> tuple[str, ...]:
        """All that the fold writes; no other view writes them."""
        return (*(table for subject in self.subjects for table in subject.all), *self.others)


VIEWS = (
    View("cases", topic_of("intake"), (CASES, DUTIES), RegistryFold, ("known_unit", "known_post")),
    View("mediations", topic_of("mediation"), (MEDIATIONS, MEDIATORS)),
    View(
        "grids",
        topic_of("grid"),
        (*EVERY_GRID_TABLES, *EVERY_COVERAGE_TABLES, *EVERY_WARNING_TABLES),
    ),
)
