"""The steps of a mediation: what the figures need of the events about a dispute."""

from datetime import timedelta
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationApplied,
    MediationEvent,
    MediationSessionHeld,
    MediationSessionVoided,
)
from shared.folding.step import Step, step_of
from shared.times import start_of

_DAY = timedelta(days=1)


class Stated(NamedTuple):
    """What a step states, each only where its event has it."""

    category: str | None = None
    village_code: str | None = None
    committee_id: str | None = None
    dispute_kind: str | None = None
    complained: str | None = None
    complained_division: str | None = None
    matter_id: str | None = None
    session_id: str | None = None
    session_mode: str | None = None


def mediation_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no mediation; raises EntityElsewhere."""
    match data:
        case MediationApplied():
            return [step_of(event, data.mediation_id, stated=_applied(data))]
        case MediationSucceeded(perform_by=day):
            due_at = None if day is None else start_of(day + _DAY)
            return [step_of(event, data.mediation_id, due_at=due_at)]
        case MediationSessionHeld():
            stated = Stated(session_id=data.session_id, session_mode=data.mode.value)
            return [step_of(event, data.mediation_id, stated=stated)]
        case MediationSessionVoided():
            return [step_of(event, data.mediation_id, stated=Stated(session_id=data.session_id))]
        case MediationEvent():
            return [step_of(event, data.mediation_id)]
        case _:
            return []


def _applied(data: MediationApplied) -> Stated:
    return Stated(
        data.category.value,
        data.village_code,
        data.committee_id,
        data.dispute_kind.value,
        data.complained_mark or data.complained_unit,
        data.complained_division,
        data.matter_id,
    )
