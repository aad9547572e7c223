"""The bodies by which it is tried which commands a village, grid, worker or patrol takes now.

They name workers that nobody has enrolled: another body may still be accepted.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import random
from typing import Any

from services.grid.api.serving import WorkerNotOnRegister
from services.grid.domain.grid import Grid
from services.grid.domain.grid.serving import AssignWorker, TakeOver
from services.grid.domain.grid_worker import GridWorker
from services.grid.domain.patrol import Patrol
from services.grid.domain.village import Village
from shared.contracts.grid_codes import Employment, EndedHow, GridDuty, GridKind, VillageKind
from shared.contracts.mediation_codes import VoidReason
from shared.office.actions import Asking, Probes, Tried
from shared.office.tried_bodies import body, each_code, first_of, nobody
from shared.times import china_day

_MISTAKE = {"reason": first_of(VoidReason)}


def _days(ask: Asking[Any]) -> Iterator[str]:
    today = china_day(ask.now)
    return (str(today + timedelta(days=days)) for days in (0, 1))


def _abolished(ask: Asking[Any]) -> Sequence[Tried]:
    """Without anything in its place: with a successor it ends as well."""
    return [{"last_day": day, "how": EndedHow.ABOLISHED.value} for day in _days(ask)]


def _boundaries(_: Asking[Grid]) -> Sequence[Tried]:
    """A small one that nobody has drawn: the same again would change nothing."""
    west, south = round(109 + random(), 6), round(27 + random(), 6)  # noqa: S311 - no secret
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return [{"boundary": {"type": "Polygon", "coordinates": [ring]}}]


def _assignments(ask: Asking[Grid]) -> Sequence[Tried]:
    today = china_day(ask.now)
    command = AssignWorker(
        assignment_id=nobody(ask),
        worker_id=nobody(ask),
        duty=GridDuty.RESPONSIBLE,
        first_day=today,
    )
    return [{"worker_id": nobody(ask), "first_day": str(today)}, command]


def _assigned(ask: Asking[Grid]) -> Sequence[str]:
    return [each.assignment_id for each in ask.state.assignments] or [nobody(ask)]


def _taken_over(ask: Asking[Grid]) -> Iterator[Tried]:
    tomorrow = china_day(ask.now) + timedelta(days=1)
    for assignment_id in _assigned(ask):
        of = {"assignment_id": assignment_id, "worker_id": nobody(ask)}
        yield of | {"first_day": str(tomorrow)}
        yield TakeOver(**of, successor_assignment_id=nobody(ask), first_day=tomorrow)


def _ended(ask: Asking[Grid]) -> Sequence[Tried]:
    return [
        {"assignment_id": assignment_id, "last_day": day}
        for assignment_id in _assigned(ask)
        for day in _days(ask)
    ]


def _employments(ask: Asking[GridWorker]) -> Sequence[Tried]:
    return [
        {"employment": employment.value, "from_day": day}
        for employment in Employment
        for day in _days(ask)
    ]


VILLAGE_PROBES: Probes[Village] = Probes(
    tried={"correct": each_code("kind", VillageKind), "dissolve": _abolished}
)
GRID_PROBES: Probes[Grid] = Probes(
    tried={
        "correct": each_code("kind", GridKind),
        "draw-boundary": _boundaries,
        "dissolve": _abolished,
        "assign": _assignments,
        "take-over": lambda ask: [*_taken_over(ask)],
        "void-assignment": lambda ask: [
            _MISTAKE | {"assignment_id": each} for each in _assigned(ask)
        ],
        "end-assignment": _ended,
    },
    of_the_body=frozenset({WorkerNotOnRegister}),
)
WORKER_PROBES: Probes[GridWorker] = Probes(
    tried={
        "enrol": _employments,
        "leave": lambda ask: [{"last_day": day} for day in _days(ask)],
    }
)
PATROL_PROBES: Probes[Patrol] = Probes(tried={"void": body(**_MISTAKE)})
