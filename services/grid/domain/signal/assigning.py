"""退单、改派: a unit without the remit returns the order to the desk, which gives it to another."""

from dataclasses import dataclass

from services.grid.domain.signal.receiving import UnitIsComplainedOf, desk_for
from services.grid.domain.signal.signal_file import Signal, begun, matter_of
from shared.contracts.event import Event
from shared.contracts.signals import WorkOrderAssigned, WorkOrderOpened, WorkOrderReturned
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOrder:
    """The unit says that the order is not its remit."""

    by_unit: str
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignOrder:
    """The desk gives the order to this unit."""

    to_unit: str
    words_digest: str | None = None


class NoWorkOrder(Refusal):
    """The signal came without an order: there is nobody to be answered."""

    title = "The signal has no work order"


class WorkOrderIsAnswered(Refusal):
    """The order was answered: no unit returns it, and it is given to none."""

    title = "The work order is answered"


class WorkOrderIsVoid(Refusal):
    """The order was opened by mistake: nobody answers it, and nobody is given it."""

    title = "The work order is void"


def return_order(command: ReturnOrder, signal: Signal) -> list[Event]:
    """The desk has it again; once, until it is given to a unit."""
    returned = signal.returned
    if returned is not None and returned.by_unit == command.by_unit:
        return []
    opened = not_answered(signal)
    return [
        WorkOrderReturned(
            matter_id=matter_of(signal),
            order_id=opened.order_id,
            by_unit=command.by_unit,
            to_unit=desk_for(signal.complained_unit, signal),
            words_digest=command.words_digest,
        )
    ]


def assign(command: AssignOrder, signal: Signal) -> list[Event]:
    """Any unit but the one complained of."""
    opened = not_answered(signal)
    if signal.complains_of(command.to_unit):
        raise UnitIsComplainedOf(field="to_unit")
    if command.to_unit == signal.to_unit:
        return []
    return [
        WorkOrderAssigned(
            matter_id=matter_of(signal),
            order_id=opened.order_id,
            to_unit=command.to_unit,
            words_digest=command.words_digest,
        )
    ]


def not_answered(signal: Signal) -> WorkOrderOpened:
    """The order that waits for its answer; raises NoWorkOrder, WorkOrderIsVoid, WorkOrderIsAnswered."""
    begun(signal)
    if signal.opened is None:
        raise NoWorkOrder
    if signal.voided is not None:
        raise WorkOrderIsVoid
    if signal.answered is not None:
        raise WorkOrderIsAnswered
    return signal.opened
