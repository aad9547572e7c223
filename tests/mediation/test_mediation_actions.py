"""What a dispute says of its commands is what they answer, in random lives, for different callers."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.mediation.api.mediation_probes import MEDIATION_PROBES
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.server import ROUTERS
from shared.http import build_app
from shared.identity import Actor, Role
from shared.office.actions import Asking, CommandRoute, command_routes
from shared.testing.tokens import TokenMaker
from tests.acting import Acting, require_well_formed
from tests.examples import THOROUGH
from tests.mediation.doors import (
    CONSENT,
    KEYS,
    TOWNSHIP,
    Doors,
    assign,
    fresh_mediation,
    hold,
    open_doors,
    sign,
)
from tests.parts import FreshDatabase, PostgresForTests

ADDRESS = "/mediations/{mediation_id}"
APP = build_app(service="mediation", routers=ROUTERS, verifier=TokenMaker().verifier(), keys=KEYS)
COMMANDS = {each.name: each for each in command_routes(APP.routes, ADDRESS)}
ACTOR = Actor(sub="s", role=Role.CLERK, scope=TOWNSHIP, unit="desk", post="post-1")


def asking(mediation: MediationFile) -> Asking[Any]:
    return Asking(state=mediation, actor=ACTOR, division=TOWNSHIP, now=datetime.now(UTC))


def test_every_command_has_bodies_to_try() -> None:
    assert set(COMMANDS) == set(MEDIATION_PROBES.tried)
    assert len(COMMANDS) > 25


@pytest.mark.parametrize("route", COMMANDS.values(), ids=lambda route: route.name)
def test_every_body_is_well_formed(route: CommandRoute) -> None:
    require_well_formed(route, MEDIATION_PROBES, asking(MediationFile()))


CALLERS: Mapping[str, dict[str, Any]] = {
    "the mediator": {"role": Role.MEDIATOR},
    "a clerk": {"role": Role.CLERK, "ref": "post-clerk"},
    "a leader": {"role": Role.TOWNSHIP_LEADER, "ref": "post-leader"},
    "an auditor": {"role": Role.AUDITOR, "division": TOWNSHIP},
}
USUAL = ("consent", "hold-session", "draft", "sign", "perform-instalment", "fill-in-paper")
steps = st.lists(
    st.tuples(
        st.sampled_from([*USUAL * 3, *sorted(MEDIATION_PROBES.tried)]),
        st.sampled_from(["the mediator", "the mediator", "a leader", *CALLERS]),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_mediation(postgres)


@pytest.mark.parts
@pytest.mark.timeout(300)
@settings(
    max_examples=80 if THOROUGH else 20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=steps, begun=st.integers(0, 4))
def test_open_is_what_the_command_is_answered(
    database: FreshDatabase, steps: list[tuple[str, str]], begun: int
) -> None:
    async def live() -> None:
        async with open_doors(database) as doors:
            committee = await doors.set_up()
            mediation_id = await doors.apply(committee)
            course = (CONSENT, assign(committee), hold(committee), sign(committee))
            for step in course[:begun]:
                await doors.tell(mediation_id, step)
            for command, caller in steps:
                mediation = await doors.office.mediation(TOWNSHIP, mediation_id)
                acting = Acting(
                    doors, f"/mediations/{mediation_id}", MEDIATION_PROBES, asking(mediation)
                )
                await acting.is_as_shown(command, CALLERS[caller])

    asyncio.run(live())


async def test_trying_writes_nothing(doors: Doors) -> None:
    committee = await doors.set_up()
    earlier, mediation_id = [await doors.apply(committee) for _ in range(2)]
    course = (CONSENT, assign(committee), hold(committee))
    numbered = await doors.tell(earlier, *course, sign(committee))
    await doors.tell(mediation_id, *course)
    before = await doors.office.ledger.heads(TOWNSHIP, [TOWNSHIP])
    for _ in range(2):
        assert (await doors.get(f"/mediations/{mediation_id}")).status_code == 200
    assert await doors.office.ledger.heads(TOWNSHIP, [TOWNSHIP]) == before
    next_one = await doors.tell(mediation_id, sign(committee))
    numbers = [
        int(each.json()["number"].rpartition("〕")[2][:-1]) for each in (numbered, next_one)
    ]
    assert numbers[1] == numbers[0] + 1


async def test_who_stepped_back_has_no_open_command(doors: Doors) -> None:
    committee = await doors.set_up(post="post-stepped-back")
    mediation_id = await doors.apply(committee)
    recused = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(mediation_id, CONSENT, assign(committee), ("recuse", recused))
    shown = await doors.get(f"/mediations/{mediation_id}", ref="post-stepped-back")
    assert not [each for each in shown.json()["actions"] if each["open"]]
