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
    """Of every grid of which a patrol is due in the days from first to last, in the grids' order."""
    times: dict[str, list[Time]] = {}
    for time in served:
        times.setdefault(time.grid_code, []).append(time)
    for grid in grids:
        days = [day for day in _days(grid, first, last) if is_due(grid.grid_kind, day)]
        if days:
            own, code = times.get(grid.grid_code, []), grid.grid_code
            yield GridCoverage(
                grid_code=code,
                due=len(days),
                done=sum((code, day) in patrolled for day in days),
                without_worker=sum(not any(t.covers(day) for t in own) for day in days),
            )


def _days(grid: CoveredGrid, first: date, last: date) -> Iterator[date]:
    """The days of the period on which the grid is valid."""
    begins = max(first, grid.valid_from)
    ends = last if grid.last_day is None else min(last, grid.last_day)
    return (begins + timedelta(days=number) for number in range((ends - begins).days + 1))
