"""An accusation over HTTP: whoever takes it has its number and code; the lane has all the rest."""

from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from cli.verify import NotSealedYet, Report, check_receipt
from shared.divisions import county_of
from shared.identity import Role
from shared.postgres import transaction
from shared.times import china_day
from tests.intake.doors import COUNTY, FILE_HERE, NEIGHBOUR, TOWNSHIP, Doors, a_filing, problem
from tests.intake.registry import registered_unit
from tests.intake.residents import asked, seen

pytestmark = pytest.mark.parts
LANE = "discipline-office"
IN_THE_LANE: dict[str, Any] = {"division": COUNTY, "role": Role.HANDLER, "claims": {"unit": LANE}}
WORDS = "村支书把救济款发给了自己的亲戚。"
TRANSFER = ("transfer", {"to": "discipline"})
OUTSIDE: list[dict[str, Any]] = [
    {"role": Role.CLERK},
    {"role": Role.HANDLER},
    {"role": Role.TOWNSHIP_LEADER},
    {"role": Role.CLERK, "division": NEIGHBOUR},
    {"role": Role.TOWNSHIP_LEADER, "claims": {"unit": LANE}},
    {"role": Role.CLERK, "division": COUNTY},
    {"role": Role.TOWNSHIP_LEADER, "division": COUNTY},
    {"role": Role.CLERK, "division": COUNTY, "claims": {"unit": None}},
]
"""Tokens that are not of the lane."""
READING_ONLY: list[dict[str, Any]] = [
    {"role": Role.COUNTY_LEADER, "division": COUNTY},
    {"role": Role.AUDITOR, "division": COUNTY},
    {"role": Role.AUDITOR},
]


def accusing(**changes: Any) -> dict[str, Any]:
    stated = {"purpose": "accusation", "narrative": WORDS, "village_code": f"{TOWNSHIP}001"}
    return a_filing(**(stated | changes))


async def taken(doors: Doors, **how: Any) -> httpx.Response:
    """An accusation that a clerk of the township takes."""
    answer = await doors.post(FILE_HERE, accusing(), **({"role": Role.CLERK} | how))
    assert answer.status_code == 201, answer.text
    return answer


@pytest.fixture
async def lane(empty_doors: Doors) -> Doors:
    """A county with a unit of discipline."""
    await registered_unit(empty_doors, LANE, COUNTY, unit_type="discipline")
    return empty_doors


async def test_whoever_takes_it_is_given_its_number_and_code(lane: Doors) -> None:
    answer = await taken(lane)
    filed = answer.json()
    assert filed["case_id"].startswith(f"{COUNTY}-")
    assert filed["matter_id"].startswith(f"{COUNTY}-")
    assert filed["number"].startswith(f"{COUNTY}-")
    assert (filed["state"], filed["due_at"], filed["alike"]) == ("filed", None, [])
    assert len(filed["query_code"]) == 11
    assert answer.headers["location"] == f"/accusations/{filed['case_id']}"
    again = await lane.post(FILE_HERE, accusing(), role=Role.CLERK)
    assert again.json()["number"] != filed["number"]


async def test_a_repeat_with_its_key_is_answered_again(lane: Doors) -> None:
    key = uuid4().hex
    first, again = [await taken(lane, Idempotency_Key=key) for _ in range(2)]
    assert first.json() == again.json()
    other = await lane.post(
        FILE_HERE, accusing(channel="letter"), role=Role.CLERK, Idempotency_Key=key
    )
    assert problem(other) == "idempotency-key-reused"


async def test_the_event_goes_to_the_county_and_says_next_to_nothing(lane: Doors) -> None:
    filed = (await taken(lane)).json()
    (event,) = await lane.office.ledger.stream(COUNTY, filed["case_id"])
    said = orjson.loads(event.data)
    assert event.kind == "accusation-registered"
    assert said["category"] == "unclassified"
    assert set(said) == {
        *("accusation_id", "matter_id", "number", "channel", "category"),
        *("person_ref", "content_digest"),
    }
    assert TOWNSHIP not in event.data
    assert await lane.office.ledger.stream(TOWNSHIP, filed["case_id"]) == []


async def test_no_event_says_who_took_it_and_the_lane_reads_it(lane: Doors) -> None:
    key = uuid4().hex
    first, again = [
        (await taken(lane, Idempotency_Key=key, X_Correlation_Id="one-request")).json()
        for _ in range(2)
    ]
    assert first == again
    other = (await taken(lane, X_Correlation_Id="one-request")).json()
    desks = set()
    for filed in (first, other):
        events = await lane.office.ledger.read(COUNTY, COUNTY, after=0, limit=1000)
        (event,) = [each for each in events if each.stream_id == filed["case_id"]]
        assert event.correlation_id is None
        assert str(event.actor_ref).startswith("desk:")
        assert "post-1" not in str(event.actor_ref)
        desks.add(event.actor_ref)
        shown = (await lane.get(f"/accusations/{filed['case_id']}/text", **IN_THE_LANE)).json()
        assert shown["particulars"]["taken_by"] == f"{TOWNSHIP}/post-1"
    assert len(desks) == 2


async def test_its_draft_is_emptied_in_the_township(lane: Doors) -> None:
    headers = lane.tokens.headers(Role.CLERK, TOWNSHIP, "post-1")
    draft = "/drafts/cases/form-of-it"
    saved = await lane.http.put(draft, json={"values": {"narrative": WORDS}}, headers=headers)
    assert saved.status_code == 200
    await taken(lane, Idempotency_Key="form-of-it")
    assert problem(await lane.http.get(draft, headers=headers)) == "draft-not-found"


async def test_all_that_was_stated_is_in_the_vault_of_the_county(lane: Doors) -> None:
    filed = (await taken(lane)).json()
    (event,) = await lane.office.ledger.stream(COUNTY, filed["case_id"])
    ref = orjson.loads(event.data)["person_ref"]
    assert county_of(ref) == ref.partition("-")[0] == COUNTY
    (kept,) = await lane.office.vault.contents(
        COUNTY, division=COUNTY, refs=[ref], kinds=["filing"]
    )
    assert kept.content["narrative"] == WORDS
    assert kept.content["particulars"]["village_code"] == f"{TOWNSHIP}001"
    assert kept.content["particulars"]["category"] == "land"
    assert kept.content["particulars"]["division"] == TOWNSHIP
    assert await lane.office.vault.file(TOWNSHIP, ref) is None


async def test_no_row_of_it_is_within_a_townships_scope(lane: Doors) -> None:
    await taken(lane)
    for scope, expected in ((TOWNSHIP, 0), (COUNTY, 1)):
        async with transaction(lane.pool, scope) as connection:
            for table in ("accusation_board", "query_code", "vault_entry"):
                found = await connection.execute(f"select count(*) from {table}".encode())
                assert await found.fetchone() == (expected,), (scope, table)


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"complained_unit": "land-office"}, "accused-unit-is-sealed"),
        ({"cause": {"title": "某某建筑有限公司"}}, "accused-unit-is-sealed"),
        (
            {"matter_id": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000000a"},
            "accusation-is-not-linked",
        ),
        (
            {
                "repeat_of": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001",
                "first_or_repeat": "repeat",
            },
            "accusation-is-not-linked",
        ),
        ({"anonymous": True}, "anonymous-has-no-name"),
        ({"received_on": "2999-01-01"}, "invalid-input"),
    ],
)
async def test_what_cannot_be_taken_is_named(
    lane: Doors, changes: dict[str, Any], slug: str
) -> None:
    answer = await lane.post(FILE_HERE, accusing(**changes), role=Role.CLERK)
    assert (answer.status_code, problem(answer)) == (422, slug)
    assert WORDS not in answer.text


async def test_the_lane_takes_it_to_its_end(lane: Doors) -> None:
    accusation_id = (await taken(lane)).json()["case_id"]
    answer = await lane.told(
        f"/accusations/{accusation_id}",
        ("acknowledge", {"method": "post"}),
        TRANSFER,
        ("note-outcome", {"outcome": "handled"}),
        ("close", {}),
        **IN_THE_LANE,
    )
    assert answer.json()["state"] == "closed"
    shown = (await lane.get(f"/accusations/{accusation_id}", **IN_THE_LANE)).json()
    assert (shown["transferred_to"], shown["outcome"]) == ("discipline", "handled")
    assert shown["acknowledged"]
    assert [each["event"] for each in shown["history"]] == [
        "accusation-registered",
        "accusation-acknowledged",
        "accusation-transferred",
        "accusation-outcome-noted",
        "accusation-closed",
    ]
    refused = await lane.post(
        f"/accusations/{accusation_id}/transfer", {"to": "personnel"}, **IN_THE_LANE
    )
    assert problem(refused) == "accusation-was-closed"


async def test_what_may_be_done_is_what_the_commands_answer(lane: Doors) -> None:
    path = f"/accusations/{(await taken(lane)).json()['case_id']}"
    bodies: dict[str, dict[str, Any]] = {
        "acknowledge": {"method": "post"},
        "transfer": {"to": "discipline"},
        "note-outcome": {"outcome": "handled"},
        "close": {},
    }
    for step in ("acknowledge", "transfer", "note-outcome", "close", None):
        actions = (await lane.get(path, **IN_THE_LANE)).json()["actions"]
        assert [each["command"] for each in actions] == list(bodies)
        for each in actions:
            if each["open"]:
                continue
            refused = await lane.post(each["href"], bodies[each["command"]], **IN_THE_LANE)
            is_repeat = each["why_not"]["slug"] == "recorded-already"
            assert is_repeat or problem(refused) == each["why_not"]["slug"]
        if step:
            assert {each["command"]: each["open"] for each in actions}[step]
            await lane.told(path, (step, bodies[step]), **IN_THE_LANE)


async def test_the_lane_finds_it_by_number_and_filters_its_list(lane: Doors) -> None:
    filed, other = [(await taken(lane)).json() for _ in range(2)]
    shown = await lane.get(f"/accusations/{filed['number']}", **IN_THE_LANE)
    assert shown.json()["accusation_id"] == filed["case_id"]
    await lane.told(f"/accusations/{filed['number']}", TRANSFER, ("close", {}), **IN_THE_LANE)
    for filters, expected in (
        ({}, {filed["case_id"], other["case_id"]}),
        ({"open": "true"}, {other["case_id"]}),
        ({"state": "closed"}, {filed["case_id"]}),
        ({"number": other["number"]}, {other["case_id"]}),
        ({"transferred_to": "discipline"}, {filed["case_id"]}),
    ):
        listed = (await lane.get("/accusations", **IN_THE_LANE, **filters)).json()["items"]
        assert {each["accusation_id"] for each in listed} == expected, filters


async def test_nothing_is_closed_before_it_was_transferred(lane: Doors) -> None:
    path = f"/accusations/{(await taken(lane)).json()['case_id']}"
    refused = await lane.post(f"{path}/close", {}, **IN_THE_LANE)
    assert (refused.status_code, problem(refused)) == (409, "not-transferred-yet")


@pytest.mark.parametrize("who", OUTSIDE)
async def test_nobody_else_finds_it(lane: Doors, who: dict[str, Any]) -> None:
    filed = (await taken(lane)).json()
    for named in (filed["case_id"], filed["number"]):
        for verb, body in (TRANSFER, ("acknowledge", {"method": "post"}), ("close", {})):
            if (who.get("claims") or {}).get("unit", LANE) is None:
                break
            answer = await lane.post(f"/accusations/{named}/{verb}", body, **who)
            assert (answer.status_code, problem(answer)) == (404, "accusation-not-found")
        for path in (f"/accusations/{named}", f"/cases/{named}"):
            answer = await lane.get(path, **who)
            assert answer.status_code == 404, path
        for verb, body in (("forward", {"to_unit": "justice-office"}), ("recuse", {})):
            answer = await lane.post(f"/cases/{named}/{verb}", body, **who)
            assert answer.status_code in {403, 404, 422}, verb
    for path in ("/accusations", "/cases", "/units/unheld"):
        assert (await lane.get(path, **who)).json()["items"] == [], path
    assert len(await lane.office.ledger.stream(COUNTY, filed["case_id"])) == 1


@pytest.mark.parametrize("who", READING_ONLY)
async def test_overseers_find_it_neither(lane: Doors, who: dict[str, Any]) -> None:
    filed = (await taken(lane)).json()
    for named in (filed["case_id"], filed["number"]):
        assert problem(await lane.get(f"/accusations/{named}", **who)) == "accusation-not-found"
    assert (await lane.get("/accusations", **who)).json() == {"items": [], "next": None}
    assert problem(await lane.post(f"/accusations/{filed['case_id']}/close", **who)) == (
        "role-not-allowed"
    )


async def test_without_a_unit_of_discipline_it_waits_for_one(empty_doors: Doors) -> None:
    filed = (await taken(empty_doors)).json()
    path = f"/accusations/{filed['case_id']}"
    assert (await empty_doors.get(path, **IN_THE_LANE)).status_code == 404
    await registered_unit(empty_doors, LANE, COUNTY, unit_type="discipline")
    assert (await empty_doors.get(path, **IN_THE_LANE)).status_code == 200


async def test_whoever_accuses_is_told_the_state_and_has_a_receipt(lane: Doors) -> None:
    filed = (await taken(lane)).json()
    known = {"number": filed["number"], "code": filed["query_code"]}
    await lane.told(f"/accusations/{filed['case_id']}", TRANSFER, **IN_THE_LANE)
    shown = await seen(lane, known)
    assert shown["sealed"] is True
    assert shown["state"]["code"] == "transferred"
    assert shown["hops"] == shown["rights"] == []
    receipt = (await asked(lane, known, "receipt")).json()
    assert receipt["number"] == filed["number"]
    assert receipt["event"]["type"] == "accusation-registered"
    report = Report(lambda _: None)
    with pytest.raises(NotSealedYet):
        check_receipt(orjson.dumps(receipt), None, report)
    refused = await asked(lane, known, "contact", phone="13900000000")
    assert (refused.status_code, problem(refused)) == (409, "case-is-with-discipline")


async def test_the_lane_reads_who_accuses_and_each_opening_is_a_line(lane: Doors) -> None:
    accusation_id = (await taken(lane)).json()["case_id"]
    path = f"/accusations/{accusation_id}/text"
    shown = (await lane.get(path, **IN_THE_LANE)).json()
    assert (shown["name"], shown["narrative"]) == ("张三丰", WORDS)
    assert shown["particulars"]["village_code"] == f"{TOWNSHIP}001"
    for who in OUTSIDE[:7]:
        assert problem(await lane.get(path, **who)) == "accusation-not-found"
    log = await lane.get(
        "/openings", of=accusation_id, division=COUNTY, role=Role.AUDITOR, ref="post-overseer"
    )
    (line,) = log.json()["items"]
    assert line["record_id"] == accusation_id
    assert line["route"] == "GET /accusations/{accusation_id}/text"


async def test_its_figures_are_the_lanes(lane: Doors) -> None:
    first, second = [(await taken(lane)).json()["case_id"] for _ in range(2)]
    await lane.told(f"/accusations/{first}", TRANSFER, ("close", {}), **IN_THE_LANE)
    again = ("transfer", {"to": "personnel"})
    await lane.told(f"/accusations/{second}", TRANSFER, again, **IN_THE_LANE)
    path = f"/divisions/{COUNTY}/accusations/figures"
    today = str(china_day(lane.office.now()))
    asked_for: dict[str, Any] = {"from": today, "to": today}
    shown = (await lane.get(path, **IN_THE_LANE, **asked_for)).json()
    assert {each["id"]: each["value"] for each in shown["figures"]} == {
        "accusations_registered": "2",
        "accusations_transferred": "2",
        "accusations_ended": "1",
    }
    (head,) = [
        each.sequence for each in await lane.office.ledger.ledgers(COUNTY, after="", limit=9)
    ]
    assert shown["as_of"] == {f"intake/{COUNTY}": head}
    of_2025: dict[str, Any] = {"from": "2025-01-01", "to": "2025-12-31"}
    before = await lane.get(path, **IN_THE_LANE, **of_2025)
    assert {each["value"] for each in before.json()["figures"]} == {"0"}
    for who in READING_ONLY[:2]:
        assert problem(await lane.get(path, **who, **asked_for)) == "accusation-not-found"
    swapped: dict[str, Any] = {"from": today, "to": "2025-01-01"}
    assert problem(await lane.get(path, **IN_THE_LANE, **swapped)) == "invalid-input"


async def test_the_file_of_whoever_accuses_is_erased_by_nobody_else(lane: Doors) -> None:
    filed = (await taken(lane)).json()
    (event,) = await lane.office.ledger.stream(COUNTY, filed["case_id"])
    ref = orjson.loads(event.data)["person_ref"]
    for who in OUTSIDE[2], OUTSIDE[6]:
        answer = await lane.post(f"/persons/{ref}/erase", {"reason_code": "at-request"}, **who)
        assert (answer.status_code, problem(answer)) == (404, "person-not-found")
