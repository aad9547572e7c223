"""A grid worker: on the register in one employment, until the worker leaves.

  (nobody) ─ GridWorkerEnrolled ─► serving ─ GridWorkerLeft ─► left ─ GridWorkerEnrolled ─► …

Which grids somebody serves is told by the grids. Nothing here measures a worker: the register says
who may be assigned, and counts heads.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.grid.domain.validity import require_order
from shared.contracts.event import Event
from shared.contracts.grid import GridWorkerEnrolled, GridWorkerLeft
from shared.contracts.grid_codes import Employment
from shared.decider import Decider, EventOfAnotherAggregate
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolWorker:
    """聘任 (appointment): a person is a grid worker from a day on, in this employment."""

    worker_id: str
    employment: Employment
    person_ref: str
    """Who it is, as the vault knows; never a name."""
    from_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRegister:
    """The worker is one until this day."""

    last_day: date


WorkerCommand = EnrolWorker | LeaveRegister


@dataclass(frozen=True, slots=True, kw_only=True)
class GridWorker:
    """The state of a worker."""

    version: int = 0
    enrolled: GridWorkerEnrolled | None = None
    since: date | None = None
    """The first day of the current time on the register, in whichever employment."""
    left: GridWorkerLeft | None = None

    def works_on(self, day: date) -> bool:
        """Whether the worker is on the register that day."""
        if self.since is None or day < self.since:
            return False
        return self.left is None or day <= self.left.last_day


class GridWorkerNotFound(Refusal):
    """There is no such grid worker, or none that this token may see."""

    status = 404
    title = "No such grid worker"


class GridWorkerIsAnotherPerson(Refusal):
    """The worker is on the register already, as another person."""

    title = "The grid worker is another person"


class GridWorkerHasAnotherPost(Refusal):
    """The worker comes as another post by the record: enrol them anew with the post."""

    title = "The grid worker has another post"


class GridWorkerEmployedOtherwise(Refusal):
    """The worker is on record with another employment or another first day."""

    title = "The grid worker is employed otherwise"


class EmploymentsOverlap(Refusal):
    """An employment begins after the one on record began, and after the worker left."""

    status = 422
    title = "The employments overlap"


class GridWorkerLeftOtherwise(Refusal):
    """The worker left already, on another day."""

    title = "The grid worker left on another day"


class GridWorkerStillServes(Refusal):
    """Who serves a grid beyond the last day is taken over from first, or ends there."""

    title = "The grid worker still serves a grid"


def decide(command: WorkerCommand, worker: GridWorker) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case EnrolWorker():
            return _enrol(command, worker)
        case LeaveRegister():
            return _leave(command, worker)
        case never:
            assert_never(never)


def _enrol(command: EnrolWorker, worker: GridWorker) -> list[Event]:
    known = worker.enrolled
    if known and known.person_ref != command.person_ref:
        raise GridWorkerIsAnotherPerson(field="person_ref")
    if known and worker.left is None and known.employment is command.employment:
        return []
    taken = worker.left.last_day if worker.left else known and known.from_day
    if taken and command.from_day <= taken:
        raise EmploymentsOverlap(field="from_day", after=taken.isoformat())
    enrolled = GridWorkerEnrolled(
        worker_id=command.worker_id,
        employment=command.employment,
        person_ref=command.person_ref,
        from_day=command.from_day,
    )
    return [enrolled]


def _leave(command: LeaveRegister, worker: GridWorker) -> list[Event]:
    if worker.enrolled is None:
        raise GridWorkerNotFound
    if worker.left and worker.left.last_day != command.last_day:
        raise GridWorkerLeftOtherwise(last_day=worker.left.last_day.isoformat())
    if worker.left:
        return []
    require_order(worker.since or worker.enrolled.from_day, command.last_day)
    return [GridWorkerLeft(worker_id=worker.enrolled.worker_id, last_day=command.last_day)]


def evolve(worker: GridWorker, event: Event) -> GridWorker:
    """The worker after an event; who comes back is in the employment of the new appointment."""
    match event:
        case GridWorkerEnrolled():
            goes_on = worker.left is None and worker.since is not None
            return GridWorker(
                version=worker.version + 1,
                enrolled=event,
                since=worker.since if goes_on else event.from_day,
            )
        case GridWorkerLeft():
            return replace(worker, version=worker.version + 1, left=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a grid worker")


GRID_WORKER = Decider(
    initial=GridWorker(),
    decide=decide,
    evolve=evolve,
    # each fact states its own day, which the rules compare
    first_day=lambda _: date.min,
)
