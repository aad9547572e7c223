"""Events about visits to offices of higher levels, recorded where they are reported back.

They are counts with a day: of nobody, of no case, and never a target or a ranking. Whoever goes to a
higher level uses a right; the number says where people went, not what they did wrong.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.higher_visit_codes import VisitedLevel
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import Headcount
from shared.divisions import Identifier


class HigherVisitEvent(Event):
    """What all events about a report of visits have in common."""

    higher_visit_id: Identifier
    visited: VisitedLevel
    on: date
    batches: Headcount
    """How many batches came that day."""
    person_times: Headcount
    past_next_office: Annotated[bool, Field(strict=True)]
    """Whether they went past the level above the competent one [R20], as it was reported."""


class HigherVisitReported(HigherVisitEvent):
    """An office of a higher level reported visits of a day."""


class HigherVisitVoided(HigherVisitEvent):
    """A report had been recorded that was none; it counts as none."""

    reason: VoidReason
