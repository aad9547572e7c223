"""查重: a petitioner is found by an exact number before another case is registered."""

from dataclasses import replace
from typing import Any

import psycopg
import pytest
from limits import parse

from services.intake.store.person_marks import DELETE
from shared.identity import Role
from shared.office.purging import delete_what_follows
from tests.intake.doors import (
    COUNTY,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.legal_acts import DIVERTED

pytestmark = pytest.mark.parts

PHONE = "138 0000 5678"


async def a_case(doors: Doors, division: str = TOWNSHIP, **changes: Any) -> dict[str, Any]:
    filing = a_filing(**{"person": {"name": "某人", "phone": PHONE}} | changes)
    path = f"/townships/{division}/cases"
    answer = await doors.post(path, filing, role=Role.CLERK, division=division)
    assert answer.status_code == 201, answer.text
    filed: dict[str, Any] = answer.json()
    return filed


async def look_up(doors: Doors, how: Any = None, **body: Any) -> dict[str, Any]:
    asked = {"phone": "+86 13800005678"} | body
    usual: dict[str, Any] = {"role": Role.CLERK}
    answer = await doors.post("/persons/look-up", asked, **usual | (how or {}))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def found_ids(found: dict[str, Any]) -> list[str]:
    return [each["case_id"] for each in found["items"]]


async def test_number_day_and_category_are_shown_of_the_own_township(empty_doors: Doors) -> None:
    doors = empty_doors
    filed = await a_case(doors)
    await a_case(doors, person={"name": "某人", "phone": "13800005679"})
    found = await look_up(doors, category="land", village_code=None)
    (item,) = found["items"]
    assert (item["case_id"], item["number"]) == (filed["case_id"], filed["number"])
    assert (item["category"], item["state"]) == ("land", "filed")
    assert item["reasons"] == ["phone", "category"]
    assert set(item) == {"case_id", "number", "received_on", "category", "state", "reasons"}
    assert found["elsewhere"] == 0
    assert (await look_up(doors, phone="13800005670"))["items"] == []


async def test_an_identity_number_finds_however_it_is_written(empty_doors: Doors) -> None:
    doors = empty_doors
    person = {"name": "某人", "id_number": "passport x-1234"}
    filed = await a_case(doors, person=person)
    body = {"id_number": "PASSPORT X1234"}
    answer = await doors.post("/persons/look-up", body, role=Role.CLERK)
    assert found_ids(answer.json()) == [filed["case_id"]]
    assert answer.json()["items"][0]["reasons"] == ["identity-number"]


async def test_of_other_townships_only_how_many_there_are(empty_doors: Doors) -> None:
    doors = empty_doors
    own, there = await a_case(doors), await a_case(doors, NEIGHBOUR)
    await a_case(doors, NEIGHBOUR)
    found = await look_up(doors)
    assert (found_ids(found), found["elsewhere"]) == ([own["case_id"]], 2)
    assert NEIGHBOUR not in str(found)
    office = await look_up(doors, {"division": COUNTY})
    assert there["case_id"] in found_ids(office)
    assert (len(office["items"]), office["elsewhere"]) == (3, 0)
    bureau = {"division": COUNTY, "claims": {"unit": "housing-bureau"}}
    assert await look_up(doors, bureau) == {"items": [], "elsewhere": 3}


async def test_accusations_and_void_registrations_are_never_found(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_case(doors, purpose="accusation", category="unclassified")
    routed = await a_case(doors, purpose="not-stated")
    route = {"ground": "not-a-claim", "purpose": "accusation"}
    answer = await doors.post(f"/cases/{routed['case_id']}/route", route)
    assert answer.status_code == 200, answer.text
    void = await a_case(doors)
    await doors.tell(void["case_id"], ("void", {"why": "registered-twice"}))
    assert await look_up(doors) == {"items": [], "elsewhere": 0}
    assert await look_up(doors, {"division": NEIGHBOUR}) == {"items": [], "elsewhere": 0}


async def test_the_unit_complained_of_finds_nothing(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_case(doors, complained_unit="water-station")
    complained = {"claims": {"unit": "water-station"}, "role": Role.TOWNSHIP_LEADER}
    assert await look_up(doors, complained) == {"items": [], "elsewhere": 0}
    assert len((await look_up(doors))["items"]) == 1


async def test_a_corrected_number_is_found_and_the_earlier_one_is_not(empty_doors: Doors) -> None:
    doors = empty_doors
    filed = await a_case(doors)
    body = {"why": "typing-error", "person": {"phone": "13900001111"}}
    assert (await doors.post(f"/cases/{filed['case_id']}/correct", body)).status_code == 200
    assert found_ids(await look_up(doors)) == []
    assert found_ids(await look_up(doors, phone="13900001111")) == [filed["case_id"]]
    assert marks_left(doors) == 2
    delete_what_follows(doors.database.owner_dsn, COUNTY, [DELETE])
    assert marks_left(doors) == 1


async def test_whoever_was_erased_is_found_by_nobody(empty_doors: Doors) -> None:
    doors = empty_doors
    filed = await a_case(doors)
    await doors.tell(filed["case_id"], DIVERTED)
    history = (await doors.get(f"/cases/{filed['case_id']}")).json()["history"]
    path = f"/persons/{history[0]['data']['person_ref']}/erase"
    answer = await doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER)
    assert answer.status_code == 200, answer.text
    assert await look_up(doors) == {"items": [], "elsewhere": 0}
    delete_what_follows(doors.database.owner_dsn, COUNTY, [DELETE])
    assert marks_left(doors) == 0


async def test_a_filing_names_what_may_be_the_same_and_decides_nothing(empty_doors: Doors) -> None:
    doors = empty_doors
    first = await a_case(doors)
    assert first["alike"] == []
    await a_case(doors, NEIGHBOUR)
    second = await a_case(doors)
    (alike,) = second["alike"]
    assert (alike["case_id"], alike["reasons"]) == (first["case_id"], ["phone", "category"])
    history = (await doors.get(f"/cases/{second['case_id']}")).json()["history"]
    assert "repeat_of" not in history[0]["data"]
    assert second["matter_id"] != first["matter_id"]


async def test_a_register_that_is_brought_in_is_found_too(empty_doors: Doors) -> None:
    doors = empty_doors
    file = {"at": "2019-01-05T10:00:00+08:00", "person": {"name": "某人", "phone": PHONE}}
    row = {"row": 1, "number": "7", "division": TOWNSHIP, "file": file}
    body = {"source": "old", "rows": [row]}
    how: dict[str, Any] = {"role": Role.BACKFILL, "division": COUNTY}
    assert (await doors.post("/cases/import", body, **how)).json()["filed"] == 1
    assert len((await look_up(doors))["items"]) == 1


async def test_who_is_looked_up_is_on_record_with_the_cases_that_were_shown(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    own, there = await a_case(doors), await a_case(doors, NEIGHBOUR)
    await look_up(doors)
    log = (await doors.get("/openings", of=own["case_id"], role=Role.AUDITOR)).json()["items"]
    assert [(each["route"], each["purpose"]) for each in log] == [
        ("POST /persons/look-up", "before-registering")
    ]
    theirs = {"role": Role.AUDITOR, "division": NEIGHBOUR}
    answer = await doors.get("/openings", of=there["case_id"], **theirs)  # type: ignore[arg-type]
    assert answer.json()["items"] == []


async def test_what_a_filing_names_as_alike_is_on_record_as_a_look_up_is(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    first, there = await a_case(doors), await a_case(doors, NEIGHBOUR)
    second = await a_case(doors)
    assert [each["case_id"] for each in second["alike"]] == [first["case_id"]]
    log = (await doors.get("/openings", role=Role.AUDITOR)).json()["items"]
    assert [(each["record_id"], each["route"], each["purpose"]) for each in log] == [
        (first["case_id"], "POST /townships/{division}/cases", "before-registering")
    ]
    assert there["case_id"] not in str(log)


async def test_a_look_up_that_shows_no_case_is_on_record_too(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_case(doors, NEIGHBOUR)
    assert (await look_up(doors))["elsewhere"] == 1
    await look_up(doors, phone="13800005670")
    await look_up(doors, {"division": COUNTY}, phone="13800005670")
    for division, lines in ((TOWNSHIP, 2), (COUNTY, 1), (NEIGHBOUR, 0)):
        auditor: dict[str, Any] = {"role": Role.AUDITOR, "division": division}
        log = (await doors.get("/openings", **auditor)).json()["items"]
        assert [each["purpose"] for each in log] == ["before-registering"] * lines
        assert "13800005670" not in str(log)


async def test_a_post_looks_up_so_many_in_an_hour(empty_doors: Doors) -> None:
    doors = empty_doors
    replace(doors.app.state.office, look_ups_per_post=parse("2/hour")).open_in(doors.app)
    await look_up(doors)
    await look_up(doors, phone="13800005670")
    refused = await doors.post("/persons/look-up", {"phone": PHONE}, role=Role.CLERK)
    assert (refused.status_code, problem(refused)) == (429, "too-many-look-ups")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    log = (await doors.get("/openings", role=Role.AUDITOR)).json()["items"]
    assert len(log) == 2
    await look_up(doors, {"claims": {"post": "post-other"}})


async def test_a_number_has_to_be_given_by_somebody_who_registers(doors: Doors) -> None:
    empty = await doors.post("/persons/look-up", {"category": "land"}, role=Role.CLERK)
    assert problem(empty) == "invalid-input"
    for role in set(Role) - {Role.CLERK, Role.TOWNSHIP_LEADER}:
        answer = await doors.post("/persons/look-up", {"phone": PHONE}, role=role)
        assert problem(answer) == "role-not-allowed"
    unnamed = await doors.post(
        "/persons/look-up", {"phone": PHONE}, role=Role.CLERK, claims={"post": None}
    )
    assert problem(unnamed) == "post-missing"


def marks_left(doors: Doors) -> int:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        row = superuser.execute("select count(*) from person_mark").fetchone()
    assert row is not None
    return int(row[0])
