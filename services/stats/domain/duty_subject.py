"""What leaders and units did, counted: each act on its stated day, as often as it says."""

from operator import attrgetter

from services.stats.domain.anchor import Recurring, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Condition, Counter
from services.stats.domain.duty_acts import DutyFact, duty_steps, evolve
from shared.contracts.conferences import ConferenceHeld
from shared.contracts.key_cases import KeyCaseClosed, KeyCaseOpened
from shared.contracts.receptions import ReceptionHeld, ReceptionVisitReceived

_KINDS = (
    ReceptionHeld.kind,
    ReceptionVisitReceived.kind,
    ConferenceHeld.kind,
    KeyCaseOpened.kind,
    KeyCaseClosed.kind,
)
ACTED = Recurring("acted", Trace(_KINDS, by="due_day"), attrgetter("acts"))
COUNTED = (
    "receptions_held",
    "reception_batches",
    "reception_person_times",
    "solved_on_site",
    "group_visits_received",
    "conferences_held",
    "key_cases",
    "backlog_cases_settled_in_time",
)
"""In the order of the rollup: a new one goes behind the others."""


def _is(code: str) -> Condition:
    def holds(act: object) -> bool:
        return getattr(act, "code", None) == code

    return holds


def _dimensions_of(fact: DutyFact) -> tuple[str | None, ...]:
    return (fact.category,)


DUTY = CountedSubject(
    name="duty",
    source="/intake",
    read=duty_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=("category",),
    dimensions_of=_dimensions_of,
    counters=tuple(Counter(code, ACTED, _is(code), times=attrgetter("times")) for code in COUNTED),
)
