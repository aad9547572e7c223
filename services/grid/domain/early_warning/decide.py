"""Every command of a warning, and the step that decides it."""

from services.grid.domain.early_warning.acting import (
    AcknowledgeWarning,
    ChangeLevel,
    DisposeWarning,
    ExpireWarning,
    FindFalse,
    acknowledge,
    change_level,
    dispose,
    expire,
    find_false,
)
from services.grid.domain.early_warning.raising import RaiseWarning, raise_warning
from services.grid.domain.early_warning.warning_file import EarlyWarning
from shared.contracts.event import Event

WarningCommand = (
    RaiseWarning | AcknowledgeWarning | ChangeLevel | DisposeWarning | FindFalse | ExpireWarning
)


def decide(command: WarningCommand, warning: EarlyWarning) -> list[Event]:
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case RaiseWarning():
            return raise_warning(command, warning)
        case AcknowledgeWarning():
            return acknowledge(command, warning)
        case ChangeLevel():
            return change_level(command, warning)
        case DisposeWarning():
            return dispose(command, warning)
        case FindFalse():
            return find_false(command, warning)
        case ExpireWarning():
            return expire(command, warning)
