"""The answer to commands to a signal."""

from datetime import date

from services.grid.domain.signal import Signal
from services.grid.domain.signal.signal_file import id_of, matter_of
from shared.contracts.signal_codes import SignalField
from shared.http import Body


class SignalAnswer(Body):
    """The state of a signal and its order after a command."""

    signal_id: str
    matter_id: str
    """The matter with which it counts."""
    state: str
    source: str | None
    """Null for an order that the office opened itself."""
    kind: str | None
    category: str
    topic: str | None
    village_code: str | None
    grid_code: str | None
    order_id: str | None
    """The id of its order, which is the signal's own; null where there is none."""
    number: str | None
    to_unit: str | None
    """The unit that has the order now."""
    instead_of: str | None
    kept_from_unit: bool
    """The unit to which the order was sent and which it complains of, so that the desk has it."""
    returned_by: str | None
    """The unit that says the order is not its remit, until the desk gives it to another."""
    voided: str | None
    """Why its order is void, where it is."""
    due_on: date | None
    report_id: str | None
    result: str | None
    case_id: str | None
    linked_kind: str | None
    linked_id: str | None
    version: int


def signal_summary(signal: Signal) -> dict[str, object]:
    """The answer for a signal."""
    received = signal.received
    linked = signal.linked
    return {
        "signal_id": id_of(signal),
        "matter_id": matter_of(signal),
        "state": signal.state,
        "source": received and received.source,
        "kind": received and received.signal_kind,
        "category": signal.fact(SignalField.CATEGORY),
        "topic": signal.fact(SignalField.TOPIC),
        "village_code": signal.fact(SignalField.VILLAGE_CODE),
        "grid_code": signal.fact(SignalField.GRID_CODE),
        **_order(signal),
        "linked_kind": linked and linked.to_kind,
        "linked_id": linked and linked.to_id,
        "version": signal.version,
    }


def _order(signal: Signal) -> dict[str, object]:
    opened, answered = signal.opened, signal.answered
    return {
        "order_id": opened and opened.order_id,
        "number": opened and opened.number,
        "to_unit": signal.to_unit,
        "instead_of": opened and opened.instead_of,
        "kept_from_unit": bool(opened and (opened.instead_of or opened.kept_from_unit)),
        "returned_by": signal.returned and signal.returned.by_unit,
        "voided": signal.voided and signal.voided.reason,
        "due_on": opened and opened.due_on,
        "report_id": opened and opened.report_id,
        "result": answered and answered.result,
        "case_id": answered and answered.case_id,
    }
