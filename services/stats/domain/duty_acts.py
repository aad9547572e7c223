"""What leaders and units did, as a subject of figures: receptions, visits, conferences, key cases.

One line of `acts_of` for each event that counts: as what, and how often. An entity is what may be
taken back by itself: a reception, a visit, a conference.

recorded ─► counts on its stated day ─► voided: counts as if it had never been recorded ─► recorded anew
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from services.stats.domain.policy import POLICY
from shared.cloudevents import RecordedEvent
from shared.contracts.conferences import ConferenceEvent, ConferenceHeld, ConferenceVoided
from shared.contracts.event import Event
from shared.contracts.key_cases import (
    KeyCaseClosed,
    KeyCaseEvent,
    KeyCaseOpened,
    KeyCaseVoided,
)
from shared.contracts.receptions import (
    ReceptionEvent,
    ReceptionHeld,
    ReceptionVisitReceived,
    ReceptionVisitVoided,
    ReceptionVoided,
)
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, step_of
from shared.times import start_of
from shared.units_of_count import Batches, Counted, Matters, PersonTimes, Sessions

VOIDS = frozenset(
    {
        ReceptionVoided.kind,
        ReceptionVisitVoided.kind,
        ConferenceVoided.kind,
        KeyCaseVoided.kind,
    }
)
_DAY = timedelta(days=1)


DutyEvent = ReceptionEvent | ConferenceEvent | KeyCaseEvent
"""Whatever is asked further: most events are of cases."""


class Acts(NamedTuple):
    """What an event states: the day, as what it counts and how often, and under which category."""

    entity_id: str
    on: date
    counts: Mapping[str, Counted]
    category: str | None = None


class Stated(NamedTuple):
    """The same as a step keeps it: `receptions_held=1 reception_person_times=3`."""

    category: str | None
    counts: str


class Act(NamedTuple):
    """One thing that counts, so many times."""

    code: str
    times: int
    occurrence: Occurrence


class DutyFact(NamedTuple):
    """What was done, as far as it was not taken back."""

    division: str
    duty_id: str
    category: str | None
    acts: tuple[Act, ...] = ()


def acts_of(data: Event) -> Acts | None:
    """As what an event counts; None for one that counts as nothing by itself."""
    match data:
        case ReceptionHeld():
            return Acts(data.reception_id, data.on, {"receptions_held": Sessions(1)})
        case ReceptionVisitReceived():
            return Acts(data.visit_id, data.on, _visit(data), data.category.value)
        case ConferenceHeld():
            return Acts(data.conference_id, data.on, {"conferences_held": Sessions(1)})
        case KeyCaseOpened():
            return Acts(data.key_case_id, data.on, {"key_cases": Matters(1)})
        case KeyCaseClosed():
            settled = Matters(int(data.backlog and data.in_time))
            return Acts(data.closing_id, data.on, {"backlog_cases_settled_in_time": settled})
        case _:
            return None


def _visit(visit: ReceptionVisitReceived) -> Mapping[str, Counted]:
    return {
        "reception_batches": Batches(1),
        "reception_person_times": PersonTimes(visit.headcount),
        "solved_on_site": Matters(int(visit.solved_on_site)),
        "group_visits_received": Batches(int(visit.headcount >= POLICY.group_visit_headcount)),
    }


def _voided(data: Event) -> str | None:
    match data:
        case ReceptionVoided():
            return data.reception_id
        case ReceptionVisitVoided():
            return data.visit_id
        case ConferenceVoided():
            return data.conference_id
        case KeyCaseVoided():
            return data.key_case_id
        case _:
            return None


def duty_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it counts as nothing; raises EntityElsewhere."""
    if not isinstance(data, DutyEvent):
        return []
    if voided := _voided(data):
        return [step_of(event, voided)]
    acts = acts_of(data)
    if acts is None:
        return []
    written = " ".join(
        f"{code}={counted.number}" for code, counted in acts.counts.items() if counted.number
    )
    stated = Stated(acts.category, written)
    # found by its stated day, which is over when the step is due
    return [step_of(event, acts.entity_id, stated=stated, due_at=start_of(acts.on + _DAY))]


def evolve(fact: DutyFact | None, step: Step) -> DutyFact | None:
    """The fact after a step; what is recorded first counts, and nothing once it was taken back.

    A month's session that was recorded by mistake may be recorded anew under the same id.
    """
    if step.kind in VOIDS:
        return fact and fact._replace(acts=())
    if fact is not None and fact.acts:
        return fact
    stated: Stated = step.stated
    return DutyFact(step.division, step.entity_id, stated.category, tuple(_acts(step, stated)))


def _acts(step: Step, stated: Stated) -> Iterator[Act]:
    if step.due_at is None:
        raise AssertionError(f"{step.kind} states a day")
    occurrence = Occurrence.of(step.due_at - _DAY, step.seq)
    for each in stated.counts.split():
        code, times = each.split("=")
        yield Act(code, int(times), occurrence)
