"""Events of the grid service about patrols, on `concord.grid`.

A patrol is a day's walk through a grid: done, found or not. No kilometres, no track, no photo.
They are about no matter; what a patrol found is reported, and the report names its matter.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.grid_codes import GridKind
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import GridCode, Identifier

HouseholdsVisited = Annotated[int, Field(strict=True, ge=0, le=10_000)]
"""A count, nobody's data; left out where nobody says it."""


class PatrolEvent(Event):
    """What all events about a patrol have in common."""

    patrol_id: Identifier
    grid_code: GridCode


class PatrolDone(PatrolEvent):
    """巡查: a grid was patrolled on a day by somebody who served it then."""

    worker_ref: Identifier
    """The worker, as the events of workers name them; never a name."""
    on: date
    found: bool
    """Whether there was anything to report."""
    households_visited: HouseholdsVisited | None = None
    clock_corrected: bool | None = None
    """The telephone's clock was off, and the time was corrected by the time of sending."""
    grid_kind: GridKind | None = None
    """Of which kind the register had the grid then: by it a patrol was due or not."""
    stated_on: date | None = None
    """The day by the telephone's clock, where the correction moved it to another; the same line sent
    again after the clock was set is known by it."""


class PatrolVoided(PatrolEvent):
    """A patrol had been recorded that was not done so; it counts as none."""

    reason: VoidReason
    on: date | None = None
    """The day of the patrol, which counts as not patrolled unless somebody else went."""
