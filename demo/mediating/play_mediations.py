"""Plays every dispute of the bundled register through the mediation API."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.problems import raise_for_problem
from cli.system import System
from demo.mediating.committee import MEDIATORS, Committee, enrolment, establishment
from demo.mediating.disputes import Dispute, read_disputes
from demo.mediating.mediation_api import Answer, Command, MediationApi
from demo.mediating.play_report import PlayReport
from demo.mediating.posting import posting
from demo.mediating.register_text import Body
from shared.identity import Role

_AT_ONCE = 8
"""Disputes at a time: enough to keep the service busy without queueing."""


def play_mediations(register: Path, villages: Path, system: System, division: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    report = PlayReport(f"mediation/{division}", _end_of_ledger(system, division))
    try:
        asyncio.run(_play(register, villages, system, division, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


def _end_of_ledger(system: System, division: str) -> int:
    with system.client("mediation", Role.AUDITOR, division) as client:
        answer = client.get("/ledgers")
    raise_for_problem(answer)
    ends = {line["division"]: int(line["sequence"]) for line in answer.json()["items"]}
    return ends.get(division, 0)


async def _play(
    register: Path, villages: Path, system: System, division: str, report: PlayReport
) -> None:
    async with posting(system, division) as post:
        player = _Player(MediationApi(post), f"/townships/{division}", report)
        disputes = iter(read_disputes(register, villages, await player.set_up()))
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(player.through(disputes))


@dataclass(frozen=True)
class _Player:
    api: MediationApi
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
        body = establishment(list(mediators.values()))
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
            self.report.disputes += 1

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
