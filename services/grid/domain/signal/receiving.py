"""接收: the office learns of a matter; a hotline call brings its order along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.grid.domain.signal.signal_file import Signal
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.report_codes import ReportTopic
from shared.contracts.signal_codes import OrderNature, OrderSource, SignalKind, SignalSource
from shared.contracts.signals import SignalReceived, WorkOrderOpened
from shared.refusals import Refusal

PETITION_OFFICE = "petition-office"
"""The desk, by the code of its unit."""
NOBODY = "not-stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOrder:
    """The order that comes with a hotline call."""

    number: str
    to_unit: str
    nature: OrderNature
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveSignal:
    """From where, about what, and where it is; words and caller are in the vault."""

    signal_id: str
    matter_id: str
    source: SignalSource
    kind: SignalKind
    category: Category
    words_digest: str
    topic: ReportTopic | None = None
    village_code: str | None = None
    grid_code: str | None = None
    complained_unit: str | None = None
    caller_ref: str | None = None
    caller_confidential: bool | None = None
    order: GivenOrder | None = None
    imported: bool | None = None
    day_only: bool | None = None


class SignalReceivedOtherwise(Refusal):
    """The same call is on record with another content; what is on record stays.

    `fields` names what is stated otherwise.
    """

    title = "The signal is received otherwise"


class UnitIsComplainedOf(Refusal):
    """The desk gives no unit the order that complains of it."""

    status = 422
    title = "The unit is the one complained of"


def receive(command: ReceiveSignal, signal: Signal) -> list[Event]:
    """Once: who states the same again, or less of it, states nothing new."""
    known = signal.received.complained_unit if signal.received else None
    stated = _stated(command, command.complained_unit or known)
    if signal.received is None and signal.opened is None:
        return stated
    otherwise = sorted({*_otherwise(stated, [signal.received, signal.opened])})
    if otherwise:
        raise SignalReceivedOtherwise(
            signal_id=command.signal_id, field=otherwise[0], fields=", ".join(otherwise)
        )
    return []


def desk_for(complained_unit: str | None) -> str:
    """The unit that has an order while no other has it; nobody where the desk is complained of."""
    return NOBODY if complained_unit == PETITION_OFFICE else PETITION_OFFICE


def _stated(command: ReceiveSignal, complained_unit: str | None) -> list[Event]:
    """The unit complained of is not given the order, which is recorded all the same."""
    received = SignalReceived(
        matter_id=command.matter_id,
        imported=command.imported,
        day_only=command.day_only,
        signal_id=command.signal_id,
        source=command.source,
        signal_kind=command.kind,
        category=command.category,
        words_digest=command.words_digest,
        topic=command.topic,
        village_code=command.village_code,
        grid_code=command.grid_code,
        complained_unit=command.complained_unit,
        caller_ref=command.caller_ref,
        caller_confidential=command.caller_confidential,
    )
    order = command.order
    if order is None:
        return [received]
    of_itself = order.to_unit == complained_unit
    opened = WorkOrderOpened(
        matter_id=command.matter_id,
        imported=command.imported,
        day_only=command.day_only,
        order_id=command.signal_id,
        source=OrderSource.HOTLINE_12345,
        to_unit=desk_for(complained_unit) if of_itself else order.to_unit,
        nature=order.nature,
        category=command.category,
        number=order.number,
        due_on=order.due_on,
        village_code=command.village_code,
        grid_code=command.grid_code,
        instead_of=order.to_unit if of_itself else None,
    )
    return [received, opened]


_SILENT = (None, SignalKind.NOT_STATED, OrderNature.NOT_STATED, Category.UNCLASSIFIED)
_HOW_IT_CAME_IN = {"imported", "day_only"}
_SAID_AS = {
    "signal_kind": "kind",
    "words_digest": "words",
    "caller_ref": "caller",
    "caller_confidential": "confidential",
    "instead_of": "to_unit",
}
"""Fields by the names under which they are stated."""


def _otherwise(stated: list[Event], known: list[Event | None]) -> Iterator[str]:
    """The fields that are stated and differ from what is on record."""
    for event, before in zip(stated, known, strict=False):
        for name, value in event:
            silent = name in _HOW_IT_CAME_IN or value in _SILENT
            if not silent and value != getattr(before, name, None):
                yield _SAID_AS.get(name, name)
