"""Plays the patrols of the year through the API of grid, fifty at a time, by the backfill role."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cli.refusals import CommandRefused
from cli.system import System
from demo.commanding.command_api import Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.grid_year.patrols import BATCH, Patrol, patrols
from demo.grid_year.serving import Serving, serving, worker_of

_SERVICE = "grid"
_AT_ONCE = 4
"""Batches at a time: enough to keep the service busy without queueing."""

Line = dict[str, Any]


class PatrolRefused(CommandRefused):
    """A line of a batch was refused."""

    def __init__(self, problem: Line) -> None:
        super().__init__(f"A patrol was refused: {problem.get('detail') or problem.get('title')}.")


def play_patrols(system: System, township: str) -> PlayReport:
    """Record every patrol once, however often it is played; raises a CommandRefused."""
    ledger = f"{_SERVICE}/{township}"
    report = PlayReport("patrols", ledger, end_of_ledger(system, _SERVICE, township))
    lines = _lines(serving(system, township))
    try:
        asyncio.run(_play(system, township, lines, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


def _lines(known: Serving) -> Iterator[Line]:
    """The lines of the patrols that somebody made."""
    for patrol in patrols():
        worker_id = worker_of(known.get(patrol.grid_code, []), patrol.on, patrol.turn)
        if worker_id is not None:
            yield _line(patrol, worker_id)


def _line(patrol: Patrol, worker_id: str) -> Line:
    return {
        "client_id": patrol.client_id,
        "grid_code": patrol.grid_code,
        "done_at": f"{patrol.on.isoformat()}T{9 + patrol.turn:02}:00:00+08:00",
        "found": patrol.found,
        "households_visited": patrol.households_visited,
        "worker_id": worker_id,
    }


async def _play(system: System, township: str, lines: Iterator[Line], report: PlayReport) -> None:
    async with posting(system, _SERVICE, township) as post:
        player = _Player(CommandApi(_SERVICE, post), township, report)
        waiting = enumerate(iter(lambda: list(islice(lines, BATCH)), []))
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(player.through(waiting))


@dataclass(frozen=True)
class _Player:
    api: CommandApi
    township: str
    report: PlayReport

    async def through(self, waiting: Iterator[tuple[int, list[Line]]]) -> None:
        """Play batches until there are none left."""
        for number, lines in waiting:
            path = f"/townships/{self.township}/patrols"
            command = Command(path, {"patrols": lines}, f"demo/patrols/{number}")
            answer = await self.api.send(command)
            problems = [each["problem"] for each in answer.content["results"] if each["problem"]]
            if problems:
                raise PatrolRefused(problems[0])
            said = answer.content
            self.report.count(answer, recorded=said["recorded"], known=said["known"])
            self.report.played += len(lines)
