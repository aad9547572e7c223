"""Walks every dispute of the bundled register through mediation's doors."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.problems import raise_for_problem
from cli.system import System
from demo.mediating.committee import MEDIATORS, Committee, enrolment, establishment
from demo.mediating.disputes import Dispute, read_disputes
from demo.mediating.door import Answer, Command, MediationDoor
from demo.mediating.posting import posting
from demo.mediating.told import Body
from demo.mediating.walked import Walked
from shared.identity import Role

_AT_ONCE = 8
"""Disputes under way: the door has always something to do, and never a crowd before it."""


def walk(register: Path, villages: Path, system: System, division: str) -> Walked:
    """Every step recorded once, however often this is done; raises a CommandRefused."""
    walked = Walked(f"mediation/{division}", _end_of_ledger(system, division))
    try:
        asyncio.run(_walk(register, villages, system, division, walked))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    walked.finish()
    return walked


def _end_of_ledger(system: System, division: str) -> int:
    with system.client("mediation", Role.AUDITOR, division) as client:
        answer = client.get("/ledgers")
    raise_for_problem(answer)
    ends = {line["division"]: int(line["sequence"]) for line in answer.json()["items"]}
    return ends.get(division, 0)


async def _walk(
    register: Path, villages: Path, system: System, division: str, walked: Walked
) -> None:
    async with posting(system, division) as post:
        walk = _Walk(MediationDoor(post), f"/townships/{division}", walked)
        disputes = iter(read_disputes(register, villages, await walk.set_up()))
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(walk.through(disputes))


@dataclass(frozen=True)
class _Walk:
    door: MediationDoor
    township: str
    walked: Walked

    async def set_up(self) -> Committee:
        """The roster and the committee, as they were set up first."""
        mediators = {}
        for place, name in enumerate(MEDIATORS, start=1):
            told = (await self._send(self._entry("mediator", enrolment(name), str(place)))).told
            mediators[name] = str(told["mediator_id"])
        body = establishment(list(mediators.values()))
        told = (await self._send(self._entry("committee", body, "1"))).told
        return Committee(str(told["committee_id"]), mediators)

    async def through(self, disputes: Iterator[Dispute]) -> None:
        """The next dispute, and the next, until there are none."""
        for dispute in disputes:
            entry = self._entry("mediation", dispute.application, dispute.number)
            applied = await self._send(entry)
            steps = _commands(dispute, applied.told["mediation_id"])
            if not (self.walked.is_known(applied) and await self._are_known(steps)):
                for step in steps:
                    await self._send(step)
            self.walked.disputes += 1

    async def _are_known(self, steps: list[Command]) -> bool:
        """Whether an earlier run came to the last of them, and so through all."""
        last = await self.door.answered_before(steps[-1])
        if last is not None:
            self.walked.told(last, len(steps))
        return last is not None

    async def _send(self, command: Command) -> Answer:
        answer = await self.door.send(command)
        self.walked.told(answer)
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
