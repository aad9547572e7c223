"""The work at hand of the desk and of a unit, in groups that the same query counts."""

from typing import Any

import pytest

from shared.identity import Role
from tests.grid.doors import Doors, problem
from tests.grid.test_reports import DISPATCH, a_report, go

pytestmark = pytest.mark.parts
UNIT: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
DESK: dict[str, Any] = {"role": Role.CLERK}


async def work(doors: Doors, how: dict[str, Any], **query: Any) -> dict[str, Any]:
    answer = await doors.get("/work", **how, **query)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def ids(shown: dict[str, Any]) -> list[str]:
    return [each["record"]["report_id"] for each in shown["items"]]


async def test_the_desk_has_all_that_is_open_and_a_unit_what_it_was_given(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    new, given, closed = [await a_report(doors) for _ in range(3)]
    await go(doors, given, ("validate", {}), DISPATCH)
    await go(doors, closed, ("reject", {"reason": "unclear"}))
    shown = await work(doors, DESK)
    assert set(ids(shown)) == {new, given}
    assert shown["counts"]["held"] == 2
    groups = {each["record"]["report_id"]: each["groups"][:1] for each in shown["items"]}
    assert groups == {new: ["new"], given: ["waiting-for-another"]}
    assert ids(await work(doors, DESK, group="new")) == [new]
    assert ids(await work(doors, UNIT)) == [given]
    assert (await work(doors, UNIT))["counts"]["groups"]["new"] == 1
    assert ids(await work(doors, UNIT | {"claims": {"unit": "water-station"}})) == []


async def test_only_what_has_changed_is_shown_and_everything_counted(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_report(doors)
    shown = await work(doors, DESK, changed_since="2199-01-01T00:00:00Z")
    assert (shown["items"], shown["counts"]["held"]) == ([], 1)
    assert len((await work(doors, DESK, changed_since=shown["changed_since"]))["items"]) == 1


async def test_a_unit_that_a_report_is_about_is_shown_nothing_of_it(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_report(doors, about_unit="labour-office")
    clerk = DESK | {"claims": {"unit": "labour-office"}}
    assert (await work(doors, clerk))["counts"]["held"] == 0
    answer = await doors.get("/work", role=Role.AUDITOR)
    assert problem(answer) == "role-not-allowed"
