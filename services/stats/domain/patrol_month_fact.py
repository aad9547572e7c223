"""The fact of a grid's month: the days on which it was patrolled, whoever went and how many.

A month has few patrols, so that a fact stays small; one that is voided is found by its own day. A
patrol outside the grid's days, or in a grid of a kind that is not patrolled, is not one that was
due: a dissolution and a correction are steps of every month that they may bear on, up to the one
in which they were recorded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid import GridCorrected, GridDissolved
from shared.contracts.patrols import PatrolDone, PatrolVoided
from shared.divisions import VILLAGE, township_of, village_of
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, step_of
from shared.times import china_day, start_of

_DAY = timedelta(days=1)


class Stated(NamedTuple):
    """What an event states of a patrol, or of the grid."""

    village_code: str
    on_day: date | None = None
    patrol_id: str | None = None
    grid_kind: str | None = None
    first_day: date | None = None
    last_day: date | None = None


class Patrol(NamedTuple):
    """A patrol that was not voided."""

    patrol_id: str
    grid_kind: str | None
    occurrence: Occurrence


class PatrolMonth(NamedTuple):
    """A grid's patrols in a month; of the grid what was said later than its patrols."""

    division: str
    patrol_month_id: str
    village_code: str
    grid_kind: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    patrols: tuple[Patrol, ...] = ()

    @property
    def patrolled(self) -> tuple[Patrol, ...]:
        """For each day that was patrolled and is the grid's own, the patrol recorded first."""
        first: dict[date, Patrol] = {}
        for patrol in self.patrols:
            if self._is_own(day := patrol.occurrence.on):
                kind = self.grid_kind or patrol.grid_kind
                first.setdefault(day, patrol._replace(grid_kind=kind))
        return tuple(first.values())

    def _is_own(self, day: date) -> bool:
        begun = self.first_day is None or self.first_day <= day
        return begun and (self.last_day is None or day <= self.last_day)


class DayNotStated(ValueError):
    """The event does not say of which days it is; without that it cannot be counted."""


def month_id(grid_code: str, day: date) -> str:
    """The id of a grid's month: place, year and month, written in the form of every id."""
    place = grid_code[VILLAGE - 3 :]
    return f"{township_of(grid_code)}-00{place}-{day:%Y}-00{day:%m}-0000-000000000000"


def patrol_month_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The steps that an event is; raises EntityElsewhere and DayNotStated."""
    match data:
        case PatrolDone(on=on):
            kind = data.grid_kind and data.grid_kind.value
            return [_step(event, data.grid_code, on, data.patrol_id, kind)]
        case PatrolVoided(on=None):
            raise DayNotStated(data.patrol_id)
        case PatrolVoided(on=date() as on):
            return [_step(event, data.grid_code, on, data.patrol_id)]
        case GridDissolved(last_day=last_day):
            stated = Stated(village_of(data.grid_code), last_day=last_day)
            return list(_of_months(event, data.grid_code, last_day, stated))
        case GridCorrected():
            return list(_corrected(event, data))
        case _:
            return []


def _corrected(event: RecordedEvent, data: GridCorrected) -> Iterator[Step]:
    """Nothing of a name alone."""
    kind = data.grid_kind and data.grid_kind.value
    if kind is None and data.valid_from is None:
        return
    if data.was_valid_from is None:
        raise DayNotStated(data.grid_id)
    stated = Stated(village_of(data.grid_code), grid_kind=kind, first_day=data.valid_from)
    first = min(data.was_valid_from, data.valid_from or data.was_valid_from)
    yield from _of_months(event, data.grid_code, first, stated)


def _of_months(
    event: RecordedEvent, grid_code: str, first: date, stated: Stated
) -> Iterator[Step]:
    """Of each month from that day on that may have patrols when the event is recorded."""
    for month in _months(first, china_day(event.recorded_at) + _DAY):
        yield step_of(event, month_id(grid_code, month), stated=stated)


def _step(
    event: RecordedEvent, grid_code: str, on: date, patrol_id: str, kind: str | None = None
) -> Step:
    stated = Stated(village_of(grid_code), on, patrol_id, kind)
    return step_of(event, month_id(grid_code, on), stated=stated)


def _months(first: date, last: date) -> Iterator[date]:
    """A day of each month from that of the first to that of the last."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + 31 * _DAY).replace(day=1)


def evolve(fact: PatrolMonth | None, step: Step) -> PatrolMonth:
    """The fact after a step."""
    stated: Stated = step.stated
    fact = fact or PatrolMonth(step.division, step.entity_id, stated.village_code)
    match step.kind:
        case PatrolDone.kind:
            return fact._replace(patrols=(*fact.patrols, _patrol(step, stated)))
        case PatrolVoided.kind:
            left = [each for each in fact.patrols if each.patrol_id != stated.patrol_id]
            return fact._replace(patrols=tuple(left))
        case _:
            return fact._replace(
                grid_kind=stated.grid_kind or fact.grid_kind,
                first_day=stated.first_day or fact.first_day,
                last_day=stated.last_day or fact.last_day,
            )


def _patrol(step: Step, stated: Stated) -> Patrol:
    day = stated.on_day
    if stated.patrol_id is None or day is None:
        raise AssertionError("a patrol has an id and a day")
    at = step.at if step.day == day else start_of(day)
    return Patrol(stated.patrol_id, stated.grid_kind, Occurrence(at, step.seq, day))
