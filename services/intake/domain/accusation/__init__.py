"""An accusation 检举控告: registered for the discipline lane, transferred, told of, closed [R22, R30].

  (none) ─ AccusationRegistered ─► registered ─ AccusationTransferred ─► transferred ─┐
                                                                          │ ▲ └───────┘
                            AccusationOutcomeNoted ─► answered ◄──────────┘ └ (to another body)
  transferred, answered ─ AccusationClosed ─► closed

`AccusationAcknowledged` (whoever accuses was told of the receipt) comes once, at any time before
the end. `commands` and `refusals` have what is asked and why not; `accusation` decides.
"""

from services.intake.domain.accusation.accusation import (
    ACCUSATION,
    AccusationFile,
    AccusationState,
)
from services.intake.domain.accusation.commands import (
    AccusationCommand,
    AcknowledgeAccusation,
    CloseAccusation,
    NoteOutcome,
    RegisterAccusation,
    TransferAccusation,
)

__all__ = [
    "ACCUSATION",
    "AccusationCommand",
    "AccusationFile",
    "AccusationState",
    "AcknowledgeAccusation",
    "CloseAccusation",
    "NoteOutcome",
    "RegisterAccusation",
    "TransferAccusation",
]
