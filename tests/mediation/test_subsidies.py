"""Who is paid for what: names for those who pay, none for those who look on."""

from typing import Any

import pytest

from shared.identity import Role
from tests.mediation.doors import COUNTY, NEIGHBOUR, Doors

pytestmark = pytest.mark.parts
A_MONTH: dict[str, Any] = {"from": "2025-03-01", "to": "2025-03-31"}


@pytest.mark.parametrize(
    ("role", "name"),
    [(Role.CLERK, "周文远"), (Role.TOWNSHIP_LEADER, "周文远"), (Role.AUDITOR, None)],
)
async def test_the_list_names_a_mediator_to_whom_the_roster_does(
    empty_doors: Doors, role: Role, name: str | None
) -> None:
    mediator_id = await empty_doors.enrol(person={"name": "周文远"})
    answer = await empty_doors.get("/mediators/subsidies", role=role, **A_MONTH)
    assert answer.json()["items"] == [
        {
            "division": "519900101",
            "mediator_id": mediator_id,
            "name": name,
            "disputes": 0,
            "written_agreements": 0,
        }
    ]


async def test_a_mediator_sees_their_own_line_and_nobody_elses(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up(post="post-zhou")
    neighbour = await doors.set_up(NEIGHBOUR, post="post-zhou")

    async def listed(**how: Any) -> list[str]:
        answer = await doors.get("/mediators/subsidies", **A_MONTH, **how)
        assert answer.status_code == 200, answer.text
        return [each["mediator_id"] for each in answer.json()["items"]]

    everybody = [*committee.mediators, *neighbour.mediators]
    assert await listed(role=Role.COUNTY_LEADER, division=COUNTY) == everybody
    assert await listed(role=Role.MEDIATOR, ref="post-zhou") == [committee.mediator]
    assert await listed(role=Role.MEDIATOR, ref="post-of-nobody") == []
