"""A conference 专题研究, 联合研判: units meet, decide tasks, and each task is followed to its end.

  (none) ─ ConferenceMissed ─► missed ─┐
     └────────── ConferenceHeld ───────┴─► held ─ ConferenceTaskSet, …TaskDone, …TaskVoided ─► held
  held ─ ConferenceVoided ─► voided ─ ConferenceHeld ─► held

Of the monthly committee there is one record a month, whose id the month makes; a row of
`shared/due` records it as missed. `commands` and `refusals` have what is asked and why not;
`conference` decides.
"""

from services.intake.domain.conferences.commands import (
    CompleteTask,
    ConferenceCommand,
    HoldConference,
    MissConference,
    SetTask,
    VoidConference,
    VoidTask,
)
from services.intake.domain.conferences.conference import (
    CONFERENCE,
    ConferenceFile,
    ConferenceState,
)

__all__ = [
    "CONFERENCE",
    "CompleteTask",
    "ConferenceCommand",
    "ConferenceFile",
    "ConferenceState",
    "HoldConference",
    "MissConference",
    "SetTask",
    "VoidConference",
    "VoidTask",
]
