"""A unit: registered under a code that stays its own, until it ends.

  (none) ─ UnitRegistered ─► there ─ UnitCorrected ─┐
                              ▲ └───────────────────┘
                              └─ UnitEnded ─► ended (its matters are its successor's)

[R24]. `commands` and `refusals` have what is asked and why not; `unit` decides.
"""

from services.intake.domain.units.commands import (
    CorrectUnit,
    EndUnit,
    RegisterUnit,
    UnitCommand,
)
from services.intake.domain.units.unit import UNIT, UnitFile

__all__ = ["UNIT", "CorrectUnit", "EndUnit", "RegisterUnit", "UnitCommand", "UnitFile"]
