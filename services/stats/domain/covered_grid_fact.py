"""The fact of a grid for its coverage: on which days a patrol is due, and on which nobody serves it.

It follows from a few events, however many days there are: drawn, corrected, dissolved, assignments
begun, ended and voided. Who is assigned is not kept, and nothing is counted by worker.
"""

from datetime import date, timedelta
from typing import NamedTuple

from services.stats.domain.patrol_policy import PATROLLED_KINDS
from services.stats.domain.stretch import Stretch, less
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid import (
    GridCorrected,
    GridDefined,
    GridDissolved,
    GridEvent,
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
    GridWorkerAssignmentVoided,
)
from shared.divisions import village_of
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, occurrence_of, step_of
from shared.times import start_of

_DAY = timedelta(days=1)


class Stated(NamedTuple):
    """What an event states of the grid, or of an assignment to it."""

    village_code: str | None = None
    grid_kind: str | None = None
    assignment_id: str | None = None
    first_day: date | None = None
    last_day: date | None = None


class Served(NamedTuple):
    """A time in which somebody serves the grid; one that was voided ends before it begins."""

    assignment_id: str
    first_day: date
    last_day: date | None
    occurrence: Occurrence
    """Of the event that last said until when."""


class CoveredGrid(NamedTuple):
    """A grid, its days, and when it was served."""

    division: str
    covered_grid_id: str
    village_code: str
    grid_kind: str
    first_day: date
    last_day: date | None
    defined: Occurrence
    served: tuple[Served, ...] = ()

    @property
    def due(self) -> list[Stretch]:
        """The days on which a patrol is due."""
        if self.grid_kind not in PATROLLED_KINDS:
            return []
        if self.last_day is not None and self.last_day < self.first_day:
            return []
        return [Stretch(self.first_day, self.last_day, self.defined)]

    @property
    def without_worker(self) -> list[Stretch]:
        """Those of them on which nobody serves the grid."""
        times = [
            Stretch(each.first_day, each.last_day, each.occurrence)
            for each in self.served
            if each.last_day is None or each.first_day <= each.last_day
        ]
        return [left for due in self.due for left in less(due, times)]


def covered_grid_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none where it moves no day; raises EntityElsewhere."""
    if not isinstance(data, GridEvent):
        return []
    stated = _stated(data)
    if stated is None:
        return []
    # where it states the grid's first day the step is due when that is over: so it is found again
    first = stated.first_day if stated.assignment_id is None else None
    due_at = start_of(first + _DAY) if first else None
    return [step_of(event, data.grid_id, stated=stated, due_at=due_at)]


def _stated(data: GridEvent) -> Stated | None:  # noqa: PLR0911
    """What the event states of days; None where it states nothing of them."""
    match data:
        case GridDefined(grid_kind=kind, valid_from=day):
            return Stated(village_of(data.grid_code), kind.value, first_day=day)
        case GridCorrected(grid_kind=kind, valid_from=day):
            return Stated(grid_kind=kind and kind.value, first_day=day)
        case GridDissolved(last_day=last_day):
            return Stated(last_day=last_day)
        case GridWorkerAssigned(assignment_id=name, first_day=first, last_day=last):
            return Stated(assignment_id=name, first_day=first, last_day=last)
        case GridWorkerAssignmentEnded(assignment_id=name, last_day=last_day):
            return Stated(assignment_id=name, last_day=last_day)
        case GridWorkerAssignmentVoided(assignment_id=name):
            return Stated(assignment_id=name)
        case _:
            return None


def evolve(fact: CoveredGrid | None, step: Step) -> CoveredGrid | None:
    """The fact after a step; None while it is not known how the grid began."""
    stated: Stated = step.stated
    if step.kind == GridDefined.kind:
        return fact or _defined(step, stated)
    if fact is None:
        return None
    match step.kind:
        case GridCorrected.kind:
            return fact._replace(
                grid_kind=stated.grid_kind or fact.grid_kind,
                first_day=stated.first_day or fact.first_day,
            )
        case GridDissolved.kind:
            return fact._replace(last_day=stated.last_day)
        case GridWorkerAssigned.kind:
            return fact._replace(served=(*fact.served, _served(step, stated)))
        case _:
            return fact._replace(served=tuple(_until(each, step) for each in fact.served))


def _defined(step: Step, stated: Stated) -> CoveredGrid:
    if stated.village_code is None or stated.grid_kind is None or stated.first_day is None:
        raise AssertionError("a grid is defined with village, kind and first day")
    return CoveredGrid(
        division=step.division,
        covered_grid_id=step.entity_id,
        village_code=stated.village_code,
        grid_kind=stated.grid_kind,
        first_day=stated.first_day,
        last_day=None,
        defined=occurrence_of(step),
    )


def _served(step: Step, stated: Stated) -> Served:
    if stated.assignment_id is None or stated.first_day is None:
        raise AssertionError("an assignment has an id and a first day")
    return Served(stated.assignment_id, stated.first_day, stated.last_day, occurrence_of(step))


def _until(served: Served, step: Step) -> Served:
    """Ended on the stated day; voided, it ends before it begins."""
    stated: Stated = step.stated
    if served.assignment_id != stated.assignment_id:
        return served
    last_day = stated.last_day or served.first_day - _DAY
    return served._replace(last_day=last_day, occurrence=occurrence_of(step))
