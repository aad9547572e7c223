"""An early warning: raised, perhaps acknowledged, and disposed, expired or found false.

  (none) ─ WarningRaised ─► raised ─ WarningAcknowledged ─► acknowledged
                              │                                  │
                              ├──── WarningDisposed ─────────────┤──► disposed ─┐
                              ├──── WarningExpired ──────────────┤──► expired ──┤ WarningFoundFalse
                              └──── WarningFoundFalse ───────────┘──► false ◄───┘

While it is open its level may change (WarningLevelChanged). A red one is neither lowered nor ended by
the unit that is late: that is the next leader's. What history shows to be unjustified is found
false, and stays on record. `warning_file` has the state, `raising` and `acting` are the steps.
"""

from dataclasses import replace

from services.grid.domain.early_warning.decide import WarningCommand, decide
from services.grid.domain.early_warning.evolve import evolve
from services.grid.domain.early_warning.warning_file import (
    EarlyWarning,
    WarningNotFound,
    WarningState,
)
from shared.decider import Decider

EARLY_WARNING = Decider(
    initial=EarlyWarning(),
    decide=decide,
    evolve=evolve,
    marked=lambda warning, mark: replace(warning, mark=mark),
)

__all__ = [
    "EARLY_WARNING",
    "EarlyWarning",
    "WarningCommand",
    "WarningNotFound",
    "WarningState",
]
