"""The state of a reception, and what is decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import assert_never

from services.intake.domain.receptions import refusals
from services.intake.domain.receptions.commands import (
    HoldReception,
    MissReception,
    ReceiveVisit,
    ReceptionCommand,
    ScheduleReception,
    VoidReception,
    VoidVisit,
)
from shared.contracts.event import Code, Event
from shared.contracts.receptions import (
    ReceptionHeld,
    ReceptionMissed,
    ReceptionScheduled,
    ReceptionVisitReceived,
    ReceptionVisitVoided,
    ReceptionVoided,
)
from shared.decider import Decider, EventOfAnotherAggregate


class ReceptionState(Code):
    """Where a reception is in its life."""

    SCHEDULED = "scheduled", "已安排"
    MISSED = "missed", "未按期开展"
    HELD = "held", "已开展"
    VOIDED = "voided", "已作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionFile:
    """A reception; each fact is kept as it was published."""

    version: int = 0
    scheduled: ReceptionScheduled | None = None
    held: ReceptionHeld | None = None
    missed: ReceptionMissed | None = None
    voided: ReceptionVoided | None = None
    visits: Mapping[str, ReceptionVisitReceived] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Those that are valid, by their ids, in the order of their recording."""
    voided_visits: frozenset[str] = frozenset()

    @property
    def known(self) -> ReceptionHeld | ReceptionScheduled | None:
        """The reception as it was held, or as it was scheduled."""
        return self.held or self.scheduled

    @property
    def required(self) -> ReceptionHeld | ReceptionScheduled:
        """The same; ReceptionNotFound before the first event."""
        if self.known is None:
            raise refusals.ReceptionNotFound
        return self.known

    @property
    def state(self) -> ReceptionState | None:
        """Where it is in its life; None before the first event."""
        if self.voided is not None:
            return ReceptionState.VOIDED
        if self.held is not None:
            return ReceptionState.HELD
        if self.missed is not None:
            return ReceptionState.MISSED
        return ReceptionState.SCHEDULED if self.scheduled else None


def decide(command: ReceptionCommand, reception: ReceptionFile) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case ScheduleReception():
            return _schedule(command, reception)
        case HoldReception():
            return _hold(command, reception)
        case MissReception():
            return _miss(command, reception)
        case ReceiveVisit():
            return _receive(command, reception)
        case VoidVisit():
            return _void_visit(command, reception)
        case VoidReception():
            return _void(command, reception)
        case never:
            assert_never(never)


def _schedule(command: ScheduleReception, reception: ReceptionFile) -> list[Event]:
    if reception.known is not None:
        return []
    return [
        ReceptionScheduled(
            reception_id=command.reception_id,
            form=command.form,
            leader_post=command.leader_post,
            on=command.on,
            place_kind=command.place_kind,
        )
    ]


def _hold(command: HoldReception, reception: ReceptionFile) -> list[Event]:
    _refuse_void(reception)
    held = _as_held(command, reception)
    if reception.held is None:
        return [held]
    said = {"recorded_late": reception.held.recorded_late}
    if held.model_copy(update=said) != reception.held:
        raise refusals.ReceptionHeldOtherwise
    return []


def _as_held(command: HoldReception, reception: ReceptionFile) -> ReceptionHeld:
    """What was not stated is as it was scheduled; ReceptionNotFound where nothing was."""
    known = reception.known
    form = command.form or (known.form if known else None)
    leader_post = command.leader_post or (known.leader_post if known else None)
    place_kind = command.place_kind or (known.place_kind if known else None)
    if form is None or leader_post is None or place_kind is None:
        raise refusals.ReceptionNotFound
    return ReceptionHeld(
        reception_id=command.reception_id,
        form=form,
        leader_post=leader_post,
        on=command.on,
        place_kind=place_kind,
        recorded_late=True if reception.missed else None,
    )


def _miss(command: MissReception, reception: ReceptionFile) -> list[Event]:
    """Nothing where it was held, recorded as missed, or void."""
    scheduled = reception.scheduled
    if scheduled is None or reception.state is not ReceptionState.SCHEDULED:
        return []
    return [
        ReceptionMissed(
            reception_id=scheduled.reception_id,
            leader_post=scheduled.leader_post,
            on=scheduled.on,
            due_at=command.due_at,
            policy_version=command.policy_version,
        )
    ]


def _receive(command: ReceiveVisit, reception: ReceptionFile) -> list[Event]:
    held = _held(reception)
    if command.visit_id in {*reception.visits, *reception.voided_visits}:
        return []
    if command.solved_on_site and not command.acknowledged:
        raise refusals.SolvedNeedsAcknowledgement(field="acknowledged")
    if (command.case_id is None) != (command.case_is is None):
        raise refusals.VisitNamesNoCase(field="case_is")
    return [
        ReceptionVisitReceived(
            reception_id=held.reception_id,
            visit_id=command.visit_id,
            on=held.on,
            headcount=command.headcount,
            category=command.category,
            solved_on_site=command.solved_on_site,
            acknowledged=command.acknowledged,
            case_id=command.case_id,
            case_is=command.case_is,
        )
    ]


def _void_visit(command: VoidVisit, reception: ReceptionFile) -> list[Event]:
    held = _held(reception)
    if command.visit_id in reception.voided_visits:
        return []
    visit = reception.visits.get(command.visit_id)
    if visit is None:
        raise refusals.VisitNotFound(field="visit_id")
    return [
        ReceptionVisitVoided(
            reception_id=held.reception_id,
            visit_id=visit.visit_id,
            on=visit.on,
            headcount=visit.headcount,
            solved_on_site=visit.solved_on_site,
            reason=command.reason,
        )
    ]


def _void(command: VoidReception, reception: ReceptionFile) -> list[Event]:
    known = reception.required
    if reception.voided is not None:
        return []
    if reception.visits:
        raise refusals.VisitsAreOnRecord
    return [
        ReceptionVoided(
            reception_id=known.reception_id,
            on=known.on,
            was_held=reception.held is not None,
            reason=command.reason,
        )
    ]


def _held(reception: ReceptionFile) -> ReceptionHeld:
    reception.required  # noqa: B018  raises where there is none
    _refuse_void(reception)
    if reception.held is None:
        raise refusals.ReceptionNotHeld
    return reception.held


def _refuse_void(reception: ReceptionFile) -> None:
    if reception.voided is not None:
        raise refusals.ReceptionWasVoided


def evolve(reception: ReceptionFile, event: Event) -> ReceptionFile:
    """The reception after an event; EventOfAnotherAggregate for one of another record."""
    version, visits = reception.version + 1, reception.visits
    match event:
        case ReceptionScheduled():
            return replace(reception, version=version, scheduled=event)
        case ReceptionHeld():
            return replace(reception, version=version, held=event)
        case ReceptionMissed():
            return replace(reception, version=version, missed=event)
        case ReceptionVisitReceived():
            after = MappingProxyType({**visits, event.visit_id: event})
            return replace(reception, version=version, visits=after)
        case ReceptionVisitVoided():
            left = {name: each for name, each in visits.items() if name != event.visit_id}
            return replace(
                reception,
                version=version,
                visits=MappingProxyType(left),
                voided_visits=reception.voided_visits | {event.visit_id},
            )
        case ReceptionVoided():
            return replace(reception, version=version, voided=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a reception")


RECEPTION = Decider(
    initial=ReceptionFile(),
    decide=decide,
    evolve=evolve,
    # what a backfill states was held before it was scheduled or missed
    first_day=lambda _: date.min,
)
