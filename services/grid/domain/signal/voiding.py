"""作废: an order that was opened by mistake is none; what was said stays on record."""

from dataclasses import dataclass

from services.grid.domain.signal.assigning import not_answered
from services.grid.domain.signal.signal_file import Signal, matter_of
from shared.contracts.event import Event
from shared.contracts.signal_codes import OrderVoidReason
from shared.contracts.signals import WorkOrderVoided
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidOrder:
    """Nobody owes an answer to the order."""

    reason: OrderVoidReason
    words_digest: str | None = None


class WorkOrderVoidedOtherwise(Refusal):
    """The order is void for another reason; that one stays."""

    title = "The work order is voided for another reason"


def void(command: VoidOrder, signal: Signal) -> list[Event]:
    """Once, of an order that is not answered: an answer was given, and is not taken back."""
    voided = signal.voided
    if voided is not None:
        if voided.reason is not command.reason:
            raise WorkOrderVoidedOtherwise(reason=voided.reason.value)
        return []
    opened = not_answered(signal)
    return [
        WorkOrderVoided(
            matter_id=matter_of(signal),
            order_id=opened.order_id,
            reason=command.reason,
            words_digest=command.words_digest,
        )
    ]
