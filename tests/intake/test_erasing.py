"""A petitioner is erased: nobody reads their name, their words or their query code any more."""

import asyncio
from typing import Any

import psycopg
import pytest

from shared.divisions import new_id
from shared.identity import Role
from shared.office.purging import delete_files
from tests.erased_texts import readable
from tests.intake.doors import (
    COUNTY,
    FILE_HERE,
    KEYS,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.legal_acts import DIVERTED

pytestmark = pytest.mark.parts

NAME, PHONE, SENTENCE = "欧阳秋水", "13777770001", "井盖每天夜里都不见"
WHY = {"reason_code": "keeping-term-over"}


async def a_case(doors: Doors, *, key: str, ended: bool = True) -> tuple[dict[str, Any], str]:
    """The answer to a filing under a key, and whose it is."""
    filing = a_filing(person={"name": NAME, "phone": PHONE}, narrative=SENTENCE)
    filed = (await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key=key)).json()
    if ended:
        await doors.tell(filed["case_id"], DIVERTED)
    history = (await doors.get(f"/cases/{filed['case_id']}")).json()["history"]
    return filed, str(history[0]["data"]["person_ref"])


async def erase(doors: Doors, person_ref: str, **how: Any) -> Any:
    how = {"role": Role.TOWNSHIP_LEADER} | how
    return await doors.post(f"/persons/{person_ref}/erase", WHY, **how)


def found(doors: Doors, *words: str) -> list[str]:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        texts = list(readable(superuser, doors.office.vault, KEYS))
    return [word for word in words if any(word in text for text in texts)]


async def test_whoever_has_the_service_key_and_all_rows_reads_nothing_of_them(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    filed, person_ref = await a_case(doors, key="erase-a")
    assert found(doors, NAME, PHONE, SENTENCE) == [NAME, PHONE, SENTENCE]
    answer = await erase(doors, person_ref)
    assert answer.status_code == 200, answer.text
    assert answer.json()["files"] == 1
    assert delete_files(doors.database.owner_dsn, COUNTY) == (1, [])
    assert found(doors, NAME, PHONE, SENTENCE, filed["query_code"]) == []
    again = await a_case(doors, key="erase-a", ended=False)
    assert {**again[0], "query_code": filed["query_code"]} == filed
    assert "query_code" not in again[0]


async def test_the_event_says_why_and_never_who(doors: Doors) -> None:
    _, person_ref = await a_case(doors, key="erase-b")
    answer = (await erase(doors, person_ref)).json()
    (event,) = await doors.office.ledger.stream(COUNTY, answer["erasure_id"])
    assert event.kind == "person-erased"
    assert person_ref not in event.data
    assert '"reason_code":"keeping-term-over"' in event.data
    # the id of an erasure is that of no case
    assert problem(await doors.get(f"/cases/{answer['erasure_id']}")) == "case-not-found"


async def test_while_a_case_goes_on_its_petitioner_is_not_erased(doors: Doors) -> None:
    filed, person_ref = await a_case(doors, key="erase-c", ended=False)
    refused = await erase(doors, person_ref)
    assert problem(refused) == "person-has-an-open-case"
    assert refused.json()["case_id"] == filed["case_id"]


async def test_only_the_townships_leader_erases_and_only_whom_the_township_knows(
    doors: Doors,
) -> None:
    _, person_ref = await a_case(doors, key="erase-d")
    for role in set(Role) - {Role.TOWNSHIP_LEADER}:
        assert problem(await erase(doors, person_ref, role=role)) == "role-not-allowed"
    assert problem(await erase(doors, new_id(TOWNSHIP))) == "person-not-found"
    assert problem(await erase(doors, person_ref, division=NEIGHBOUR)) == "person-not-found"


async def test_of_several_who_erase_the_same_person_one_does(doors: Doors) -> None:
    _, person_ref = await a_case(doors, key="erase-e")
    answers = await asyncio.gather(*(erase(doors, person_ref) for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    assert {problem(each) for each in answers if each.status_code == 409} == {"person-erased"}


async def test_a_register_brought_in_again_adds_nothing_to_an_erased_file(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    row = {
        "row": 1,
        "number": "7",
        "division": TOWNSHIP,
        "file": {"at": "2019-01-05T10:00:00+08:00", "person": {"name": NAME}},
        "facts": [
            {"do": "withdraw", "at": "2019-01-06T10:00:00+08:00", "statement_recorded": True}
        ],
    }
    body = {"source": "planted", "rows": [row]}
    how: dict[str, Any] = {"role": Role.BACKFILL, "division": COUNTY}
    assert (await doors.post("/cases/import", body, **how)).json()["filed"] == 1
    (case,) = (await doors.get("/cases")).json()["items"]
    history = (await doors.get(f"/cases/{case['case_id']}")).json()["history"]
    assert (await erase(doors, history[0]["data"]["person_ref"])).status_code == 200
    again = (await doors.post("/cases/import", body, **how)).json()
    assert (again["filed"], again["rejected"]) == (0, 0)
    delete_files(doors.database.owner_dsn, COUNTY)
    assert found(doors, NAME) == []
