"""接收: the office learns of a matter; a hotline call brings its order along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from services.grid.domain.signal.signal_file import IS_MARK, Signal, named_in
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.report_codes import ReportTopic
from shared.contracts.signal_codes import (
    OrderNature,
    OrderSource,
    SignalField,
    SignalKind,
    SignalSource,
)
from shared.contracts.signals import SignalReceived, WorkOrderOpened
from shared.refusals import Refusal

PETITION_OFFICE = "petition-office"
"""The desk, by the code of its unit."""
NOBODY = "not-stated"
_COMPLAINED = SignalField.COMPLAINED_UNIT


class Marked(TypedDict):
    """How an event names the unit complained of."""

    complained_unit: str | None
    complained_mark: str | None


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
    name = signal.name_of(command.complained_unit)
    stated = _stated(command, signal, name, name or named_in(signal.received, _COMPLAINED))
    if signal.received is None and signal.opened is None:
        return stated
    known = [as_now(each, signal) for each in (signal.received, signal.opened)]
    otherwise = sorted({*_otherwise(stated, known)})
    if otherwise:
        raise SignalReceivedOtherwise(
            signal_id=command.signal_id, field=otherwise[0], fields=", ".join(otherwise)
        )
    return []


def desk_for(name: str | None, signal: Signal) -> str:
    """The unit that has an order while no other has it; nobody where the desk is complained of."""
    return NOBODY if _is_named(PETITION_OFFICE, name, signal) else PETITION_OFFICE


def _is_named(code: str, name: str | None, signal: Signal) -> bool:
    """Whether the name of a unit complained of is that of the unit with this code."""
    return name in signal.unit_marks.names_of_unit(code)


def _has_key(signal: Signal) -> bool:
    """Whether units complained of are named by marks."""
    return signal.unit_marks.of_unit(PETITION_OFFICE) is not None


def marked(name: str | None) -> Marked:
    """The fields of an event by which it names a unit: its mark, or its code where there is no key."""
    is_mark = name is not None and IS_MARK.fullmatch(name) is not None
    return Marked(
        complained_mark=name if is_mark else None, complained_unit=None if is_mark else name
    )


def _stated(
    command: ReceiveSignal, signal: Signal, name: str | None, known: str | None
) -> list[Event]:
    """The unit complained of, which is `known` or stated now, is not given the order."""
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
        caller_ref=command.caller_ref,
        caller_confidential=command.caller_confidential,
        **marked(name),
    )
    order = command.order
    if order is None:
        return [received]
    of_itself = _is_named(order.to_unit, known, signal)
    opened = WorkOrderOpened(
        matter_id=command.matter_id,
        imported=command.imported,
        day_only=command.day_only,
        order_id=command.signal_id,
        source=OrderSource.HOTLINE_12345,
        to_unit=desk_for(known, signal) if of_itself else order.to_unit,
        nature=order.nature,
        category=command.category,
        number=order.number,
        due_on=order.due_on,
        village_code=command.village_code,
        grid_code=command.grid_code,
        instead_of=order.to_unit if of_itself and not _has_key(signal) else None,
        kept_from_unit=True if of_itself and _has_key(signal) else None,
    )
    return [received, opened]


def as_now(
    event: SignalReceived | WorkOrderOpened | None, signal: Signal
) -> SignalReceived | WorkOrderOpened | None:
    """An older event as it would be published now: it named units by their codes."""
    if not _has_key(signal):
        return event
    if isinstance(event, WorkOrderOpened) and event.instead_of is not None:
        event = event.model_copy(update={"instead_of": None, "kept_from_unit": True})
    if event is None or event.complained_unit is None:
        return event
    return event.model_copy(update=marked(signal.name_of(event.complained_unit)))


_SILENT = (None, SignalKind.NOT_STATED, OrderNature.NOT_STATED, Category.UNCLASSIFIED)
_HOW_IT_CAME_IN = {"imported", "day_only"}
_SAID_AS = {
    "signal_kind": "kind",
    "words_digest": "words",
    "caller_ref": "caller",
    "caller_confidential": "confidential",
    "instead_of": "to_unit",
    "kept_from_unit": "to_unit",
    "complained_mark": "complained_unit",
}
"""Fields by the names under which they are stated."""


def _otherwise(stated: list[Event], known: Sequence[Event | None]) -> Iterator[str]:
    """The fields that are stated and differ from what is on record."""
    for event, before in zip(stated, known, strict=False):
        for name, value in event:
            silent = name in _HOW_IT_CAME_IN or value in _SILENT
            if not silent and value != getattr(before, name, None):
                yield _SAID_AS.get(name, name)
