"""The disputes behind a mediator's number: a list, not only a count."""

import pytest

from shared.identity import Role
from tests.mediation.doors import CONSENT, NEIGHBOUR, Committee, Doors, assign

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
