"""Rules over Kafka: matters by two topics come to one warning, however often the worker is killed."""

import asyncio
from random import Random
from typing import Any

import pytest

from shared.identity import Role
from shared.testing.waiters import eventually
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.mediating import Mediating
from tests.flow.test_killed_between import SEED, insist, kill
from tests.intake.doors import a_filing

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(400)]

# one that no other flow or attack writes to
TOWNSHIP = "519900184"
VILLAGE = f"{TOWNSHIP}201"
GRID = f"{VILLAGE}001"
SINCE = {"name": "青云村", "valid_from": "2025-01-01"}
CASES = f"/townships/{TOWNSHIP}/cases"
REPORTS = f"/townships/{TOWNSHIP}/reports"


@pytest.fixture(scope="module")
def here(doors: Doors) -> Mediating:
    return Mediating(doors, TOWNSHIP)


def clusters(here: Mediating) -> list[dict[str, Any]]:
    """The warnings of the rule, as the leader sees them."""
    answer = here.doors.client.get(
        f"{here.doors.run.url('grid')}/warnings",
        params={"rule": "cluster"},
        headers=here.doors.bearer(Role.TOWNSHIP_LEADER, TOWNSHIP),
    )
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_matters_of_one_place_and_cause_are_one_warning_whoever_is_killed(
    whole: System, here: Mediating
) -> None:
    for path, body in (
        (f"/townships/{TOWNSHIP}/villages", SINCE | {"village_code": VILLAGE}),
        (f"/townships/{TOWNSHIP}/grids", SINCE | {"grid_code": GRID, "kind": "basic"}),
    ):
        here.done("grid", Role.CLERK, path, body)
    filing = a_filing(category="labour", village_code=VILLAGE)
    report = {"grid_code": GRID, "topic": "unpaid-wages", "words": "工地欠了两个月工资。"}
    wishes = [
        ("intake", Role.CLERK, CASES, filing),
        ("grid", Role.CLERK, REPORTS, report),
    ] * 4
    random = Random(SEED)
    for wish in wishes:
        asked = asyncio.to_thread(insist, here, *wish)
        await asyncio.gather(asked, _kill_later(whole, random))
    await eventually(
        lambda: [(each["level"], each["counted"]) for each in clusters(here)] == [("red", 8)],
        within=120,
    )
    (warning,) = clusters(here)
    assert (warning["episode"], warning["subject"]) == (1, f"{VILLAGE}/labour")
    assert warning["village_code"] == VILLAGE


async def _kill_later(whole: System, random: Random) -> None:
    await asyncio.sleep(random.uniform(0, 0.6))
    await asyncio.to_thread(kill, whole, ["grid.worker"])
