"""A back-test: what the rules of early warnings would have raised over a recorded history.

events in the order in which they became known ─► walk ─► findings ─► judged warnings ─► counts

The walk runs the same rules over the same states as the worker does, with the history's own clock:
between two events it works on whatever falls due there. It reads no table and no clock.
"""

from services.grid.domain.back_test.clock import HistoryClock
from services.grid.domain.back_test.findings import (
    Ended,
    EndedHow,
    Failed,
    FailureKind,
    Finding,
    Moved,
    Raised,
    Step,
    Worsened,
)
from services.grid.domain.back_test.following import Agenda, Due, Followed, Followeds, Place
from services.grid.domain.back_test.walk import KINDS, Walk

__all__ = [
    "KINDS",
    "Agenda",
    "Due",
    "Ended",
    "EndedHow",
    "Failed",
    "FailureKind",
    "Finding",
    "Followed",
    "Followeds",
    "HistoryClock",
    "Moved",
    "Place",
    "Raised",
    "Step",
    "Walk",
    "Worsened",
]
