"""Sends commands to both services until each has its answer, and looks what has come of them."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from deploy.local.issuing import TokenRequest
from deploy.local.refusals import NotRunning
from deploy.local.tokens import fetch_token
from shared.identity import Role
from tests.chaos.deeds import DEEDS, Known
from tests.chaos.ground import Ground
from tests.chaos.kinds import REPEATED_WITHOUT_POSITION
from tests.chaos.lives import Step, Wait
from tests.chaos.observed import Command, Fate, Ledger

_LATER = {401, 408, 425, 429, 503}
"""Not now: the same wish is sent again."""
_DATED_BACK = "/problems/happened-before-it-began"
"""What a clock that was set back past midnight may honestly lead to."""
_LAST = {
    "resolved": "case-resolved",
    "reopened": "case-reopened",
}
_OF_REPORT = {
    "taken-up": ("outcome", "taken-up"),
    "fed-back": ("state", "handled"),
    "given-back": ("state", "returned"),
}
"""What the report says of itself once that has come."""


@dataclass
class Desk:
    """Keeps the tokens, and goes on until it is told to give up."""

    ground: Ground
    http: httpx.AsyncClient
    give_up: asyncio.Event
    tokens: dict[tuple[str, Role], str] = field(default_factory=dict)

    async def carry_out(self, command: Command, step: Step, known: Known, pauses: Random) -> None:
        """Send until there is an answer to hold on to, or until everything is given up."""
        deed = DEEDS[step.verb]
        address, body = deed.address(known), deed.filled(known)
        headers = {"Idempotency-Key": command.id, "X-Correlation-Id": command.id}
        while not self.give_up.is_set():
            answer = await self._ask(
                command.ledger, "POST", address, role=deed.role, json=body, headers=headers
            )
            if answer is not None and _settles(command, step, answer):
                if answer.is_success and deed.names:
                    known[deed.names] = answer.json()[f"{deed.names}_id"]
                return
            await asyncio.sleep(pauses.uniform(0.1, 0.6))

    async def wait(self, wait: Wait, last: Command, known: Known, pauses: Random) -> None:
        """Look until it has come; an answer that is not honest is noted with the command before."""
        while not self.give_up.is_set():
            if wait.for_what == "dispute":
                has_come = await self._has_its_dispute(last, known)
            elif wait.for_what in _OF_REPORT:
                has_come = await self._says(last, known, *_OF_REPORT[wait.for_what])
            else:
                has_come = await self._ends_with(last, known, _LAST[wait.for_what])
            if has_come:
                return
            await asyncio.sleep(pauses.uniform(0.1, 0.4))

    async def _has_its_dispute(self, last: Command, known: Known) -> bool:
        told = await self._look(last, "mediation", "/mediations", case_id=known["case"])
        if told is None or not told["items"]:
            return False
        known["mediation"] = told["items"][0]["mediation_id"]
        return True

    async def _says(self, last: Command, known: Known, member: str, value: str) -> bool:
        """Whether the report says so; it then also names the record to which it was converted."""
        report = await self._look(last, "grid", f"/reports/{known['report']}")
        if report is None or report[member] != value:
            return False
        known["mediation"] = report["record_id"]
        return True

    async def _ends_with(self, last: Command, known: Known, kind: str) -> bool:
        told = await self._look(last, "intake", f"/cases/{known['case']}")
        return told is not None and told["history"][-1]["event"] == kind

    async def _look(
        self, last: Command, service: str, path: str, **asked: str
    ) -> dict[str, Any] | None:
        ledger = Ledger(service, last.ledger.division)
        answer = await self._ask(ledger, "GET", path, params=asked)
        if answer is None:
            return None
        if answer.is_success:
            told: dict[str, Any] = answer.json()
            return told
        if answer.status_code not in _LATER:
            last.odd_answers.append(f"{answer.status_code} to a look at {path}")
        return None

    async def _ask(
        self,
        ledger: Ledger,
        method: str,
        path: str,
        *,
        role: Role = Role.TOWNSHIP_LEADER,
        **sent: Any,
    ) -> httpx.Response | None:
        """None when nobody answered: what became of a wish is not known."""
        try:
            token = await self._token(ledger.division, role)
            headers = sent.pop("headers", {}) | {"Authorization": f"Bearer {token}"}
            url = f"{self.ground.run.url(ledger.service)}{path}"
            answer = await self.http.request(method, url, headers=headers, **sent)
        except (httpx.TransportError, httpx.HTTPStatusError, NotRunning):
            return None
        if answer.status_code == 401:
            self.tokens.pop((ledger.division, role), None)
        return answer

    async def _token(self, division: str, role: Role) -> str:
        if (division, role) not in self.tokens:
            request = TokenRequest(role=role, division=division)
            token = await asyncio.to_thread(fetch_token, self.ground.run, request)
            self.tokens[division, role] = token
        return self.tokens[division, role]


def _settles(command: Command, step: Step, answer: httpx.Response) -> bool:
    """Take note of an answer; gives whether it is the last word."""
    status = answer.status_code
    if answer.is_success:
        command.fate = Fate.ACKNOWLEDGED
        command.position = _position(command, answer)
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


def _position(command: Command, answer: httpx.Response) -> int | None:
    if command.verb in REPEATED_WITHOUT_POSITION and "Concord-Position" not in answer.headers:
        return None
    return int(answer.headers["Concord-Position"].rpartition("@")[2])


def _problem_of(answer: httpx.Response) -> str | None:
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return str(answer.json().get("type"))
    return None
