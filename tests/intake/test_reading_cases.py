"""Whom a case is with reads who filed it and what was written; every opening is on record."""

from typing import Any

import psycopg
import pytest

from shared.divisions import new_id
from shared.identity import Role
from tests.intake.doors import (
    ACCEPT,
    ANSWER,
    COUNTY,
    FILE_HERE,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.legal_acts import DIVERTED
from tests.opinions import OPINION

pytestmark = pytest.mark.parts

PERSON = {
    "name": "欧阳秋水",
    "phone": "13777770001",
    "id_number": "no card, passport X1",
    "address": "槐荫巷三号",
}
SENTENCE = "井盖每天夜里都不见"
CAUSE = {"title": "某某砖瓦有限责任公司"}
OVERSEER: dict[str, Any] = {"role": Role.AUDITOR, "division": TOWNSHIP}


async def a_case(doors: Doors, **changes: Any) -> str:
    filing = a_filing(person=PERSON, narrative=SENTENCE, cause=CAUSE) | changes
    answer = await doors.post(FILE_HERE, filing, role=Role.CLERK)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def openings(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    answer = await doors.get("/openings", of=case_id, **OVERSEER)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_whom_the_case_is_with_reads_who_filed_it_and_what_was_written(
    doors: Doors,
) -> None:
    case_id = await a_case(doors)
    shown = await doors.get(f"/cases/{case_id}/person")
    assert shown.json() == {"case_id": case_id, **PERSON}
    await doors.tell(case_id, ACCEPT, ANSWER)
    text = (await doors.get(f"/cases/{case_id}/text", role=Role.HANDLER)).json()
    assert (text["narrative"], text["cause"]["title"]) == (SENTENCE, CAUSE["title"])
    assert [each["kind"] for each in text["texts"]] == ["opinion"]
    assert text["texts"][0]["content"]["facts"] == OPINION["facts"]
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    digests = {each["data"].get("opinion_digest") for each in history}
    assert text["texts"][0]["digest"] in digests


async def test_a_number_finds_the_person_as_an_id_does(doors: Doors) -> None:
    case_id = await a_case(doors)
    number = (await doors.get(f"/cases/{case_id}")).json()["number"]
    assert (await doors.get(f"/cases/{number}/person")).json()["case_id"] == case_id
    assert len(await openings(doors, case_id)) == 1


async def test_corrected_words_are_shown_and_the_earlier_ones_are_not(doors: Doors) -> None:
    case_id = await a_case(doors)
    body = {"why": "typing-error", "narrative": "井盖不见了", "person": {"phone": "0371-5550"}}
    assert (await doors.post(f"/cases/{case_id}/correct", body)).status_code == 200
    assert (await doors.get(f"/cases/{case_id}/text")).json()["narrative"] == "井盖不见了"
    person = (await doors.get(f"/cases/{case_id}/person")).json()
    assert (person["phone"], person["name"]) == ("0371-5550", PERSON["name"])


async def test_each_opening_is_a_line_of_post_record_route_and_purpose(doors: Doors) -> None:
    case_id = await a_case(doors)
    assert await openings(doors, case_id) == []
    await doors.get(f"/cases/{case_id}")
    await doors.get("/cases")
    assert await openings(doors, case_id) == []
    await doors.get(f"/cases/{case_id}/person", ref="post-7")
    await doors.get(f"/cases/{case_id}/text", role=Role.TOWNSHIP_LEADER, ref="post-8")
    first, second = await openings(doors, case_id)
    assert first["opened_by"] == f"{TOWNSHIP}/post-7"
    assert (first["role"], first["purpose"]) == ("clerk", "handling")
    assert first["route"] == "GET /cases/{case_id}/person"
    assert (second["opened_by"], second["role"]) == (f"{TOWNSHIP}/post-8", "township-leader")
    assert second["route"] == "GET /cases/{case_id}/text"
    assert {first["record_id"], second["record_id"]} == {case_id}


async def test_whom_it_is_not_with_is_shown_nothing_and_leaves_no_line(doors: Doors) -> None:
    case_id = await a_case(doors)
    await doors.tell(case_id, ACCEPT)
    elsewhere: dict[str, Any] = {"claims": {"unit": "water-station"}, "ref": "post-x"}
    for part in ("person", "text"):
        path = f"/cases/{case_id}/{part}"
        assert problem(await doors.get(path, **elsewhere)) == "case-not-found"
        assert problem(await doors.get(path, division=NEIGHBOUR)) == "case-not-found"
        county = await doors.get(path, division=COUNTY, ref="post-c")
        assert problem(county) == "shown-to-the-holder"
        for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.BACKFILL, Role.MEDIATOR):
            assert problem(await doors.get(path, role=role)) == "role-not-allowed"
        unnamed = await doors.get(path, claims={"post": None})
        assert problem(unnamed) == "post-missing"
    assert await openings(doors, case_id) == []


async def test_the_unit_complained_of_reads_nothing_and_not_who_looked(doors: Doors) -> None:
    case_id = await a_case(doors, complained_unit="water-station")
    await doors.get(f"/cases/{case_id}/person")
    complained = {"unit": "water-station"}
    for part in ("person", "text"):
        answer = await doors.get(
            f"/cases/{case_id}/{part}", role=Role.TOWNSHIP_LEADER, claims=complained
        )
        assert problem(answer) == "case-not-found"
    assert len(await openings(doors, case_id)) == 1
    log = await doors.get("/openings", claims=complained, **OVERSEER)
    assert case_id not in log.text
    one = await doors.get("/openings", of=case_id, claims=complained, **OVERSEER)
    assert one.json()["items"] == []


async def test_a_recused_post_reads_neither(doors: Doors) -> None:
    case_id = await a_case(doors)
    await doors.tell(case_id, ("recuse", {"post": "post-9", "reason": "relative"}))
    for part in ("person", "text"):
        answer = await doors.get(f"/cases/{case_id}/{part}", ref="post-9")
        assert problem(answer) == "recused-from-case"


async def test_a_unit_that_handles_it_along_reads_it(doors: Doors) -> None:
    case_id = await a_case(doors)
    along = {"responsible_unit": "justice-office", "co_handlers": ["labour-office"]}
    await doors.tell(case_id, ("accept", along))
    unit = {"unit": "labour-office"}
    answer = await doors.get(f"/cases/{case_id}/text", role=Role.HANDLER, claims=unit, ref="p-2")
    # a unit that the registry does not know handles nothing
    assert problem(answer) == "case-not-found"


async def test_an_erased_person_is_shown_to_nobody(doors: Doors) -> None:
    case_id = await a_case(doors)
    await doors.tell(case_id, DIVERTED)
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    path = f"/persons/{history[0]['data']['person_ref']}/erase"
    erased = await doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER)
    assert erased.status_code == 200, erased.text
    for part in ("person", "text"):
        assert problem(await doors.get(f"/cases/{case_id}/{part}")) == "person-erased"
    assert await openings(doors, case_id) == []


async def test_what_cannot_be_recorded_is_not_shown(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await a_case(doors)
    with psycopg.connect(doors.database.superuser_dsn, autocommit=True) as superuser:
        superuser.execute("alter table opening add constraint broken check (false) not valid")
    answer = await doors.get(f"/cases/{case_id}/person")
    assert answer.status_code == 500
    assert PERSON["name"] not in answer.text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR, Role.COUNTY_LEADER}))
async def test_the_log_is_the_overseers_alone(doors: Doors, role: Role) -> None:
    answer = await doors.get("/openings", role=role)
    assert problem(answer) == "role-not-allowed"


async def test_the_log_is_read_ledger_by_ledger_and_page_by_page(empty_doors: Doors) -> None:
    doors = empty_doors
    cases = [await a_case(doors, person={"name": name}) for name in ("甲", "乙", "丙")]
    for case_id in cases:
        await doors.get(f"/cases/{case_id}/person")
    first = (await doors.get("/openings", limit=2, **OVERSEER)).json()
    assert [each["record_id"] for each in first["items"]] == cases[:2]
    rest = (await doors.get("/openings", limit=2, after=first["next"], **OVERSEER)).json()
    assert [each["record_id"] for each in rest["items"]] == cases[2:]
    assert rest["next"] is None
    assert rest["items"][0]["previous_hash"] == first["items"][1]["hash"]
    county: dict[str, Any] = {"role": Role.COUNTY_LEADER, "division": COUNTY}
    assert len((await doors.get("/openings", within=TOWNSHIP, **county)).json()["items"]) == 3
    assert (await doors.get("/openings", within=NEIGHBOUR, **county)).json()["items"] == []
    assert problem(await doors.get("/openings", within=NEIGHBOUR, **OVERSEER)) == (
        "division-out-of-scope"
    )
    elsewhere = await doors.get("/openings", of=new_id(NEIGHBOUR), **OVERSEER)
    assert problem(elsewhere) == "division-out-of-scope"
