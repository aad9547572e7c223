"""Load, prepare, decide, append: how a command becomes events, again when a stream moved on.

load ─► fold ─► prepare ─► decide ─► append (with side writes and the service's own views)
 ▲                                     │ conflict: the record, or one that was looked up, moved on
 └─────────────────────────────────────┘ (a few times, then refused)
"""

from shared.handling.caused import CausedBy
from shared.handling.command import (
    Answer,
    CommandRequest,
    Handled,
    Prepare,
    Prepared,
    Record,
    Sealed,
    ViewWrites,
    Written,
    ready,
    stamped,
)
from shared.handling.handling import ATTEMPTS, Handling
from shared.handling.refusals import (
    HappenedBeforeItBegan,
    IdempotencyKeyReused,
    StaleVersion,
    StreamMovedOn,
)
from shared.handling.stored_events import RecordOfALaterRelease

__all__ = [
    "ATTEMPTS",
    "Answer",
    "CausedBy",
    "CommandRequest",
    "Handled",
    "Handling",
    "HappenedBeforeItBegan",
    "IdempotencyKeyReused",
    "Prepare",
    "Prepared",
    "Record",
    "RecordOfALaterRelease",
    "Sealed",
    "StaleVersion",
    "StreamMovedOn",
    "ViewWrites",
    "Written",
    "ready",
    "stamped",
]
