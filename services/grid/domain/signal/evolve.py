"""Every event of a signal's stream, and what it changes in the state."""

from dataclasses import replace

from services.grid.domain.signal.signal_file import Signal, named_in
from shared.contracts.event import Event
from shared.contracts.signals import (
    SignalCorrected,
    SignalLinked,
    SignalReceived,
    SignalUnlinked,
    WorkOrderAnswered,
    WorkOrderAssigned,
    WorkOrderOpened,
    WorkOrderReturned,
    WorkOrderVoided,
)
from shared.decider import EventOfAnotherAggregate

SignalFact = (
    SignalReceived
    | SignalCorrected
    | SignalLinked
    | SignalUnlinked
    | WorkOrderOpened
    | WorkOrderReturned
    | WorkOrderAssigned
    | WorkOrderAnswered
    | WorkOrderVoided
)
"""Every event of a signal's stream; each of them changes the state."""


def evolve(signal: Signal, event: Event) -> Signal:
    """The signal after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, SignalFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a signal")
    return replace(_after(signal, event), version=signal.version + 1)


def _after(signal: Signal, event: SignalFact) -> Signal:  # noqa: C901, PLR0911
    match event:
        case SignalReceived():
            return replace(signal, received=event)
        case SignalCorrected():
            now = {name: named_in(event, name) for name in event.changed}
            return replace(signal, corrected={**signal.corrected, **now})
        case SignalLinked():
            return replace(signal, linked=event)
        case SignalUnlinked():
            return replace(signal, linked=None)
        case WorkOrderOpened():
            return replace(signal, opened=event)
        case WorkOrderReturned() | WorkOrderAssigned():
            return replace(signal, moved=event)
        case WorkOrderAnswered():
            return replace(signal, answered=event)
        case WorkOrderVoided():
            return replace(signal, voided=event)
