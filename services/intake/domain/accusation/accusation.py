"""What is decided of an accusation, and its state."""

from dataclasses import dataclass, replace
from datetime import date

from services.intake.domain.accusation.commands import (
    AccusationCommand,
    AcknowledgeAccusation,
    CloseAccusation,
    NoteOutcome,
    RegisterAccusation,
    TransferAccusation,
)
from services.intake.domain.accusation.refusals import (
    AccusationNotFound,
    AccusationRegisteredOtherwise,
    AccusationWasClosed,
    AcknowledgedOtherwise,
    NotTransferredYet,
    OutcomeNotedOtherwise,
)
from services.intake.domain.case.registration import ReceivedAfterFiling
from shared.contracts.accusations import (
    AccusationAcknowledged,
    AccusationClosed,
    AccusationOutcomeNoted,
    AccusationRegistered,
    AccusationTransferred,
)
from shared.contracts.case_codes import Category
from shared.contracts.event import Code, Event
from shared.decider import Decider, EventOfAnotherAggregate, Mark
from shared.times import china_day, is_later_day

AccusationEventOf = (
    AccusationRegistered
    | AccusationAcknowledged
    | AccusationTransferred
    | AccusationOutcomeNoted
    | AccusationClosed
)
"""Every event of an accusation's stream; each of them changes the state."""


class AccusationState(Code):
    """The states of an accusation."""

    UNREGISTERED = "unregistered", "未登记"
    FILED = "filed", "已登记"
    TRANSFERRED = "transferred", "已转送"
    ANSWERED = "answered", "已反馈"
    CLOSED = "closed", "已办结"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationFile:
    """The state of an accusation."""

    version: int = 0
    mark: Mark | None = None
    """Of the command or event that comes next."""
    registered: AccusationRegistered | None = None
    registered_on: date | None = None
    acknowledged: AccusationAcknowledged | None = None
    transferred: AccusationTransferred | None = None
    """The last transfer."""
    transferred_on: date | None = None
    """The day of the first transfer."""
    noted: AccusationOutcomeNoted | None = None
    """What came of the last transfer."""
    closed: AccusationClosed | None = None
    closed_on: date | None = None

    @property
    def state(self) -> AccusationState:
        """The furthest point that the accusation has reached."""
        reached = (
            (self.closed, AccusationState.CLOSED),
            (self.noted, AccusationState.ANSWERED),
            (self.transferred, AccusationState.TRANSFERRED),
            (self.registered, AccusationState.FILED),
        )
        return next((state for fact, state in reached if fact), AccusationState.UNREGISTERED)

    @property
    def required(self) -> AccusationRegistered:
        """The registration; AccusationNotFound where there is none."""
        if self.registered is None:
            raise AccusationNotFound
        return self.registered

    @property
    def received_on(self) -> date | None:
        """The day on which the office received it; nothing happened to it before."""
        stated = self.registered.received_on if self.registered else None
        return stated or self.registered_on


def decide(command: AccusationCommand, accusation: AccusationFile) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case RegisterAccusation():
            return _register(command, accusation)
        case AcknowledgeAccusation():
            return _acknowledge(command, accusation)
        case TransferAccusation():
            return _transfer(command, accusation)
        case NoteOutcome():
            return _note(command, accusation)
        case CloseAccusation():
            return _close(accusation)


def _register(command: RegisterAccusation, accusation: AccusationFile) -> list[Event]:
    mark = accusation.mark
    if command.received_on and mark and is_later_day(command.received_on, mark.occurred_at):
        on = china_day(mark.occurred_at).isoformat()
        raise ReceivedAfterFiling(field="received_on", filed_on=on)
    registered = AccusationRegistered(
        accusation_id=command.accusation_id,
        matter_id=command.matter_id,
        number=command.number,
        channel=command.channel,
        category=Category.UNCLASSIFIED,
        person_ref=command.person_ref,
        content_digest=command.content_digest,
        received_on=command.received_on,
    )
    if accusation.registered is None:
        return [registered]
    if accusation.registered != registered:
        raise AccusationRegisteredOtherwise
    return []


def _acknowledge(command: AcknowledgeAccusation, accusation: AccusationFile) -> list[Event]:
    registered, before = accusation.required, accusation.acknowledged
    if before and before.method is command.method:
        return []
    if before:
        raise AcknowledgedOtherwise
    _refuse_if_closed(accusation)
    return [
        AccusationAcknowledged(
            accusation_id=registered.accusation_id,
            matter_id=registered.matter_id,
            method=command.method,
        )
    ]


def _transfer(command: TransferAccusation, accusation: AccusationFile) -> list[Event]:
    """To another body as well, where the first one was not competent."""
    registered, before = accusation.required, accusation.transferred
    if before and before.to is command.to:
        return []
    _refuse_if_closed(accusation)
    return [
        AccusationTransferred(
            accusation_id=registered.accusation_id, matter_id=registered.matter_id, to=command.to
        )
    ]


def _note(command: NoteOutcome, accusation: AccusationFile) -> list[Event]:
    registered, before = accusation.required, accusation.noted
    if accusation.transferred is None:
        raise NotTransferredYet
    if before and before.outcome is command.outcome:
        return []
    _refuse_if_closed(accusation)
    if before:
        raise OutcomeNotedOtherwise(noted=before.outcome.value)
    return [
        AccusationOutcomeNoted(
            accusation_id=registered.accusation_id,
            matter_id=registered.matter_id,
            outcome=command.outcome,
        )
    ]


def _close(accusation: AccusationFile) -> list[Event]:
    """A body that tells nothing back does not keep the lane open: the transfer is enough [R22]."""
    registered = accusation.required
    if accusation.closed:
        return []
    if accusation.transferred is None:
        raise NotTransferredYet
    return [
        AccusationClosed(accusation_id=registered.accusation_id, matter_id=registered.matter_id)
    ]


def _refuse_if_closed(accusation: AccusationFile) -> None:
    if accusation.closed:
        raise AccusationWasClosed


def evolve(accusation: AccusationFile, event: Event) -> AccusationFile:
    """The accusation after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, AccusationEventOf):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of an accusation")
    return replace(_after(accusation, event), version=accusation.version + 1)


def _after(accusation: AccusationFile, event: AccusationEventOf) -> AccusationFile:
    on = china_day(accusation.mark.occurred_at) if accusation.mark else None
    match event:
        case AccusationRegistered():
            return replace(accusation, registered=event, registered_on=on)
        case AccusationAcknowledged():
            return replace(accusation, acknowledged=event)
        case AccusationTransferred():
            # what the body before told is no outcome of this transfer
            first = accusation.transferred_on or on
            return replace(accusation, transferred=event, noted=None, transferred_on=first)
        case AccusationOutcomeNoted():
            return replace(accusation, noted=event)
        case AccusationClosed():
            return replace(accusation, closed=event, closed_on=on)


def _at(accusation: AccusationFile, mark: Mark) -> AccusationFile:
    return replace(accusation, mark=mark)


ACCUSATION = Decider(
    initial=AccusationFile(),
    decide=decide,
    evolve=evolve,
    marked=_at,
    first_day=lambda accusation: accusation.received_on,
)
