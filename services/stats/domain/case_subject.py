"""Cases (信访事项), as a subject of figures."""

from operator import attrgetter

from services.stats.domain.case_counters import CASE_COUNTERS
from services.stats.domain.case_fold import evolve
from services.stats.domain.case_step import case_steps
from services.stats.domain.counted_subject import CountedSubject
from shared.contracts.intake import CaseFiled

CASE = CountedSubject(
    name="case",
    source="/intake",
    read=case_steps,
    begins_with=CaseFiled.kind,
    evolve=evolve,
    dimensions=("category", "village_code"),
    dimensions_of=attrgetter("filing.category", "filing.village_code"),
    counters=CASE_COUNTERS,
)
