"""A case that is recognised as an accusation: nobody finds it any more, and the lane has it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from services.intake.live_check import TABLES
from services.intake.stream.accusations import recognising_accusations
from services.intake.stream.erasures import erasing_copies
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_files
from shared.vault import Vault
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, KEYS, NEIGHBOUR, Doors, problem
from tests.intake.registry import registered_unit
from tests.intake.residents import asked, registered, seen
from tests.intake.test_accusations_api import IN_THE_LANE, LANE, WORDS, taken
from tests.intake.test_transferring import Topic, done, passed

pytestmark = pytest.mark.parts
RECOGNISE = ("route", {"lane": "discipline", "ground": "by-law"})

NOBODY: list[dict[str, Any]] = [
    {"role": Role.CLERK},
    {"role": Role.TOWNSHIP_LEADER},
    {"role": Role.AUDITOR, "division": COUNTY},
    {"role": Role.COUNTY_LEADER, "division": COUNTY},
    {"role": Role.BACKFILL, "division": COUNTY},
    IN_THE_LANE,
]
"""Whoever asks for the township's record."""

ASKED: list[dict[str, Any]] = [{}, {"state": "with-discipline"}, {"voided": "true"}]


@pytest.fixture
async def lane(empty_doors: Doors) -> Doors:
    """A county with a unit of discipline."""
    await registered_unit(empty_doors, LANE, COUNTY, unit_type="discipline")
    return empty_doors


async def recognised(doors: Doors, *before: tuple[str, dict[str, Any]], **filing: Any) -> str:
    case_id = await doors.file(**({"narrative": WORDS} | filing))
    if before:
        await doors.tell(case_id, *before)
    verb, body = RECOGNISE
    leader = Role.TOWNSHIP_LEADER if before else Role.HANDLER
    answer = await doors.post(f"/cases/{case_id}/{verb}", body, role=leader)
    assert answer.status_code == 200, answer.text
    return case_id


async def work_off(doors: Doors) -> None:
    runner = recognising_accusations(doors.office.ledger, KEYS, county=COUNTY)
    for _ in range(2):
        await runner.work_off()


async def listed(doors: Doors) -> list[dict[str, Any]]:
    found = await doors.get("/accusations", **IN_THE_LANE)
    return list(found.json()["items"])


@pytest.mark.parametrize("before", [(), (ACCEPT,)])
async def test_the_townships_record_ends_and_nobody_finds_it(
    lane: Doors, before: tuple[tuple[str, dict[str, Any]], ...]
) -> None:
    case_id = await recognised(lane, *before)
    (*_, routed) = await lane.office.ledger.stream(COUNTY, case_id)
    said = orjson.loads(routed.data)
    assert (routed.kind, said["purpose"], said["lane"]) == (
        "case-routed",
        "accusation",
        "discipline",
    )
    for who in NOBODY:
        assert problem(await lane.get(f"/cases/{case_id}", **who)) == "case-not-found"
        for filters in ASKED:
            shown = (await lane.get("/cases", **who, **filters)).json()["items"]
            assert shown == [], (who, filters)
    refused = await lane.post(f"/cases/{case_id}/close", {"outcome": "explained"})
    assert problem(refused) == "case-not-found"
    repeat = {"repeat_of": case_id, "first_or_repeat": "repeat"}
    named = await lane.post(
        "/townships/519900101/cases",
        {"channel": "visit", "purpose": "request", "category": "land", **repeat},
        role=Role.CLERK,
    )
    assert problem(named) == "case-not-on-record"


async def test_the_lane_has_it_under_another_number_with_person_and_text(lane: Doors) -> None:
    case_id = await recognised(lane, received_on="2025-03-01", channel="letter")
    (filed, *_) = await lane.office.ledger.stream(COUNTY, case_id)
    await work_off(lane)
    (line,) = await listed(lane)
    assert line["received_on"] == "2025-03-01"
    assert line["channel"] == "letter"
    assert line["number"] != orjson.loads(filed.data)["number"]
    (event,) = await lane.office.ledger.stream(COUNTY, line["accusation_id"])
    assert "519900101" not in event.data
    ref = orjson.loads(event.data)["person_ref"]
    (kept,) = await lane.office.vault.contents(
        COUNTY, division=COUNTY, refs=[ref], kinds=["filing"]
    )
    assert kept.content["narrative"] == WORDS
    assert kept.content["particulars"]["case_id"] == case_id
    assert await LiveCheck(lane.pool, COUNTY, TABLES, Vault(lane.pool, KEYS)).run() == []


async def test_no_correlation_id_links_the_case_and_the_accusation(lane: Doors) -> None:
    case_id = await recognised(lane)
    async with lane.pool.connection() as connection:
        await connection.execute("select set_config('concord.scope', '519900', true)")
        await connection.execute("update due_row set correlation_id = 'of-an-earlier-release'")
    await work_off(lane)
    (line,) = await listed(lane)
    by_kind = {
        each.kind: each
        for division in (COUNTY, "519900101")
        for each in await lane.office.ledger.read(COUNTY, division, after=0, limit=1000)
        if each.stream_id in {case_id, line["accusation_id"]}
    }
    assert by_kind["case-routed"].correlation_id is not None
    assert by_kind["accusation-registered"].correlation_id is None
    assert by_kind["accusation-registered"].causation_id is None


async def test_a_row_that_is_handled_again_registers_nothing_twice(lane: Doors) -> None:
    await recognised(lane)
    await work_off(lane)
    async with lane.pool.connection() as connection:
        await connection.execute("select set_config('concord.scope', '519900', true)")
        await connection.execute("update due_row set state = 'waiting', settled_at = null")
    await work_off(lane)
    assert len(await listed(lane)) == 1


async def test_every_case_of_the_matter_ends_with_it(lane: Doors) -> None:
    topic = Topic(lane)
    home = await lane.file(narrative=WORDS)
    receiver = await passed(lane, topic, home)
    await done(lane, receiver, "take", {})
    await done(lane, receiver, *RECOGNISE)
    await work_off(lane)
    await topic.settle()
    for case_id, division in ((home, "519900101"), (receiver, NEIGHBOUR)):
        shown = await lane.get(f"/cases/{case_id}", division=division)
        assert problem(shown) == "case-not-found"
    assert len(await listed(lane)) == 1


async def test_whoever_filed_it_is_told_the_state_alone(lane: Doors) -> None:
    case_id, known = await registered(lane)
    await lane.tell(case_id, RECOGNISE)
    shown = await seen(lane, known)
    assert (shown["sealed"], shown["state"]["code"]) == (True, "with-discipline")
    assert shown["held_by"] is None
    assert shown["hops"] == shown["rights"] == []
    refused = await asked(lane, known, "contact", phone="13900000000")
    assert (refused.status_code, problem(refused)) == (409, "case-is-with-discipline")


async def test_a_correction_makes_no_accusation_of_a_case(lane: Doors) -> None:
    case_id = await lane.file()
    stated = {"why": "found-otherwise", "purpose": "accusation"}
    refused = await lane.post(f"/cases/{case_id}/correct", stated)
    assert (refused.status_code, problem(refused)) == (409, "accusation-is-routed")


async def test_a_case_whose_purpose_is_an_accusation_goes_there_without_a_lane(
    lane: Doors,
) -> None:
    case_id = await lane.file(purpose="not-stated")
    stated = {"ground": "by-law", "purpose": "accusation"}
    answer = await lane.post(f"/cases/{case_id}/route", stated)
    assert answer.json()["state"] == "with-discipline"
    other = await lane.file()
    refused = await lane.post(
        f"/cases/{other}/route",
        {"lane": "discipline", "ground": "by-law", "purpose": "suggestion"},
    )
    assert (refused.status_code, problem(refused)) == (422, "discipline-is-for-accusations")


LEADER_OF_LANE: dict[str, Any] = IN_THE_LANE | {"role": Role.TOWNSHIP_LEADER}
ERASE = {"reason_code": "keeping-term-over"}


async def closed_in_the_lane(doors: Doors, accusation_id: str) -> None:
    for verb, body in (("transfer", {"to": "discipline"}), ("close", {})):
        done_there = await doors.post(f"/accusations/{accusation_id}/{verb}", body, **IN_THE_LANE)
        assert done_there.status_code == 200, done_there.text


async def test_whoever_is_erased_is_erased_in_the_lane_once_it_is_closed(lane: Doors) -> None:
    case_id = await recognised(lane)
    (filed, *_) = await lane.office.ledger.stream(COUNTY, case_id)
    ref = orjson.loads(filed.data)["person_ref"]
    await work_off(lane)
    (line,) = await listed(lane)
    text = f"/accusations/{line['accusation_id']}/text"
    answer = await lane.post(f"/persons/{ref}/erase", ERASE, role=Role.TOWNSHIP_LEADER)
    assert (answer.status_code, answer.json()["files"]) == (200, 1)
    await erasing_copies(lane.office.ledger, county=COUNTY).work_off()
    assert (await lane.get(text, **IN_THE_LANE)).json()["narrative"] == WORDS
    await closed_in_the_lane(lane, line["accusation_id"])
    tomorrow = datetime.now(UTC) + timedelta(days=1, hours=1)
    await erasing_copies(lane.office.ledger, county=COUNTY, now=lambda: tomorrow).work_off()
    assert problem(await lane.get(text, **IN_THE_LANE)) == "person-erased"
    assert delete_files(lane.database.owner_dsn, COUNTY) == (2, [])


async def test_a_leader_of_the_lane_erases_whoever_accuses_once_it_is_closed(lane: Doors) -> None:
    accusation_id = (await taken(lane)).json()["case_id"]
    (event,) = await lane.office.ledger.stream(COUNTY, accusation_id)
    path = f"/persons/{orjson.loads(event.data)['person_ref']}/erase"
    leader: dict[str, Any] = {"role": Role.TOWNSHIP_LEADER, "division": COUNTY}
    outside: list[dict[str, Any]] = [{"role": Role.TOWNSHIP_LEADER}, leader]
    for who in outside:
        assert problem(await lane.post(path, ERASE, **who)) == "person-not-found"
    refused = await lane.post(path, ERASE, **LEADER_OF_LANE)
    assert problem(refused) == "person-has-an-open-case"
    await closed_in_the_lane(lane, accusation_id)
    assert (await lane.post(path, ERASE, **leader)).status_code == 404
    erased = await lane.post(path, ERASE, **LEADER_OF_LANE)
    assert (erased.status_code, erased.json()["files"]) == (200, 1)
    text = await lane.get(f"/accusations/{accusation_id}/text", **IN_THE_LANE)
    assert problem(text) == "person-erased"


@pytest.mark.parametrize("steps", [(ACCEPT,), (ACCEPT, ANSWER)])
async def test_an_accepted_case_goes_there_by_a_leader_alone(
    lane: Doors, steps: tuple[tuple[str, dict[str, Any]], ...]
) -> None:
    case_id = await lane.file()
    await lane.tell(case_id, *steps)
    path, body = f"/cases/{case_id}/route", RECOGNISE[1]
    without_lane = {"ground": "by-law", "purpose": "accusation"}
    for role in (Role.CLERK, Role.HANDLER):
        for stated in (body, without_lane):
            refused = await lane.post(path, stated, role=role)
            assert (refused.status_code, problem(refused)) == (403, "discipline-takes-a-leader")
    assert (await lane.get(f"/cases/{case_id}")).status_code == 200
    routed = await lane.post(path, body, role=Role.TOWNSHIP_LEADER)
    assert routed.json()["state"] == "with-discipline"
