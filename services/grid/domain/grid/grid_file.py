"""The state of a grid, and what every step asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.contracts.grid import GridDefined, GridDissolved
from shared.contracts.grid_codes import GridDuty
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A worker who serves the grid from a day on; until when is not known where nothing says so.

    One that was voided ends on the day before it begins, so that no day is in it.
    """

    assignment_id: str
    worker_id: str
    duty: GridDuty
    first_day: date
    last_day: date | None

    @property
    def is_void(self) -> bool:
        """Whether no day is in it."""
        return self.last_day is not None and self.last_day < self.first_day

    def covers(self, day: date) -> bool:
        """Whether the worker serves the grid that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def overlaps(self, first_day: date, last_day: date | None) -> bool:
        """Whether some day is both in this assignment and in that time."""
        if self.is_void:
            return False
        begins_later = last_day is not None and self.first_day > last_day
        return not begins_later and (self.last_day is None or first_day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What a grid's events come to; facts are kept as published, with what corrects them."""

    version: int = 0
    defined: GridDefined | None = None
    boundary_digest: str | None = None
    title_digest: str | None = None
    """None while it is called as it was when it was defined."""
    assignments: tuple[Assignment, ...] = ()
    dissolved: GridDissolved | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the grid is drawn that day."""
        if self.defined is None or day < self.defined.valid_from:
            return False
        return self.dissolved is None or day <= self.dissolved.last_day

    def served_on(self, day: date) -> Iterator[Assignment]:
        """The assignments of that day."""
        return (each for each in self.assignments if each.covers(day))

    def assignment(self, assignment_id: str) -> Assignment | None:
        """The assignment with this id."""
        return next((a for a in self.assignments if a.assignment_id == assignment_id), None)


class GridNotFound(Refusal):
    """There is no such grid, or none that this token may see."""

    status = 404
    title = "No such grid"


class GridWasDissolved(Refusal):
    """The grid came to its end: what takes its place goes on."""

    title = "The grid was dissolved"


def drawn(grid: Grid) -> GridDefined:
    """The definition of a grid that goes on; raises GridNotFound or GridWasDissolved."""
    if grid.defined is None:
        raise GridNotFound
    if grid.dissolved is not None:
        raise GridWasDissolved(last_day=grid.dissolved.last_day.isoformat())
    return grid.defined
