"""Mediations (调解纠纷), as a subject of figures."""

from operator import attrgetter

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.mediation_counters import MEDIATION_COUNTERS
from services.stats.domain.mediation_fact import evolve
from services.stats.domain.mediation_step import mediation_steps
from shared.contracts.mediation import MediationApplied

MEDIATION = CountedSubject(
    name="mediation",
    source="/mediation",
    read=mediation_steps,
    begins_with=MediationApplied.kind,
    evolve=evolve,
    dimensions=("category", "village_code", "committee_id"),
    dimensions_of=attrgetter("dispute.category", "dispute.village_code", "dispute.committee_id"),
    counters=MEDIATION_COUNTERS,
)
