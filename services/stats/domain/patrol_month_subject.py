"""Days on which grids were patrolled (巡查), each once however many went."""

from datetime import timedelta
from operator import attrgetter

from services.stats.domain.anchor import Recurring, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Counter
from services.stats.domain.patrol_month_fact import (
    Patrol,
    PatrolMonth,
    evolve,
    patrol_month_steps,
)
from services.stats.domain.patrol_policy import PATROLLED_KINDS
from shared.contracts.patrols import PatrolDone

PATROLLED = Recurring("patrolled", Trace((PatrolDone.kind,)), attrgetter("patrolled"))
_WHEN_THE_DAY_IS_OVER = timedelta()


def _was_due(patrol: Patrol) -> bool:
    return patrol.grid_kind in PATROLLED_KINDS


def _kind_is_unknown(patrol: Patrol) -> bool:
    return patrol.grid_kind is None


def _dimensions_of(fact: PatrolMonth) -> tuple[str | None, ...]:
    return (fact.village_code,)


PATROL_MONTH = CountedSubject(
    name="patrol_month",
    source="/grid",
    read=patrol_month_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=("village_code",),
    dimensions_of=_dimensions_of,
    counters=(
        Counter("patrols_done", PATROLLED, _was_due, matures_in=_WHEN_THE_DAY_IS_OVER),
        Counter(
            "patrolled_kind_not_stated",
            PATROLLED,
            _kind_is_unknown,
            matures_in=_WHEN_THE_DAY_IS_OVER,
        ),
    ),
)
