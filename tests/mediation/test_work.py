"""The work at hand of a mediator and of the desk, in groups that the same query counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.identity import Role
from shared.times import china_day
from tests.mediation.doors import CONSENT, TOWNSHIP, Committee, Doors, assign, hold, problem, sign
from tests.office_doors import at

pytestmark = pytest.mark.parts
DESK: dict[str, Any] = {"role": Role.CLERK, "ref": "post-desk"}
NOW = datetime.now(UTC)
ROUTES = ["court"]


async def work(doors: Doors, how: dict[str, Any], **query: Any) -> dict[str, Any]:
    answer = await doors.get("/work", **how, **query)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def groups_of(shown: dict[str, Any]) -> dict[str, list[str]]:
    return {each["record"]["mediation_id"]: each["groups"] for each in shown["items"]}


def mediator(post: str) -> dict[str, Any]:
    return {"role": Role.MEDIATOR, "ref": post}


async def begun(doors: Doors, post: str) -> tuple[Committee, str]:
    committee = await doors.set_up(post=post)
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, assign(committee))
    return committee, mediation_id


async def test_a_dispute_goes_through_the_groups_of_its_mediator(doors: Doors) -> None:
    committee, mediation_id = await begun(doors, "post-through")
    own = mediator("post-through")
    assert groups_of(await work(doors, own)) == {mediation_id: ["new"]}
    await doors.tell(mediation_id, CONSENT)
    shown = await work(doors, own)
    assert groups_of(shown) == {mediation_id: []}
    last_day = datetime.fromisoformat(shown["items"][0]["record"]["due_on"]).date()
    with at(doors, NOW + (last_day - china_day(NOW))):
        assert groups_of(await work(doors, own)) == {mediation_id: ["due-soon"]}
    with at(doors, NOW + (last_day - china_day(NOW)) + timedelta(days=1)):
        late = await work(doors, own)
        assert groups_of(late) == {mediation_id: ["overdue"]}
        assert (late["counts"]["held"], late["counts"]["groups"]["overdue"]) == (1, 1)
    first = china_day(NOW) + timedelta(days=20)
    await doors.tell(mediation_id, hold(committee), sign(committee, str(first)))
    assert groups_of(await work(doors, own)) == {mediation_id: ["waiting-for-another"]}
    breach = {"ground": "not-performed", "routes_offered": ROUTES, "instalment": 1}
    with at(doors, NOW + timedelta(days=21)):
        await doors.tell(mediation_id, ("breach", breach))
        assert groups_of(await work(doors, own)) == {mediation_id: ["returned"]}
        await doors.tell(mediation_id, ("perform-instalment", {"instalment": 1}), ("perform", {}))
        assert groups_of(await work(doors, own)) == {}


async def test_a_mediator_has_what_they_take_part_in_and_the_desk_all(doors: Doors) -> None:
    committee, taken = await begun(doors, "post-takes-part")
    free = await doors.apply(committee)
    own = mediator("post-takes-part")
    assert set(groups_of(await work(doors, own))) == {taken}
    desk = groups_of(await work(doors, DESK, limit=200))
    assert (desk[taken], desk[free]) == (["waiting-for-another"], ["new"])
    await doors.tell(taken, ("recuse", {"mediator_id": committee.mediator, "ground": "relative"}))
    assert set(groups_of(await work(doors, own))) == set()
    assert groups_of(await work(doors, DESK, limit=200))[taken] == ["new"]


async def test_counts_are_of_all_whatever_the_page_is_asked_by(doors: Doors) -> None:
    committee, first = await begun(doors, "post-pages")
    second = await doors.apply(committee)
    await doors.tell(second, CONSENT, assign(committee))
    own = mediator("post-pages")
    page = await work(doors, own, limit=1)
    assert [each["record"]["mediation_id"] for each in page["items"]] == [second]
    rest = await work(doors, own, limit=1, cursor=page["next"])
    assert [each["record"]["mediation_id"] for each in rest["items"]] == [first]
    assert page["counts"] == rest["counts"]
    assert page["counts"]["held"] == 2
    unchanged = await work(doors, own, changed_since="2199-01-01T00:00:00Z")
    assert (unchanged["items"], unchanged["counts"]["held"]) == ([], 2)


async def test_the_unit_complained_of_has_nothing_of_it(doors: Doors) -> None:
    committee = await doors.set_up(post="post-complaint")
    await doors.apply(committee, complained_unit="housing-office")
    of_unit = DESK | {"claims": {"unit": "housing-office"}}
    of_other = DESK | {"claims": {"unit": "justice-office"}}
    held = [(await work(doors, who))["counts"]["held"] for who in (of_unit, of_other)]
    assert held[0] == held[1] - 1


async def test_an_auditor_has_no_work(doors: Doors) -> None:
    assert problem(await doors.get("/work", role=Role.AUDITOR)) == "role-not-allowed"
    elsewhere = await work(doors, mediator("post-pages") | {"division": "519900102"})
    assert elsewhere["items"] == []
    assert TOWNSHIP != "519900102"
