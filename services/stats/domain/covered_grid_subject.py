"""Grids as they have to be patrolled: days on which a patrol is due, and days without a worker."""

from operator import attrgetter

from services.stats.domain.anchor import Lasting, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Counter, always
from services.stats.domain.covered_grid_fact import CoveredGrid, covered_grid_steps, evolve
from shared.contracts.grid import GridCorrected, GridDefined

_FIRST_DAYS = Trace((GridDefined.kind, GridCorrected.kind), by="due_day")
DUE = Lasting("due", _FIRST_DAYS, attrgetter("due"))
WITHOUT_WORKER = Lasting("without_worker", _FIRST_DAYS, attrgetter("without_worker"))


def _dimensions_of(fact: CoveredGrid) -> tuple[str | None, ...]:
    return (fact.village_code,)


COVERED_GRID = CountedSubject(
    name="covered_grid",
    source="/grid",
    read=covered_grid_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=("village_code",),
    dimensions_of=_dimensions_of,
    counters=(
        Counter("patrols_due", DUE, always),
        Counter("days_without_worker", WITHOUT_WORKER, always),
    ),
)
