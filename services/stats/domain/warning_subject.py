"""Early warnings (预警), as a subject of figures: on which day each was raised, and how it ended."""

from operator import attrgetter

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.warning_counters import WARNING_COUNTERS
from services.stats.domain.warning_fact import evolve
from services.stats.domain.warning_step import warning_steps

WARNING = CountedSubject(
    name="warning",
    source="/grid",
    read=warning_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=("category", "village_code", "level", "rule"),
    dimensions_of=attrgetter("warned.category", "warned.village_code", "level", "warned.rule"),
    counters=WARNING_COUNTERS,
)
