"""更正: what was stated wrongly of a signal, or becomes known later."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.grid.domain.signal.receiving import desk_for, marked
from services.grid.domain.signal.signal_file import Signal, SignalState, begun, id_of, matter_of
from shared.contracts.event import Event
from shared.contracts.signal_codes import SignalField
from shared.contracts.signals import SignalCorrected, WorkOrderAssigned

_COMPLAINED = SignalField.COMPLAINED_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSignal:
    """The facts by their names, as they are; None for what is not known."""

    facts: Mapping[SignalField, str | None]


def correct(command: CorrectSignal, signal: Signal) -> list[Event]:
    """What differs; the unit complained of has the order no longer, where it is not answered."""
    begun(signal)
    facts = {**command.facts}
    if _COMPLAINED in facts:
        facts[_COMPLAINED] = signal.name_of(facts[_COMPLAINED])
    changed = {name: value for name, value in facts.items() if not _is_so(signal, name, value)}
    if not changed:
        return []
    corrected = SignalCorrected.model_validate(
        {
            "matter_id": matter_of(signal),
            "signal_id": id_of(signal),
            "changed": tuple(sorted(changed)),
            **{name.field: value for name, value in changed.items()},
            **(marked(changed[_COMPLAINED]) if _COMPLAINED in changed else {}),
        }
    )
    return [corrected, *_taken_from(changed.get(_COMPLAINED), signal)]


def _is_so(signal: Signal, name: SignalField, value: str | None) -> bool:
    """Whether the fact is on record; an older record names the unit complained of by its code."""
    known = signal.fact(name)
    return value in {known, signal.name_of(known)} if name is _COMPLAINED else value == known


def _taken_from(complained: str | None, signal: Signal) -> list[Event]:
    """The desk has an order that its unit may not have any more."""
    opened, has_it = signal.opened, signal.to_unit
    if signal.state is not SignalState.OPEN or opened is None or complained is None:
        return []
    if has_it is None or complained not in signal.unit_marks.names_of_unit(has_it):
        return []
    return [
        WorkOrderAssigned(
            matter_id=matter_of(signal),
            order_id=opened.order_id,
            to_unit=desk_for(complained, signal),
        )
    ]
