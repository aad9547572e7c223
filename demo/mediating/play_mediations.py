"""Plays every dispute of the bundled register through the mediation API."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from cli.system import System
from demo.commanding.command_api import Answer, Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.mediating.committee import MEDIATORS, MEMBERS, Committee, enrolment, establishment
from demo.mediating.disputes import Dispute, read_disputes
from demo.mediating.register_text import Body
from demo.scene import MEDIATIONS

_SERVICE = "mediation"
_AT_ONCE = 8
"""Disputes at a time: enough to keep the service busy without queueing."""


def play_mediations(system: System, division: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    report = PlayReport(
        "disputes",
        f"{_SERVICE}/{division}",
        end_of_ledger(system, _SERVICE, division),
    )
    try:
        asyncio.run(_play(system, division, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


async def _play(system: System, division: str, report: PlayReport) -> None:
    async with posting(system, _SERVICE, division) as post:
        player = _Player(CommandApi(_SERVICE, post), f"/townships/{division}", report)
        disputes = iter(read_disputes(MEDIATIONS, division, await player.set_up()))
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(player.through(disputes))


@dataclass(frozen=True)
class _Player:
    api: CommandApi
    township: str
    report: PlayReport

    async def set_up(self) -> Committee:
        """Set up the roster and the committee."""
        mediators = {}
        for place, name in enumerate(MEDIATORS, start=1):
            content = (
                await self._send(self._entry("mediator", enrolment(name), str(place)))
            ).content
            mediators[name] = str(content["mediator_id"])
        body = establishment([mediators[name] for name in MEMBERS])
        content = (await self._send(self._entry("committee", body, "1"))).content
        return Committee(str(content["committee_id"]), mediators)

    async def through(self, disputes: Iterator[Dispute]) -> None:
        """Play disputes until there are none left."""
        for dispute in disputes:
            entry = self._entry("mediation", dispute.application, dispute.number)
            applied = await self._send(entry)
            steps = _commands(dispute, applied.content["mediation_id"])
            if not (self.report.is_known(applied) and await self._are_recorded(steps)):
                for step in steps:
                    await self._send(step)
            self.report.played += 1

    async def _are_recorded(self, steps: list[Command]) -> bool:
        """Whether an earlier run recorded the last step, and so all of them."""
        last = await self.api.earlier_answer(steps[-1])
        if last is not None:
            self.report.add(last, len(steps))
        return last is not None

    async def _send(self, command: Command) -> Answer:
        answer = await self.api.send(command)
        self.report.add(answer)
        return answer

    def _entry(self, what: str, body: Body, number: str) -> Command:
        return Command(f"{self.township}/{what}s", body, f"demo/{what}/{number}")


def _commands(dispute: Dispute, mediation_id: str) -> list[Command]:
    return [
        Command(
            f"/mediations/{mediation_id}/{step.verb}",
            step.body,
            f"demo/{dispute.number}/{place}-{step.verb}",
        )
        for place, step in enumerate(dispute.steps, start=1)
    ]
