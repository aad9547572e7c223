"""更正: what was stated wrongly of a signal, or becomes known later."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.grid.domain.signal.receiving import desk_for
from services.grid.domain.signal.signal_file import Signal, SignalState, begun, id_of, matter_of
from shared.contracts.event import Event
from shared.contracts.signal_codes import SignalField
from shared.contracts.signals import SignalCorrected, WorkOrderAssigned


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSignal:
    """The facts by their names, as they are; None for what is not known."""

    facts: Mapping[SignalField, str | None]


def correct(command: CorrectSignal, signal: Signal) -> list[Event]:
    """What differs; the unit complained of has the order no longer, where it is not answered."""
    begun(signal)
    changed = {name: value for name, value in command.facts.items() if value != signal.fact(name)}
    if not changed:
        return []
    corrected = SignalCorrected.model_validate(
        {
            "matter_id": matter_of(signal),
            "signal_id": id_of(signal),
            "changed": tuple(sorted(changed)),
            **{name.field: value for name, value in changed.items()},
        }
    )
    return [corrected, *_taken_from(changed.get(SignalField.COMPLAINED_UNIT), signal)]


def _taken_from(complained_unit: str | None, signal: Signal) -> list[Event]:
    """The desk has an order that its unit may not have any more."""
    opened, has_it = signal.opened, signal.to_unit
    if signal.state is not SignalState.OPEN or opened is None or complained_unit is None:
        return []
    if has_it != complained_unit:
        return []
    return [
        WorkOrderAssigned(
            matter_id=matter_of(signal),
            order_id=opened.order_id,
            to_unit=desk_for(complained_unit),
        )
    ]
