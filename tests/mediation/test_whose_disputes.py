"""The disputes behind a mediator's number: a list, not only a count."""

from typing import Any

import pytest

from shared.identity import Role
from tests.mediation.doors import CONSENT, COUNTY, NEIGHBOUR, REFUSE, Committee, Doors, assign

pytestmark = pytest.mark.parts


async def test_the_disputes_in_which_a_mediator_takes_part_are_listed(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    other = Committee(committee.committee_id, committee.mediators[::-1])
    theirs, left, others = [await doors.apply(committee) for _ in range(3)]
    await doors.tell(theirs, CONSENT, assign(committee))
    stepped_back = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(left, assign(committee), ("recuse", stepped_back))
    await doors.tell(others, assign(other))

    async def listed(mediator_id: str, **how: str) -> list[str]:
        answer = await doors.get("/mediations", mediator_id=mediator_id, role=Role.CLERK, **how)
        return [each["mediation_id"] for each in answer.json()["items"]]

    assert await listed(committee.mediator) == [theirs]
    assert await listed(committee.mediator, state="applied") == []
    assert await listed(other.mediator) == [others]
    assert await listed(committee.mediator, division=NEIGHBOUR) == []


async def test_the_disputes_that_wait_for_a_mediator_are_listed(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    waiting, agreed, left, theirs, refused = [await doors.apply(committee) for _ in range(5)]
    neighbours = await doors.apply(await doors.set_up(NEIGHBOUR))
    stepped_back = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(agreed, CONSENT)
    await doors.tell(left, CONSENT, assign(committee), ("recuse", stepped_back))
    await doors.tell(theirs, CONSENT, assign(committee))
    await doors.tell(refused, REFUSE)

    async def listed(**how: Any) -> list[str]:
        answer = await doors.get("/mediations", role=Role.TOWNSHIP_LEADER, **how)
        assert answer.status_code == 200, answer.text
        return [each["mediation_id"] for each in answer.json()["items"]]

    assert set(await listed(unassigned="true")) == {waiting, agreed, left}
    assert await listed(unassigned="true", state="applied") == [waiting]
    assert await listed(unassigned="true", state="refused") == []
    assert await listed(unassigned="true", mediator_id=committee.mediator) == []
    assert len(await listed(unassigned="false")) == len(await listed()) == 5
    in_county = await doors.get("/mediations", division=COUNTY, unassigned="true")
    assert neighbours in {each["mediation_id"] for each in in_county.json()["items"]}


async def test_what_waits_is_listed_page_by_page(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    waiting = {await doors.apply(committee) for _ in range(3)}
    theirs = await doors.apply(committee)
    await doors.tell(theirs, assign(committee))
    asked: dict[str, Any] = {"unassigned": "true", "limit": 2}
    first = (await doors.get("/mediations", **asked)).json()
    second = (await doors.get("/mediations", **asked, cursor=first["next"])).json()
    assert (len(first["items"]), second["next"]) == (2, None)
    assert {each["mediation_id"] for each in first["items"] + second["items"]} == waiting
