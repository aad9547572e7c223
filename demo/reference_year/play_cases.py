"""Plays the petitions of the reference year through the API of intake, by the backfill role."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from cli.system import System
from demo.commanding.command_api import Answer, Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.reference_year.scenario import Petition, petitions
from demo.reference_year.steps import filing, steps

_SERVICE = "intake"
_AT_ONCE = 8
"""Petitions at a time: enough to keep the service busy without queueing."""


def play_cases(system: System, township: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    report = PlayReport(
        "petitions", f"{_SERVICE}/{township}", end_of_ledger(system, _SERVICE, township)
    )
    try:
        asyncio.run(_play(system, township, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


async def _play(system: System, township: str, report: PlayReport) -> None:
    async with posting(system, _SERVICE, township) as post:
        player = _Player(CommandApi(_SERVICE, post), township, report)
        waiting = petitions()
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(player.through(waiting))


@dataclass(frozen=True)
class _Player:
    api: CommandApi
    township: str
    report: PlayReport

    async def through(self, waiting: Iterator[Petition]) -> None:
        """Play petitions until there are none left."""
        for petition in waiting:
            path = f"/townships/{self.township}/cases"
            key = f"demo/petition/{petition.number}"
            filed = await self._send(Command(path, filing(petition, self.township), key))
            commands = _commands(petition, filed.content["case_id"])
            if not (self.report.is_known(filed) and await self._are_recorded(commands)):
                for command in commands:
                    await self._send(command)
            self.report.played += 1

    async def _are_recorded(self, commands: list[Command]) -> bool:
        """Whether an earlier run recorded the last step, and so all of them."""
        last = await self.api.earlier_answer(commands[-1])
        if last is not None:
            self.report.add(last, len(commands))
        return last is not None

    async def _send(self, command: Command) -> Answer:
        answer = await self.api.send(command)
        self.report.add(answer)
        return answer


def _commands(petition: Petition, case_id: str) -> list[Command]:
    return [
        Command(
            f"/cases/{case_id}/{step.verb}",
            step.body,
            f"demo/petition/{petition.number}/{place}-{step.verb}",
        )
        for place, step in enumerate(steps(petition), start=1)
    ]
