"""Seals on the real ledger: set once a day, by whoever leads, and proved over the doors."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.contracts.ledger import LedgerSealed
from shared.identity import Role
from shared.postgres import transaction
from shared.sealing.merkle import includes, is_consistent
from shared.sealing.scheduler import SealedMeanwhile
from shared.sealing.seal import is_signed
from shared.sealing.seal_key import read_published
from shared.testing.waiters import eventually
from shared.times import china_day
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.sealing import DAY, KEYS, later, scheduler, seal

pytestmark = pytest.mark.parts


@pytest.fixture
def doors(empty_doors: Doors) -> Doors:
    replace(empty_doors.office, seal_keys=KEYS).open_in(empty_doors.app)
    return empty_doors


async def read(doors: Doors, path: str, **query: Any) -> Any:
    answer = await doors.get(path, role=Role.AUDITOR, division=COUNTY, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def kinds(doors: Doors, division: str = TOWNSHIP) -> list[str]:
    return [each["type"] for each in (await read(doors, f"/ledgers/{division}/events"))["items"]]


async def test_a_ledger_is_sealed_when_its_day_is_over_and_once(doors: Doors) -> None:
    await doors.file()
    assert await seal(doors, days_later=0) == 0
    assert await seal(doors) == 1
    assert await seal(doors) == 0
    assert await seal(doors, days_later=5) == 0
    assert await kinds(doors) == ["case-filed", "ledger-sealed"]
    [published] = (await read(doors, f"/ledgers/{TOWNSHIP}/seals"))["items"]
    assert published["position"] == f"intake/{TOWNSHIP}@2"
    found = LedgerSealed.model_validate(published["seal"])
    assert found.day == china_day(datetime.now(UTC)).isoformat()
    assert (found.ledger, found.head_sequence) == (f"intake/{TOWNSHIP}", 1)
    assert is_signed(found, read_published((await read(doors, "/seal-keys"))["keys"]))


async def test_how_long_a_day_is_over_without_a_seal_is_measured(doors: Doors) -> None:
    assert await scheduler(doors).measure_unsealed() == 0
    await doors.file()
    assert await scheduler(doors, days_later=0).measure_unsealed() == 0
    waited = await scheduler(doors, days_later=3).measure_unsealed()
    assert 2 * 86400 <= waited < 3 * 86400
    await seal(doors)
    assert await scheduler(doors, days_later=3).measure_unsealed() == 0
    await doors.file()
    assert await scheduler(doors, days_later=3).measure_unsealed() >= 2 * 86400


async def test_each_township_has_its_own_seals(doors: Doors) -> None:
    await doors.file(TOWNSHIP)
    await doors.file(NEIGHBOUR)
    assert await seal(doors) == 2
    await doors.file(NEIGHBOUR)
    assert await seal(doors, days_later=2) == 1


async def test_after_days_of_standstill_every_day_with_news_gets_its_seal(doors: Doors) -> None:
    for days in (0, 1, 3):
        await doors.file()
        await doors.file()
        later(doors, days + 1)
    assert await seal(doors, days_later=20) == 3
    found = (await read(doors, f"/ledgers/{TOWNSHIP}/seals"))["items"]
    assert [each["seal"]["head_sequence"] for each in found] == [2, 4, 6]
    assert await kinds(doors) == ["case-filed"] * 6 + ["ledger-sealed"] * 3


async def test_two_schedulers_at_once_seal_once(doors: Doors) -> None:
    await doors.file()
    schedulers = [scheduler(doors), scheduler(doors)]
    ended = await asyncio.gather(
        *(each.seal_what_is_due() for each in schedulers), return_exceptions=True
    )
    assert ended.count(1) == 1
    assert all(each in {0, 1} or isinstance(each, SealedMeanwhile) for each in ended)
    assert await kinds(doors) == ["case-filed", "ledger-sealed"]


async def test_the_loop_seals_by_itself_and_only_the_leader(doors: Doors) -> None:
    await doors.file()
    running = [asyncio.create_task(scheduler(doors).run()) for _ in range(2)]

    async def is_sealed() -> bool:
        return await kinds(doors) == ["case-filed", "ledger-sealed"]

    try:
        await eventually(is_sealed)
    finally:
        for each in running:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each


async def test_every_event_is_shown_to_be_under_the_first_seal_after_it(doors: Doors) -> None:
    for _ in range(5):
        await doors.file()
    later(doors, 1)
    await doors.file()
    assert await seal(doors, days_later=9) == 2
    listed = (await read(doors, f"/ledgers/{TOWNSHIP}/events"))["items"]
    for event in listed[:6]:
        proof = await read(doors, f"/ledgers/{TOWNSHIP}/events/{event['id']}/inclusion")
        assert proof["event"] == event
        stated = proof["seal"]["seal"]
        assert stated["head_sequence"] == (5 if int(event["sequence"]) <= 5 else 6)
        assert includes(
            bytes.fromhex(event["hash"]),
            int(event["sequence"]) - 1,
            stated["head_sequence"],
            [bytes.fromhex(step) for step in proof["path"]],
            bytes.fromhex(stated["merkle_root"]),
        )


async def test_a_later_seal_is_shown_to_go_on_from_an_earlier_one(doors: Doors) -> None:
    for days in (1, 1, 1):
        for _ in range(3):
            await doors.file()
        later(doors, days)
    assert await seal(doors, days_later=9) == 3
    first, second = {}, {}
    tomorrow = (china_day(datetime.now(UTC)) + DAY).isoformat()
    for asked, last in (({"second": tomorrow}, 6), ({}, 9)):
        proof = await read(doors, f"/ledgers/{TOWNSHIP}/consistency", **asked)
        first, second = proof["first"]["seal"], proof["second"]["seal"]
        assert (first["head_sequence"], second["head_sequence"]) == (3, last)
        assert is_consistent(
            first=first["head_sequence"],
            second=second["head_sequence"],
            first_root=bytes.fromhex(first["merkle_root"]),
            second_root=bytes.fromhex(second["merkle_root"]),
            path=[bytes.fromhex(step) for step in proof["path"]],
        )
    turned = await doors.get(
        f"/ledgers/{TOWNSHIP}/consistency",
        role=Role.AUDITOR,
        first=second["day"],
        second=first["day"],
    )
    assert problem(turned) == "seals-reversed"


async def test_what_is_not_there_or_not_sealed_is_told_apart(doors: Doors) -> None:
    await doors.file()
    [event] = (await read(doors, f"/ledgers/{TOWNSHIP}/events"))["items"]
    here = f"/ledgers/{TOWNSHIP}"

    async def refused(path: str, division: str = TOWNSHIP) -> str:
        return problem(await doors.get(path, role=Role.AUDITOR, division=division))

    assert await refused(f"{here}/events/{event['id']}/inclusion") == "event-not-sealed"
    assert await refused(f"{here}/consistency") == "seal-unknown"
    unknown = event["id"][:-1] + ("0" if event["id"][-1] != "0" else "1")
    assert await refused(f"{here}/events/{unknown}/inclusion") == "event-unknown"
    elsewhere = f"/ledgers/{NEIGHBOUR}/events/{event['id']}/inclusion"
    assert await refused(elsewhere, COUNTY) == "event-unknown"
    assert await refused(f"{here}/seals", NEIGHBOUR) == "division-out-of-scope"


async def test_a_ledger_is_read_in_pages_without_a_gap(doors: Doors) -> None:
    for _ in range(5):
        await doors.file()
    here = f"/ledgers/{TOWNSHIP}/events"
    parts = [await read(doors, here, after=after, limit=2) for after in (0, 2, 4)]
    assert [part["next"] for part in parts] == [2, 4, None]
    listed = [event for part in parts for event in part["items"]]
    assert [event["sequence"] for event in listed] == ["1", "2", "3", "4", "5"]
    [line] = (await read(doors, "/ledgers"))["items"]
    assert (line["division"], line["sequence"]) == (TOWNSHIP, 5)
    assert line["hash"] == listed[-1]["hash"]


async def test_ledgers_are_listed_page_by_page_within_the_scope(doors: Doors) -> None:
    divisions = [f"5199001{number:02}" for number in range(1, 6)]
    for division in divisions:
        await doors.file(division)
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        part = await read(doors, "/ledgers", limit=2, **cursor)
        found += [line["division"] for line in part["items"]]
        if part["next"] is None:
            break
        cursor = {"cursor": part["next"]}
    assert found == divisions
    own = await doors.get("/ledgers", role=Role.AUDITOR, division=divisions[2])
    assert [line["division"] for line in own.json()["items"]] == [divisions[2]]


@pytest.mark.parametrize("path", ["/ledgers", f"/ledgers/{TOWNSHIP}/events"])
async def test_only_those_who_check_read_whole_ledgers(doors: Doors, path: str) -> None:
    assert problem(await doors.get(path, role=Role.CLERK)) == "role-not-allowed"


async def test_a_seal_stands_in_no_view_of_cases(doors: Doors) -> None:
    await doors.file()
    await seal(doors)
    async with transaction(doors.pool, COUNTY) as connection:
        row = await (await connection.execute("select count(*) from case_board")).fetchone()
    assert row == (1,)
