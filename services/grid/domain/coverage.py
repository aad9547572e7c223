"""Patrols done against those due, by grid and day; a day without a worker is the office's gap.

Nothing is counted by worker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from shared.contracts.grid_codes import GridKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredGrid:
    """A grid, from when until when it is valid."""

    grid_code: str
    grid_kind: GridKind
    valid_from: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """From when until when somebody serves a grid."""

    grid_code: str
    first_day: date
    last_day: date | None

    def covers(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCoverage:
    """The days of one grid in a period; `without_worker` are days that were due."""

    grid_code: str
    due: int
    done: int
    """Days that were due and on which the grid was patrolled, each once."""
    without_worker: int
    """Days that were due and on which nobody served the grid."""
    patrolled_not_due: int
    """Days on which the grid was patrolled and no patrol was due, as the register has it today:
    outside the grid's days, or of a kind or on a day that the policy leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingDay:
    """A day that was due and on which the grid was not patrolled."""

    on: date
    grid_code: str
    without_worker: bool
    """Nobody served the grid that day: the office's gap, and no worker's."""


IsDue = Callable[[GridKind, date], bool]


def coverage(
    grids: Iterable[CoveredGrid],
    served: Sequence[Time],
    patrolled: AbstractSet[tuple[str, date]],
    *,
    first: date,
    last: date,
    is_due: IsDue,
) -> Iterator[GridCoverage]:
    """Of every grid that was or had to be patrolled in the days from first to last, by their codes.

    Each patrolled day is counted in one of two numbers, so that a correction of the register moves
    days and drops none.
    """
    times = _by_grid(served)
    went: dict[str, set[date]] = {}
    for code, day in patrolled:
        if first <= day <= last:
            went.setdefault(code, set()).add(day)
    due: dict[str, list[date]] = {code: [] for code in went}
    for grid in grids:
        days = [day for day in _days(grid, first, last) if is_due(grid.grid_kind, day)]
        if days:
            due[grid.grid_code] = days
    for code, days in sorted(due.items()):
        own, done = times.get(code, []), went.get(code, set())
        yield GridCoverage(
            grid_code=code,
            due=len(days),
            done=len(done.intersection(days)),
            without_worker=sum(not any(t.covers(day) for t in own) for day in days),
            patrolled_not_due=len(done.difference(days)),
        )


def missing_days(
    grids: Iterable[CoveredGrid],
    served: Sequence[Time],
    patrolled: AbstractSet[tuple[str, date]],
    *,
    first: date,
    last: date,
    is_due: IsDue,
) -> list[MissingDay]:
    """Every day of the period that lacks a patrol, day by day and within it in the grids' order."""
    times = _by_grid(served)
    lacking = [
        MissingDay(
            on=day,
            grid_code=grid.grid_code,
            without_worker=not any(t.covers(day) for t in times.get(grid.grid_code, ())),
        )
        for grid in grids
        for day in _days(grid, first, last)
        if is_due(grid.grid_kind, day) and (grid.grid_code, day) not in patrolled
    ]
    return sorted(lacking, key=lambda each: (each.on, each.grid_code))


def _by_grid(served: Sequence[Time]) -> dict[str, list[Time]]:
    times: dict[str, list[Time]] = {}
    for time in served:
        times.setdefault(time.grid_code, []).append(time)
    return times


def _days(grid: CoveredGrid, first: date, last: date) -> Iterator[date]:
    """The days of the period on which the grid is valid."""
    begins = max(first, grid.valid_from)
    ends = last if grid.last_day is None else min(last, grid.last_day)
    return (begins + timedelta(days=number) for number in range((ends - begins).days + 1))
