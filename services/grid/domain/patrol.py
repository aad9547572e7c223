"""A patrol: recorded once under the id that the telephone gave it, and perhaps voided.

  (none) ─ PatrolDone ─► done ─ PatrolVoided ─► voided

What comes again under the same id is the same patrol, also after the telephone's clock was set. An
id that is used again for another day, grid or worker, or with another result, is refused.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from shared.contracts.event import Event
from shared.contracts.grid_codes import GridKind
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.patrols import PatrolDone, PatrolVoided
from shared.decider import Decider, EventOfAnotherAggregate
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPatrol:
    """A grid was patrolled on a day."""

    patrol_id: str
    grid_code: str
    worker_ref: str
    on: date
    found: bool
    households_visited: int | None = None
    clock_corrected: bool | None = None
    grid_kind: GridKind | None = None
    stated_on: date | None = None
    """The day by the telephone's clock, where it is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPatrol:
    """It was not done so."""

    reason: VoidReason


PatrolCommand = RecordPatrol | VoidPatrol


@dataclass(frozen=True, slots=True, kw_only=True)
class Patrol:
    """The state of a patrol; each fact is kept as it was published."""

    version: int = 0
    done: PatrolDone | None = None
    voided: PatrolVoided | None = None


class PatrolNotFound(Refusal):
    """There is no such patrol, or none that this token may see."""

    status = 404
    title = "No such patrol"


class PatrolRecordedOtherwise(Refusal):
    """The id is that of a patrol of another day, grid or worker, or with another result."""

    title = "The patrol is recorded otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLine:
    """What a line says of a patrol, in the names of the line's fields."""

    grid_code: str
    done_at: frozenset[date]
    """The day by a right clock, and the one that the telephone's clock showed."""
    found: bool
    households_visited: int | None
    worker_id: str | None
    """None where it is not stated."""


def require_same(done: PatrolDone, stated: StatedLine) -> None:
    """Raise PatrolRecordedOtherwise, with the first field that differs, unless the line repeats it.

    One of the days is enough: a clock that was set in between changes the corrected day alone.
    """
    differs = {
        "grid_code": done.grid_code != stated.grid_code,
        "worker_id": stated.worker_id not in {None, done.worker_ref},
        "done_at": stated.done_at.isdisjoint({done.on, done.stated_on}),
        "found": done.found != stated.found,
        "households_visited": done.households_visited != stated.households_visited,
    }
    field = next((name for name, is_other in differs.items() if is_other), None)
    if field is not None:
        raise PatrolRecordedOtherwise(patrol_id=done.patrol_id, field=field)


def decide(command: PatrolCommand, patrol: Patrol) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case RecordPatrol():
            return _record(command, patrol)
        case VoidPatrol():
            return _void(command, patrol)
        case never:
            assert_never(never)


def _record(command: RecordPatrol, patrol: Patrol) -> list[Event]:
    stated = PatrolDone(
        patrol_id=command.patrol_id,
        grid_code=command.grid_code,
        worker_ref=command.worker_ref,
        on=command.on,
        found=command.found,
        households_visited=command.households_visited,
        clock_corrected=command.clock_corrected,
        grid_kind=command.grid_kind,
        stated_on=command.stated_on,
    )
    if patrol.done is None:
        return [stated]
    require_same(
        patrol.done,
        StatedLine(
            grid_code=command.grid_code,
            done_at=frozenset({command.on, command.stated_on or command.on}),
            found=command.found,
            households_visited=command.households_visited,
            worker_id=command.worker_ref,
        ),
    )
    return []


def _void(command: VoidPatrol, patrol: Patrol) -> list[Event]:
    done = patrol.done
    if done is None:
        raise PatrolNotFound
    if patrol.voided is not None:
        return []
    return [
        PatrolVoided(
            patrol_id=done.patrol_id,
            grid_code=done.grid_code,
            reason=command.reason,
            on=done.on,
        )
    ]


def evolve(patrol: Patrol, event: Event) -> Patrol:
    """The patrol after an event; EventOfAnotherAggregate for one of another record."""
    match event:
        case PatrolDone():
            return replace(patrol, version=patrol.version + 1, done=event)
        case PatrolVoided():
            return replace(patrol, version=patrol.version + 1, voided=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a patrol")


PATROL = Decider(
    initial=Patrol(),
    decide=decide,
    evolve=evolve,
    # a repeat bears a time of its own, and is none
    first_day=lambda _: date.min,
)
