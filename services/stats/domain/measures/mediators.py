"""The measure of mediators: people on the roster, each counted once, and once in each kind."""

from services.stats.domain.measures.definition import (
    Kind,
    Measure,
    Name,
    RosterTreatment,
    Stock,
    Unit,
)
from services.stats.domain.mediator_subject import joined_as, left_as
from shared.contracts.mediation_codes import MediatorKind

MEDIATOR_MEASURES = (
    Measure(
        id="mediators",
        name=Name("调解员人数", "mediators"),
        formula=Stock("mediators_joined", "mediators_left"),
        unit=Unit.PERSON,
        cohort="on a township's roster at the end of the period, or now where it is not over; no"
        " narrowing by category, village or committee, since people are enrolled for none",
        treatment=RosterTreatment(
            several_kinds="counted once, and once in each kind: the kinds add up to more",
            left="no longer counted from the day of leaving on",
            returned="counted again, in the kinds of the new enrolment",
        ),
        kinds=tuple(
            Kind(kind.value, kind.label, Stock(joined_as(kind), left_as(kind)))
            for kind in MediatorKind
        ),
        basis="人民调解法 13, 14",
    ),
)
