"""A list shows who filed its cases in part, and only to whom they are with."""

from typing import Any

import pytest

from shared.identity import Role
from tests.intake.doors import COUNTY, NEIGHBOUR, Doors, problem
from tests.intake.test_reading_cases import PERSON, a_case, openings

pytestmark = pytest.mark.parts


async def listed(doors: Doors, *cases: str, **how: Any) -> list[dict[str, Any]]:
    headers = doors.tokens.headers(
        how.pop("role", Role.CLERK), how.pop("division", "519900101"), "post-2", **how
    )
    answer = await doors.http.get("/petitioners", params={"of": list(cases)}, headers=headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_name_and_phone_are_shown_in_part_and_nothing_else(doors: Doors) -> None:
    first, second = await a_case(doors), await a_case(doors)
    shown = await listed(doors, first, second, first)
    assert shown == [
        {"case_id": each, "name": "欧***", "phone": "137****0001"} for each in (first, second)
    ]
    assert PERSON["phone"] not in str(shown)
    # what is shown in part opens no file
    assert await openings(doors, second) == []


async def test_of_cases_that_are_not_with_the_post_nothing_is_shown(doors: Doors) -> None:
    case_id = await a_case(doors, complained_unit="water-station")
    assert len(await listed(doors, case_id)) == 1
    leading = {"role": Role.TOWNSHIP_LEADER, "unit": "water-station"}
    assert await listed(doors, case_id, **leading) == []
    assert await listed(doors, case_id, division=NEIGHBOUR) == []
    assert await listed(doors, case_id, division=COUNTY) == []
    assert await listed(doors) == []


async def test_who_only_oversees_asks_for_none(doors: Doors) -> None:
    for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.BACKFILL):
        assert problem(await doors.get("/petitioners", role=role)) == "role-not-allowed"
