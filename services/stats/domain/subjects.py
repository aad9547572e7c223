"""All subjects, and all their counters by name: a name is a counter's alone."""

from services.stats.domain.case_subject import CASE
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.covered_grid_subject import COVERED_GRID
from services.stats.domain.duty_subject import DUTY
from services.stats.domain.grid_subject import GRID
from services.stats.domain.mediation_subject import MEDIATION
from services.stats.domain.mediator_subject import MEDIATOR
from services.stats.domain.patrol_month_subject import PATROL_MONTH
from services.stats.domain.report_subject import REPORT
from services.stats.domain.village_subject import VILLAGE
from services.stats.domain.warning_subject import WARNING
from services.stats.domain.watch_subject import WATCH
from services.stats.domain.worker_subject import WORKER

SUBJECTS = (
    CASE,
    MEDIATION,
    MEDIATOR,
    REPORT,
    VILLAGE,
    GRID,
    WORKER,
    COVERED_GRID,
    PATROL_MONTH,
    WARNING,
    WATCH,
    DUTY,
)

COUNTERS = {counter.name: counter for subject in SUBJECTS for counter in subject.counters}

SUBJECT_OF: dict[str, CountedSubject] = {
    counter.name: subject for subject in SUBJECTS for counter in subject.counters
}
"""For each counter what it counts."""
