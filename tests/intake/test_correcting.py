"""Corrections over HTTP: the list follows, the old words are kept nowhere, a void case is found."""

from typing import Any

import psycopg
import pytest

from services.intake.live_check import TABLES
from services.intake.store.person_files import EntryKind, file_of_case
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_replaced
from shared.vault import Vault
from tests.erased_texts import readable
from tests.intake.doors import (
    ACCEPT,
    COUNTY,
    KEYS,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    problem,
)
from tests.intake.sealing import as_superuser
from tests.intake.test_happened_on import days_ago

pytestmark = pytest.mark.parts

WRONG, RIGHT, SENTENCE, BETTER = "欧阳错名", "欧阳正名", "桥断了没有人修", "桥断了三年没有人修"
WHY = {"why": "typing-error"}
VOID = {"why": "registered-twice"}


async def correct(doors: Doors, case_id: str, **facts: Any) -> dict[str, Any]:
    answer = await doors.post(f"/cases/{case_id}/correct", WHY | facts)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def line_of(doors: Doors, case_id: str, **query: Any) -> dict[str, Any] | None:
    lines = (await doors.get("/cases", limit=200, **query)).json()["items"]
    return next((each for each in lines if each["case_id"] == case_id), None)


async def words(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    vault = doors.office.vault
    file = await file_of_case(vault, TOWNSHIP, division=TOWNSHIP, case_id=case_id)
    found = await vault.contents(
        TOWNSHIP, division=TOWNSHIP, refs=[file.person_ref], kinds=[EntryKind.FILING]
    )
    return [each.content for each in found]


def read_by_owner(doors: Doors, *texts: str) -> list[str]:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        rows = list(readable(superuser, doors.office.vault, KEYS))
    return [text for text in texts if any(text in row for row in rows)]


async def test_the_list_follows_and_the_number_stays(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await doors.file(received_on=days_ago(5))
    before = await line_of(doors, case_id)
    assert before is not None
    await correct(
        doors,
        case_id,
        category="labour",
        channel="letter",
        village_code=f"{TOWNSHIP}001",
        received_on=days_ago(9),
    )
    after = await line_of(doors, case_id, category="labour", channel="letter")
    assert after == before | {
        "category": "labour",
        "channel": "letter",
        "village_code": f"{TOWNSHIP}001",
        "received_on": days_ago(9),
        "version": 2,
    }
    assert await line_of(doors, case_id, category="land") is None
    shown = (await doors.get(f"/cases/{case_id}")).json()
    assert (shown["received_on"], shown["number"]) == (days_ago(9), before["number"])
    filed, corrected = (each["data"] for each in shown["history"])
    assert (filed["category"], corrected["category"]) == ("land", "labour")
    assert corrected["changed"] == ["channel", "category", "village-code", "received-on"]


async def test_corrected_words_take_the_place_of_the_earlier_ones(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await doors.file(person={"name": WRONG, "phone": "1"}, narrative=SENTENCE)
    await correct(doors, case_id, person={"name": RIGHT})
    assert await words(doors, case_id) == [
        {
            "person": {"name": RIGHT, "phone": "1"},
            "narrative": SENTENCE,
            "corrects_version": 1,
        }
    ]
    await correct(doors, case_id, narrative=BETTER)
    assert delete_replaced(doors.database.owner_dsn, COUNTY) == 2
    assert delete_replaced(doors.database.owner_dsn, COUNTY) == 0
    assert read_by_owner(doors, WRONG, RIGHT, BETTER) == [RIGHT, BETTER]
    digests = [
        each["data"]["content_digest"]
        for each in (await doors.get(f"/cases/{case_id}")).json()["history"]
    ]
    assert len(set(digests)) == 3


async def test_words_that_come_back_are_an_entry_of_their_own(doors: Doors) -> None:
    case_id = await doors.file(narrative=SENTENCE)
    for text in (BETTER, SENTENCE):
        await correct(doors, case_id, narrative=text)
    delete_replaced(doors.database.owner_dsn, COUNTY)
    assert [each["narrative"] for each in await words(doors, case_id)] == [SENTENCE]


async def test_the_same_words_again_change_nothing(doors: Doors) -> None:
    case_id = await doors.file(narrative=SENTENCE)
    first = await correct(doors, case_id, narrative=BETTER)
    again = await correct(doors, case_id, narrative=BETTER)
    assert first == again


async def test_a_person_is_taken_out_of_the_registration(doors: Doors) -> None:
    case_id = await doors.file(person={"name": WRONG}, narrative=SENTENCE)
    await correct(doors, case_id, person=None)
    (content,) = await words(doors, case_id)
    assert content["person"] is None


async def test_the_owner_deletes_only_what_the_ledger_names_as_corrected(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    case_id = await doors.file(narrative=SENTENCE)
    as_superuser(
        doors,
        "insert into vault_replaced select division_code, person_ref, kind, digest, digest, %s"
        " from vault_entry",
        (case_id,),
    )
    assert delete_replaced(doors.database.owner_dsn, COUNTY) == 0
    findings = await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run()
    [finding] = findings
    assert f"a text of {case_id} is replaced, but not by the ledger" in finding


async def test_tables_and_ledger_agree_after_corrections(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id, other = await doors.file(narrative=SENTENCE), await doors.file()
    await correct(doors, case_id, narrative=BETTER, urgent=True)
    await doors.post(f"/cases/{other}/void", VOID)
    for _ in range(2):
        check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
        assert await check.run() == []
        delete_replaced(doors.database.owner_dsn, COUNTY)


async def test_a_void_case_is_left_out_of_lists_and_can_be_found(doors: Doors) -> None:
    case_id = await doors.file()
    answer = await doors.post(f"/cases/{case_id}/void", VOID)
    assert answer.json()["state"] == "voided"
    assert await line_of(doors, case_id) is None
    for query in ({"state": "voided"}, {"voided": True}):
        found = await line_of(doors, case_id, **query)
        assert found is not None
    assert (await doors.get(f"/cases/{case_id}")).json()["state"] == "voided"
    refused = await doors.post(f"/cases/{case_id}/accept", ACCEPT[1])
    assert (problem(refused), refused.status_code) == ("case-was-voided", 409)


async def test_a_case_that_was_accepted_is_not_voided(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    refused = await doors.post(f"/cases/{case_id}/void", VOID)
    assert (problem(refused), refused.status_code) == ("case-already-accepted", 409)


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({}, "invalid-input"),
        ({"category": None}, "invalid-input"),
        ({"village_code": "519900102001"}, "village-elsewhere"),
        ({"number": "x"}, "invalid-input"),
        ({"purpose": "accusation", "complained_unit": "land-office"}, "accused-unit-is-sealed"),
    ],
)
async def test_what_is_no_correction_is_refused(
    doors: Doors, body: dict[str, Any], slug: str
) -> None:
    case_id = await doors.file()
    refused = await doors.post(f"/cases/{case_id}/correct", WHY | body)
    assert (problem(refused), refused.status_code) == (slug, 422)


async def test_another_townships_registration_is_as_if_there_were_none(doors: Doors) -> None:
    theirs = await doors.file(NEIGHBOUR)
    for verb, body in (("correct", WHY | {"narrative": BETTER}), ("void", VOID)):
        refused = await doors.post(f"/cases/{theirs}/{verb}", body)
        assert (problem(refused), refused.status_code) == ("case-not-found", 404)


async def test_the_clerk_who_registers_voids_nothing(doors: Doors) -> None:
    case_id = await doors.file()
    refused = await doors.post(f"/cases/{case_id}/void", VOID, role=Role.CLERK)
    assert problem(refused) == "role-not-allowed"
