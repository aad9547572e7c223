"""Facts that contradict each other, and texts that say nothing, are refused with the field's name."""

from typing import Any

import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, FILE_HERE, Doors, a_filing, problem
from tests.intake.test_import import a_row, bring, the_only

pytestmark = pytest.mark.parts

BLANK = ["   ", "\u200b  ", "\u3000\n", "\u2060\u200d", "\u3164", "\u202e\u200f"]
WRONG_NUMBER = "110105194912310021"


@pytest.mark.parametrize(
    ("changes", "slug", "field"),
    [
        ({"headcount": 1, "joint": True}, "one-is-not-joint", "joint"),
        ({"headcount": 7}, "group-is-joint", "joint"),
        ({"headcount": 7, "joint": False}, "group-is-joint", "joint"),
        ({"headcount": 5, "joint": None}, "group-is-joint", "joint"),
        ({"anonymous": True}, "anonymous-has-no-name", "anonymous"),
        ({"village_code": "519900102001"}, "village-elsewhere", "village_code"),
    ],
)
async def test_facts_that_contradict_each_other_are_refused(
    doors: Doors, changes: dict[str, Any], slug: str, field: str
) -> None:
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.CLERK)
    assert (problem(answer), answer.status_code) == (slug, 422)
    assert answer.json()["field"] == field


@pytest.mark.parametrize(
    "changes",
    [
        {"headcount": 7, "joint": True},
        {"headcount": 4},
        {"headcount": 2, "joint": True},
        {"headcount": None, "joint": True},
        {"anonymous": True, "person": None},
        {"anonymous": True, "person": {"phone": "13912345678"}},
        {"anonymous": False},
    ],
)
async def test_facts_that_agree_are_taken(doors: Doors, changes: dict[str, Any]) -> None:
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.CLERK)
    assert answer.status_code == 201, answer.text


async def test_an_identity_number_is_checked_and_never_repeated(doors: Doors) -> None:
    person = {"name": "张三丰", "id_number": WRONG_NUMBER}
    answer = await doors.post(FILE_HERE, a_filing(person=person), role=Role.CLERK)
    assert (problem(answer), answer.status_code) == ("invalid-input", 422)
    assert answer.json()["errors"] == [
        {
            "field": "person.id_number",
            "message": "The check character does not fit the identity number",
        }
    ]
    assert WRONG_NUMBER not in answer.text


@pytest.mark.parametrize("blank", BLANK)
@pytest.mark.parametrize("field", ["narrative", "person.name", "person.address"])
async def test_a_text_that_says_nothing_is_refused(doors: Doors, blank: str, field: str) -> None:
    outer, _, inner = field.partition(".")
    changes = {outer: {inner: blank} if inner else blank}
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.CLERK)
    assert (problem(answer), answer.status_code) == ("invalid-input", 422)
    [error] = answer.json()["errors"]
    assert (error["field"], error["message"]) == (field, "The text has no visible character")


async def test_an_opinion_that_says_nothing_is_refused(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    answer = await doors.post(f"/cases/{case_id}/answer", ANSWER[1] | {"text": "\u200b"})
    assert problem(answer) == "invalid-input"


@pytest.mark.parametrize(
    ("before", "facts", "slug"),
    [
        ({"headcount": 2, "joint": True}, {"headcount": 1}, "one-is-not-joint"),
        ({}, {"headcount": 9}, "group-is-joint"),
        ({}, {"anonymous": True}, "anonymous-has-no-name"),
        (
            {"anonymous": True, "person": None},
            {"person": {"name": "张三丰"}},
            "anonymous-has-no-name",
        ),
        ({}, {"person": {"id_number": WRONG_NUMBER}}, "invalid-input"),
        ({}, {"narrative": "\u200b"}, "invalid-input"),
    ],
)
async def test_corrections_are_held_to_the_same(
    doors: Doors, before: dict[str, Any], facts: dict[str, Any], slug: str
) -> None:
    case_id = await doors.file(**before)
    answer = await doors.post(f"/cases/{case_id}/correct", {"why": "typing-error"} | facts)
    assert (problem(answer), answer.status_code) == (slug, 422)


async def test_two_facts_are_corrected_together(doors: Doors) -> None:
    case_id = await doors.file(anonymous=True, person=None)
    body = {"why": "stated-by-petitioner", "anonymous": False, "person": {"name": "张三丰"}}
    assert (await doors.post(f"/cases/{case_id}/correct", body)).status_code == 200


async def test_a_register_is_taken_as_it_was_written(doors: Doors) -> None:
    file = a_row()["file"] | {
        "headcount": 7,
        "joint": False,
        "anonymous": True,
        "person": {"name": "张三丰", "id_number": WRONG_NUMBER},
    }
    result = the_only(await bring(doors, "as written", a_row(file=file)))
    assert result["outcome"] == "filed"
    case_id = result["case_id"]
    body = {"why": "typing-error", "category": "labour"}
    corrected = await doors.post(
        f"/cases/{case_id}/correct", body, role=Role.BACKFILL, division=COUNTY
    )
    assert corrected.status_code == 200


async def test_a_filing_states_who_passed_it_on_and_that_no_address_is_clear(doors: Doors) -> None:
    case_id = await doors.file(contact_unclear=True, transferred_from="county-petition-office")
    filed = (await doors.get(f"/cases/{case_id}")).json()["history"][0]["data"]
    assert (filed["contact_unclear"], filed["transferred_from"]) == (
        True,
        "county-petition-office",
    )
