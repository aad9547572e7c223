"""Load, prepare, decide, append: how a command becomes events, again when a stream moved on.

load ─► fold ─► prepare ─► decide ─► append (with side writes and the service's own views)
 ▲                                     │ conflict: the record, or one that was looked up, moved on
 └─────────────────────────────────────┘ (a few times, then refused)

A request that is sent again is answered again from the record as it was: its receipt has only the
place (`kept_answer`).
"""

from shared.handling.caused import CausedBy
from shared.handling.command import (
    Answer,
    AnswerWith,
    CommandRequest,
    Handled,
    Members,
    Prepare,
    Prepared,
    Record,
    Sealed,
    ViewWrites,
    Written,
    marked,
    ready,
    stamped,
)
from shared.handling.handling import ATTEMPTS, Handling
from shared.handling.kept_answer import KeptAnswer, Private
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
    "AnswerWith",
    "CausedBy",
    "CommandRequest",
    "Handled",
    "Handling",
    "HappenedBeforeItBegan",
    "IdempotencyKeyReused",
    "KeptAnswer",
    "Members",
    "Prepare",
    "Prepared",
    "Private",
    "Record",
    "RecordOfALaterRelease",
    "Sealed",
    "StaleVersion",
    "StreamMovedOn",
    "ViewWrites",
    "Written",
    "marked",
    "ready",
    "stamped",
]
