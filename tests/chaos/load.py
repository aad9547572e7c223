"""Clients that carry cases and disputes on, each command repeated until it has its answer."""

import asyncio
from dataclasses import dataclass
from random import Random

import httpx

from tests.chaos.deeds import DEEDS, Known
from tests.chaos.desk import Desk
from tests.chaos.ground import Ground
from tests.chaos.journal import Journal, drawn_uuid
from tests.chaos.lives import SETTING_UP, Step, Wait, draw_life
from tests.chaos.observed import Command, Fate, Ledger

CLIENTS = 8
_ANSWER_SECONDS = 8.0


@dataclass
class Clients:
    """The load of one seed."""

    ground: Ground
    journal: Journal
    townships: list[str]
    seed: int

    async def work(self, stop: asyncio.Event, give_up: asyncio.Event) -> None:
        """Begin new lives until `stop`, repeat what is unanswered until `give_up`."""
        limits = httpx.Limits(max_connections=CLIENTS * 2)
        async with httpx.AsyncClient(
            trust_env=False, timeout=_ANSWER_SECONDS, limits=limits
        ) as http:
            desk = Desk(self.ground, http, give_up)
            # none of the townships is worked in before all of them are set up
            found = await asyncio.gather(*(self._set_up(desk, name) for name in self.townships))
            ready = [known for known in found if "worker" in known]
            async with asyncio.TaskGroup() as clients:
                for number in range(CLIENTS if ready else 0):
                    chance = Random(f"{self.seed}/{number}")
                    clients.create_task(self._client(desk, ready, chance, stop))

    async def _set_up(self, desk: Desk, township: str) -> Known:
        """Three mediators and their committee; each seed has its own."""
        chance = Random(f"{self.seed}/{township}")
        known = _places(township, self.seed)
        pauses = Random(chance.getrandbits(64))
        for number, verb in enumerate(SETTING_UP, 1):
            command = await self._step(desk, Step(verb), known, chance, pauses)
            if command.fate is not Fate.ACKNOWLEDGED:
                break
            known[f"mediator {number}"] = known["mediator"]
        return known

    async def _client(
        self, desk: Desk, ready: list[Known], chance: Random, stop: asyncio.Event
    ) -> None:
        pauses = Random(chance.getrandbits(64))  # how often these are drawn is not the seed's
        while not stop.is_set():
            known = dict(chance.choice(ready))
            known["session"] = f"{known['division']}-{drawn_uuid(chance)}"
            known |= {f"client {number}": drawn_uuid(chance) for number in range(1, 5)}
            await self._live(desk, known, chance, pauses)

    async def _live(self, desk: Desk, known: Known, chance: Random, pauses: Random) -> None:
        command: Command | None = None
        for step in draw_life(chance):
            if isinstance(step, Wait):
                assert command is not None
                await desk.wait(step, command, known, pauses)
            else:
                command = await self._step(desk, step, known, chance, pauses)
                if command.fate is not Fate.ACKNOWLEDGED and not step.wrong:
                    return
            if desk.give_up.is_set():
                return
            await asyncio.sleep(pauses.uniform(0.02, 0.2))

    async def _step(
        self, desk: Desk, step: Step, known: Known, chance: Random, pauses: Random
    ) -> Command:
        ledger = Ledger(DEEDS[step.verb].service, known["division"])
        command = self.journal.begin(chance, step.verb, ledger)
        await desk.carry_out(command, step, known, pauses)
        self.journal.end(command)
        return command


def _places(township: str, seed: int) -> Known:
    """The codes of the township, and of a village and grid that no other seed registers there."""
    village = f"{township}{100 + seed % 900}"
    return {"division": township, "village_code": village, "grid_code": f"{village}001"}
