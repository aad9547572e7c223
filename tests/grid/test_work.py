"""The work at hand of the desk and of a unit, in groups that the same query counts."""

from datetime import timedelta
from typing import Any

import pytest

from shared.identity import Role
from shared.times import china_day
from tests.grid.doors import Doors, problem
from tests.grid.test_record_actions import A_WORD, SIGNALS
from tests.grid.test_reports import DISPATCH, a_report, go
from tests.grid.test_signals import a_signal, tell
from tests.grid.warnings_told import CLERK, a_matter, told

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


async def listed(doors: Doors, path: str, how: dict[str, Any], **query: Any) -> dict[str, Any]:
    answer = await doors.get(f"/work/{path}", **how, **query)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def groups_of(shown: dict[str, Any], key: str = "signal_id") -> dict[str, list[str]]:
    return {each["record"][key]: each["groups"] for each in shown["items"]}


async def test_an_order_goes_through_the_groups_of_unit_and_desk(empty_doors: Doors) -> None:
    doors = empty_doors
    due = str(china_day(doors.office.now()) + timedelta(days=30))
    order, soon = await a_signal(doors, due_on=due), await a_signal(doors)
    await doors.done(SIGNALS, A_WORD, 201)
    assert groups_of(await listed(doors, "orders", UNIT)) == {
        order: ["new"],
        soon: ["new", "overdue"],
    }
    desk = await listed(doors, "orders", DESK)
    assert list(groups_of(desk)) == [soon, order]
    assert groups_of(desk)[order] == ["waiting-for-another"]
    assert (desk["counts"]["held"], desk["counts"]["groups"]["overdue"]) == (2, 1)
    await tell(doors, order, "answer", {"result": "not-our-remit"}, **UNIT)
    assert groups_of(await listed(doors, "orders", UNIT)) == {soon: ["new", "overdue"]}
    assert groups_of(await listed(doors, "orders", DESK))[order] == ["returned"]
    await tell(doors, order, "assign", {"to_unit": "water-station"})
    assert groups_of(await listed(doors, "orders", DESK))[order] == ["waiting-for-another"]
    await tell(doors, soon, "answer", {"result": "solved"}, **UNIT)
    assert list(groups_of(await listed(doors, "orders", DESK))) == [order]


async def test_the_unit_complained_of_has_no_order_about_itself(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_signal(doors, complained_unit="water-station")
    of_unit = DESK | {"claims": {"unit": "water-station"}}
    assert (await listed(doors, "orders", of_unit))["counts"]["held"] == 0
    assert (await listed(doors, "orders", DESK))["counts"]["held"] == 1


async def test_a_warning_is_at_hand_until_somebody_disposed_of_it(empty_doors: Doors) -> None:
    doors = empty_doors
    warning_id = (await told(doors, await a_matter(doors)))["warning_id"]
    shown = await listed(doors, "warnings", DESK)
    assert groups_of(shown, "warning_id")[warning_id][:1] == ["new"]
    assert shown["counts"]["held"] == 1
    for who in (UNIT, {"role": Role.GRID_LEAD}, {"role": Role.TOWNSHIP_LEADER}):
        seen = (await doors.get("/warnings", open=True, **who)).json()["items"]
        at_hand = groups_of(await listed(doors, "warnings", who), "warning_id")
        assert set(at_hand) == {each["warning_id"] for each in seen}, who
    await doors.done(f"/warnings/{warning_id}/acknowledge", {}, **CLERK)
    assert groups_of(await listed(doors, "warnings", DESK), "warning_id") == {
        warning_id: ["due-soon"]
    }
    seen = (await doors.get("/warnings", open=True, order="urgent", **CLERK)).json()["items"]
    assert [each["warning_id"] for each in seen] == [warning_id]
    await doors.done(f"/warnings/{warning_id}/dispose", {"how": "settled"}, **CLERK)
    assert (await listed(doors, "warnings", DESK))["counts"]["held"] == 0
