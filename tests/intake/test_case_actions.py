"""What a case says of its commands is what they answer, in random lives and for different callers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from services.intake.api.case_probes import CASE_PROBES
from services.intake.domain.case import CaseFile
from services.intake.server import ROUTERS
from shared.contracts.intake import CaseLinked
from shared.http import build_app
from shared.identity import Actor, Role
from shared.office.actions import Asking, CommandRoute, command_routes
from shared.testing.tokens import TokenMaker
from shared.times import china_day
from tests.attack.wishes import WISHES
from tests.examples import THOROUGH
from tests.intake.doors import KEYS, TOWNSHIP, Doors, fresh_intake, open_doors, problem
from tests.intake.test_holding import of
from tests.office_doors import at
from tests.parts import FreshDatabase, PostgresForTests

COMMANDS = {
    each.name: each
    for each in command_routes(
        build_app(
            service="intake", routers=ROUTERS, verifier=TokenMaker().verifier(), keys=KEYS
        ).routes,
        "/cases/{case_id}",
    )
}
CALLERS: Mapping[str, dict[str, Any]] = {
    "the office": {"role": Role.CLERK, "ref": "post-2"},
    "a leader": {"role": Role.TOWNSHIP_LEADER},
    "a handler": {"role": Role.HANDLER},
    "another unit": of("water-station"),
    "an auditor": {"role": Role.AUDITOR, "division": TOWNSHIP},
}
USUAL = ("accept", "answer", "issue-opinion", "record-statement", "check-closing", "close")
"""What brings a case on; chosen often."""


def test_every_command_has_bodies_to_try() -> None:
    assert set(COMMANDS) == set(CASE_PROBES.tried)
    assert len(COMMANDS) > 30


@pytest.mark.parametrize("route", COMMANDS.values(), ids=lambda route: route.name)
def test_every_body_is_well_formed(route: CommandRoute) -> None:
    asking = Asking(
        state=CaseFile(),
        actor=_actor(),
        division=TOWNSHIP,
        now=datetime(2025, 3, 4, tzinfo=UTC),
    )
    for body in CASE_PROBES.tried[route.name](asking):
        if isinstance(body, Mapping):
            route.body.model_validate_json(orjson.dumps(body))


def _actor() -> Actor:
    return Actor(sub="s", role=Role.CLERK, scope=TOWNSHIP, unit="petition-office", post="post-1")


@dataclass
class Life:
    """A case of random commands, each asked about before it is sent."""

    doors: Doors
    case_id: str
    earlier: tuple[str, str]
    """Two cases it may be linked to."""
    now: datetime

    async def shown(self, how: Mapping[str, Any]) -> dict[str, Any] | None:
        """The actions by their commands, and the version; None where there is no such case."""
        answer = await self.doors.get(f"/cases/{self.case_id}", **{"role": Role.HANDLER, **how})
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def sent(self, command: str, body: Any, how: Mapping[str, Any]) -> httpx.Response:
        return await self.doors.post(f"/cases/{self.case_id}/{command}", body, **how)

    async def bodies(self, command: str, how: Mapping[str, Any]) -> Sequence[Any]:
        record = await self.doors.office.cases.read(TOWNSHIP, self.case_id)
        if command == "link":
            # as what is tried, to a case to which it is not linked already
            linked = record.state.departed
            known = linked.to_case_id if isinstance(linked, CaseLinked) else None
            to_case_id = next(each for each in self.earlier if each != known)
            return [{"to_case_id": to_case_id, "why": "duplicate"}]
        asking = Asking(state=record.state, actor=_actor(), division=TOWNSHIP, now=self.now)
        tried = CASE_PROBES.tried[command](asking)
        return [each for each in tried if isinstance(each, Mapping)]

    async def is_as_shown(self, command: str, how: Mapping[str, Any]) -> None:
        """Send what is tried of a command, and compare the answers with what was shown."""
        shown = await self.shown(how)
        if shown is None:
            answer = await self.sent(command, {}, how)
            assert answer.status_code in {403, 404, 422}
            return
        actions = {each["command"]: each for each in shown["actions"]}
        action = actions[command]
        assert set(actions) == set(COMMANDS)
        assert (action["method"], action["href"]) == ("POST", f"/cases/{self.case_id}/{command}")
        accepted, slugs = await self._answers(command, shown["version"], how)
        if command == "attach" and action["open"]:
            assert slugs == {"attachment-not-uploaded"}
            return
        assert action["open"] is accepted, (command, action, slugs)
        if not accepted:
            assert action["why_not"]["slug"] in slugs, (command, action)
            assert action["why_not"]["says"]
            taken = await self._is_taken_otherwise(command, shown["version"], how)
            assert taken is None, (command, action, taken)

    async def _answers(
        self, command: str, version: int, how: Mapping[str, Any]
    ) -> tuple[bool, set[str]]:
        slugs: set[str] = set()
        for body in await self.bodies(command, how):
            answer = await self.sent(command, body, how)
            if answer.status_code != 200:
                slugs.add(problem(answer))
            elif answer.json()["version"] > version:
                return True, slugs
            else:
                slugs.add("recorded-already")
        return False, slugs

    async def _is_taken_otherwise(
        self, command: str, version: int, how: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """A body that somebody else has made up and that is accepted where none was said to be."""
        wish = WISHES[f"/cases/{{case_id}}/{command}"]
        today = china_day(self.now).isoformat()
        for body in (wish.body, wish.other):
            text = orjson.dumps(body).decode().replace("$TODAY", today)
            if "$" in text or "mark" in body:
                continue
            sent: Mapping[str, Any] = orjson.loads(text)
            answer = await self.sent(command, sent, how)
            if answer.status_code == 200 and answer.json()["version"] > version:
                return sent
        return None


steps = st.lists(
    st.tuples(
        st.sampled_from([*USUAL * 3, *sorted(COMMANDS)]),
        st.sampled_from(["the office", "a leader", "a handler", *CALLERS]),
        st.integers(0, 3) | st.integers(0, 40),
    ),
    min_size=4,
    max_size=14,
)


LINKED_TWICE = [
    ("link", "a handler", 0),
    ("link", "a handler", 0),
    ("reopen", "a handler", 1),
    ("link", "a leader", 0),
    ("link", "the office", 0),
]
RECUSED_TWICE = [
    ("recuse", "a handler", 0),
    ("accept", "a handler", 0),
    ("recuse", "a leader", 0),
    ("recuse", "the office", 0),
    ("link", "a handler", 0),
    ("recuse", "a handler", 0),
    ("reopen", "a leader", 0),
    ("recuse", "a handler", 0),
]


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_intake(postgres)


@pytest.mark.parts
@pytest.mark.timeout(300)
@settings(
    max_examples=100 if THOROUGH else 25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@example(steps=LINKED_TWICE, purpose="request")
@example(steps=RECUSED_TWICE, purpose="request")
@given(steps=steps, purpose=st.sampled_from(["request", "suggestion"]))
def test_open_is_what_the_command_is_answered(
    database: FreshDatabase, steps: list[tuple[str, str, int]], purpose: str
) -> None:
    async def live() -> None:
        async with open_doors(database) as doors:
            now = datetime.now(UTC)
            earlier = (china_day(now) - timedelta(days=3)).isoformat()
            others = [await doors.file(received_on=earlier) for _ in range(2)]
            case_id = await doors.file(purpose=purpose)
            life = Life(doors, case_id, (others[0], others[1]), now)
            for command, caller, days in steps:
                life.now += timedelta(days=days)
                with at(doors, life.now):
                    await life.is_as_shown(command, CALLERS[caller])

    asyncio.run(live())


async def test_a_case_of_another_lists_no_open_command(doors: Doors) -> None:
    case_id = await doors.file()
    shown = await doors.get(f"/cases/{case_id}", role=Role.AUDITOR)
    actions = shown.json()["actions"]
    assert {each["why_not"]["slug"] for each in actions} == {"role-not-allowed"}
    above = of("petition-office", "clerk") | {"division": "519900", "role": Role.CLERK}
    shown = await doors.get(f"/cases/{case_id}", **above)
    assert {each["why_not"]["slug"] for each in shown.json()["actions"]} == {
        "case-not-in-your-hands",
        "role-not-allowed",
    }


async def test_trying_writes_nothing(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": "petition-office"}))
    before = await doors.office.ledger.heads("519900", [TOWNSHIP])
    for _ in range(2):
        assert (await doors.get(f"/cases/{case_id}")).status_code == 200
    assert await doors.office.ledger.heads("519900", [TOWNSHIP]) == before
