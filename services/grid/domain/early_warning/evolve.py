"""Every event of a warning, and what it changes in the state."""

from dataclasses import replace
from datetime import datetime

from services.grid.domain.early_warning.warning_file import EarlyWarning, WarningState
from shared.contracts.early_warnings import (
    WarningAcknowledged,
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningLevelChanged,
    WarningRaised,
)
from shared.contracts.event import Event
from shared.decider import EventOfAnotherAggregate

WarningFact = (
    WarningRaised
    | WarningAcknowledged
    | WarningLevelChanged
    | WarningDisposed
    | WarningExpired
    | WarningFoundFalse
)
"""Every event of a warning's stream; each of them changes the state."""


def evolve(warning: EarlyWarning, event: Event) -> EarlyWarning:
    """The warning after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, WarningFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a warning")
    return replace(_after(warning, event), version=warning.version + 1)


def _after(warning: EarlyWarning, event: WarningFact) -> EarlyWarning:
    at = warning.mark.occurred_at if warning.mark else None
    match event:
        case WarningRaised():
            return replace(
                warning,
                state=WarningState.RAISED,
                raised=event,
                raised_at=at,
                level=event.level,
                reason=event.reason,
                reason_en=event.reason_en,
                last_day=event.last_day,
                dispose_by=event.dispose_by,
            )
        case WarningAcknowledged():
            units = (*warning.acknowledged_by, event.by_unit)
            return replace(warning, state=WarningState.ACKNOWLEDGED, acknowledged_by=units)
        case WarningLevelChanged():
            return replace(
                warning,
                level=event.to_level,
                dispose_by=event.dispose_by,
                reason=event.reason or warning.reason,
                reason_en=event.reason_en or warning.reason_en,
                last_day=event.last_day or warning.last_day,
            )
        case WarningDisposed():
            return replace(_ended(warning, WarningState.DISPOSED, at), disposed=event)
        case WarningExpired():
            return _ended(warning, WarningState.EXPIRED, at)
        case WarningFoundFalse():
            return replace(_ended(warning, WarningState.FALSE, at), found_false=event)


def _ended(warning: EarlyWarning, state: WarningState, at: datetime | None) -> EarlyWarning:
    """The first end is that of the episode."""
    return replace(warning, state=state, ended_at=warning.ended_at or at)
