"""Load, decide, append: how a command becomes events, with retries when a stream has moved on.

what happened ─► fold ─► decide ─► append (with what the service writes beside it)
     ▲                                 │ conflict: somebody was faster
     └─────────────────────────────────┘ (a few times, then refused)
"""

from shared.handling.handling import ATTEMPTS, Handling
from shared.handling.refusals import (
    HappenedBeforeItBegan,
    IdempotencyKeyReused,
    StaleVersion,
    StreamMovedOn,
)
from shared.handling.wish import (
    Admit,
    Answer,
    Beside,
    Completed,
    Handled,
    Record,
    Sealed,
    Wish,
    Written,
    stamped,
)

__all__ = [
    "ATTEMPTS",
    "Admit",
    "Answer",
    "Beside",
    "Completed",
    "Handled",
    "Handling",
    "HappenedBeforeItBegan",
    "IdempotencyKeyReused",
    "Record",
    "Sealed",
    "StaleVersion",
    "StreamMovedOn",
    "Wish",
    "Written",
    "stamped",
]
