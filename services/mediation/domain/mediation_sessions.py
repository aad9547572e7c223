"""How a mediation goes on: who mediates, which sessions are held, how long it may take."""

from typing import assert_never

from services.mediation.domain.mediation_commands import (
    AssignMediator,
    ExtendPeriod,
    HoldSession,
    RecuseMediator,
    SessionCommand,
)
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import refuse_if_over, require_begun
from services.mediation.domain.session_refusals import (
    BothSidesNotInTheRoom,
    CaucusNeedsASide,
    ExtensionNeedsBothSides,
    ExtensionNotLater,
    HeadcountNotPositive,
    JointSessionHasNoSide,
    MediatorNotAssigned,
    MediatorNotOnRoster,
    MediatorWasRecused,
    NoPartyInTheRoom,
    SessionHeldOtherwise,
    SessionWasVoided,
)
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationPeriodExtended,
    MediationSessionHeld,
    MediationSessionVoided,
    MediatorAssigned,
    MediatorRecused,
)
from shared.contracts.mediation_codes import PartySide, RoomRole, SessionMode


def go_on(command: SessionCommand, mediation: MediationFile) -> list[Event]:
    """Decide a command between the beginning and the end."""
    match command:
        case AssignMediator():
            return _assign(command, mediation)
        case RecuseMediator():
            return _recuse(command, mediation)
        case ExtendPeriod():
            return _extend(command, mediation)
        case HoldSession():
            return _hold(command, mediation)
        case never:
            assert_never(never)


def require_assigned(mediator_id: str, mediation: MediationFile) -> None:
    """Only who takes part leads a session or signs."""
    if mediator_id in mediation.recusals:
        raise MediatorWasRecused
    if mediator_id not in mediation.mediators:
        raise MediatorNotAssigned(field="mediator_id")


def _assign(command: AssignMediator, mediation: MediationFile) -> list[Event]:
    assigned = MediatorAssigned(mediator_id=command.mediator_id, **mediation.about())
    if command.mediator_id in mediation.mediators:
        return []
    refuse_if_over(mediation)
    if command.mediator_id in mediation.recusals:
        raise MediatorWasRecused
    if not command.on_roster:
        raise MediatorNotOnRoster(field="mediator_id")
    return [assigned]


def _recuse(command: RecuseMediator, mediation: MediationFile) -> list[Event]:
    recused = MediatorRecused(
        mediator_id=command.mediator_id, ground=command.ground, **mediation.about()
    )
    if mediation.recusals.get(command.mediator_id) == recused:
        return []
    refuse_if_over(mediation)
    require_assigned(command.mediator_id, mediation)
    return [recused]


def _extend(command: ExtendPeriod, mediation: MediationFile) -> list[Event]:
    extended = MediationPeriodExtended(
        due_at=command.due_at, agreed_by=PartySide.in_order(command.agreed_by), **mediation.about()
    )
    if extended in mediation.extensions:
        return []
    require_begun(mediation)
    if set(extended.agreed_by) != set(PartySide):
        raise ExtensionNeedsBothSides(field="agreed_by")
    if mediation.due_at and command.due_at <= max(mediation.due_at, command.at):
        raise ExtensionNotLater(field="due_at")
    return [extended]


def _hold(command: HoldSession, mediation: MediationFile) -> list[Event]:
    _require_a_side_that_fits(command)
    _require_the_parties(command)
    held = MediationSessionHeld(
        session_id=command.session_id,
        mode=command.mode,
        place_kind=command.place_kind,
        mediator_id=command.mediator_id,
        people=dict(command.people),
        side=command.side,
        record_digest=command.record_digest,
        **mediation.about(),
    )
    known = mediation.sessions.get(command.session_id)
    if known == held:
        return []
    require_begun(mediation)
    if known:
        raise SessionHeldOtherwise
    if command.session_id in _voided_sessions(mediation):
        raise SessionWasVoided
    require_assigned(command.mediator_id, mediation)
    return [held]


def _require_a_side_that_fits(command: HoldSession) -> None:
    match command.mode:
        case SessionMode.CAUCUS:
            if command.side is None:
                raise CaucusNeedsASide(field="side")
        case SessionMode.JOINT:
            if command.side:
                raise JointSessionHasNoSide(field="side")


def _require_the_parties(command: HoldSession) -> None:
    """In person or by an agent; a joint session is one with both sides."""
    if any(count < 1 for count in command.people.values()):
        raise HeadcountNotPositive(field="people")
    heard = sum(command.people.get(role, 0) for role in (RoomRole.PARTY, RoomRole.AGENT))
    if not heard:
        raise NoPartyInTheRoom(field="people")
    if command.mode is SessionMode.JOINT and heard < len(PartySide):
        raise BothSidesNotInTheRoom(field="people")


def _voided_sessions(mediation: MediationFile) -> set[str]:
    return {
        each.session_id for each in mediation.voided if isinstance(each, MediationSessionVoided)
    }
