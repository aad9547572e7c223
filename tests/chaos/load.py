"""Clients that file cases and carry them on, each command repeated until it has its answer."""

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx

from deploy.local.issuing import Wish
from deploy.local.refusals import NotRunning
from deploy.local.tokens import fetch_token
from shared.identity import Role
from tests.chaos.ground import Ground
from tests.chaos.journal import Journal
from tests.chaos.lives import BODIES, Step, draw_life
from tests.chaos.observed import Command, Fate

CLIENTS = 6
_ANSWER_SECONDS = 8.0
_LATER = {401, 408, 425, 429, 503}
"""Not now: the same wish is sent again."""
_DATED_BACK = "/problems/happened-before-it-began"
"""What a clock that was set back past midnight may honestly lead to."""


@dataclass
class Clients:
    """The load of one seed."""

    ground: Ground
    journal: Journal
    townships: list[str]
    seed: int

    async def work(self, stop: asyncio.Event, give_up: asyncio.Event) -> None:
        """Begin new cases until `stop`, repeat what is unanswered until `give_up`."""
        limits = httpx.Limits(max_connections=CLIENTS * 2)
        async with httpx.AsyncClient(
            base_url=self.ground.run.url("intake"),
            trust_env=False,
            timeout=_ANSWER_SECONDS,
            limits=limits,
        ) as http:
            desk = _Desk(self.ground, http, give_up, {})
            async with asyncio.TaskGroup() as clients:
                for number in range(CLIENTS):
                    chance = Random(f"{self.seed}/{number}")
                    clients.create_task(self._client(desk, chance, stop, give_up))

    async def _client(
        self, desk: "_Desk", chance: Random, stop: asyncio.Event, give_up: asyncio.Event
    ) -> None:
        pauses = Random(chance.getrandbits(64))  # how often these are drawn is not the seed's
        while not stop.is_set():
            township = chance.choice(self.townships)
            case: str | None = None
            for step in draw_life(chance):
                command = self.journal.begin(chance, step.verb, township, case)
                await desk.carry_out(command, step, pauses)
                self.journal.end(command)
                case = command.case_id
                if give_up.is_set() or (command.fate is not Fate.ACKNOWLEDGED and not step.wrong):
                    break
                await asyncio.sleep(pauses.uniform(0.02, 0.2))


@dataclass
class _Desk:
    """Sends commands; keeps the tokens."""

    ground: Ground
    http: httpx.AsyncClient
    give_up: asyncio.Event
    tokens: dict[str, str]

    async def carry_out(self, command: Command, step: Step, pauses: Random) -> None:
        """Send until there is an answer to hold on to, or until everything is given up."""
        while not self.give_up.is_set():
            answer = await self._send(command)
            if answer is not None and _settles(command, step, answer):
                return
            if answer is not None and answer.status_code == 401:
                self.tokens.pop(command.division, None)
            await asyncio.sleep(pauses.uniform(0.1, 0.6))

    async def _send(self, command: Command) -> httpx.Response | None:
        """None when nobody answered: what became of the wish is not known."""
        path = f"/cases/{command.case_id}/{command.verb}"
        if command.verb == "file":
            path = f"/townships/{command.division}/cases"
        try:
            headers = {
                "Authorization": f"Bearer {await self._token(command.division)}",
                "Idempotency-Key": command.id,
                "X-Correlation-Id": command.id,
            }
            return await self.http.post(path, json=BODIES[command.verb], headers=headers)
        except (httpx.TransportError, httpx.HTTPStatusError, NotRunning):
            return None

    async def _token(self, division: str) -> str:
        if division not in self.tokens:
            wish = Wish(role=Role.TOWNSHIP_LEADER, division=division)
            self.tokens[division] = await asyncio.to_thread(fetch_token, self.ground.run, wish)
        return self.tokens[division]


def _settles(command: Command, step: Step, answer: httpx.Response) -> bool:
    """Take note of an answer; gives whether it is the last word."""
    status = answer.status_code
    if answer.is_success:
        _acknowledge(command, answer)
        if step.wrong:
            command.odd_answers.append(f"{status} where a refusal was due")
        return True
    problem = _problem_of(answer)
    if status in _LATER:
        if problem is None:
            command.odd_answers.append(f"{status} without a problem document")
        return False
    if status >= 500:
        command.odd_answers.append(f"{status} {problem}")
        return False
    command.fate, command.problem = Fate.REFUSED, f"{status} {problem}"
    if not step.wrong and problem != _DATED_BACK:
        command.odd_answers.append(f"refused with {command.problem}")
    return True


def _acknowledge(command: Command, answer: httpx.Response) -> None:
    told: dict[str, Any] = answer.json()
    command.fate = Fate.ACKNOWLEDGED
    command.case_id = told["case_id"]
    command.position = int(answer.headers["Concord-Position"].rpartition("@")[2])


def _problem_of(answer: httpx.Response) -> str | None:
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return str(answer.json().get("type"))
    return None
