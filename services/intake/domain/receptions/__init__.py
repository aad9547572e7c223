"""A reception of petitioners by a leader 接访, 下访, 约访: scheduled or not, held or missed [R18].

  (none) ─ ReceptionScheduled ─► scheduled ─ ReceptionMissed ─► missed
     │                               │                            │
     └──────── ReceptionHeld ────────┴────────────────────────────┴─► held ─ ReceptionVisit… ─► held
  scheduled, missed, held ─ ReceptionVoided ─► voided

A reception that was missed may be recorded later with its true day. `commands` and `refusals` have
what is asked and why not; `reception` decides.
"""

from services.intake.domain.receptions.commands import (
    HoldReception,
    MissReception,
    ReceiveVisit,
    ReceptionCommand,
    ScheduleReception,
    VoidReception,
    VoidVisit,
)
from services.intake.domain.receptions.reception import (
    RECEPTION,
    ReceptionFile,
    ReceptionState,
)

__all__ = [
    "RECEPTION",
    "HoldReception",
    "MissReception",
    "ReceiveVisit",
    "ReceptionCommand",
    "ReceptionFile",
    "ReceptionState",
    "ScheduleReception",
    "VoidReception",
    "VoidVisit",
]
