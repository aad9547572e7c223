"""As which post a mediator comes: in no event, and changed when the office changes it."""

import pytest

from shared.identity import Role
from tests.mediation.doors import COUNTY, NEIGHBOUR, Doors, assign, problem

pytestmark = pytest.mark.parts


async def _in_hand(doors: Doors, ref: str) -> int:
    return len((await doors.get("/mediations/mine/today", ref=ref)).json()["items"])


async def test_a_post_is_changed_while_nothing_else_is(doors: Doors) -> None:
    committee = await doors.set_up(post="post-mistyped")
    await doors.tell(await doors.apply(committee), assign(committee))
    path = f"/mediators/{committee.mediator}/enrol"
    body = {"kinds": ["certified"], "post": "post-right"}
    told = await doors.post(path, body, role=Role.CLERK)
    assert (told.status_code, told.json()["version"]) == (200, 1)
    assert await _in_hand(doors, "post-right") == 1
    assert await _in_hand(doors, "post-mistyped") == 0


async def test_a_mediator_enrolled_by_the_subject_is_found_by_a_token_with_a_post(
    doors: Doors,
) -> None:
    committee = await doors.set_up(post="subject-of-before")
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, assign(committee))
    claims = {"post": "mediator-9"}
    mine = await doors.get("/mediations/mine/today", ref="subject-of-before", claims=claims)
    assert len(mine.json()["items"]) == 1
    body = {"mediator_id": committee.mediator, "ground": "relative"}
    await doors.tell(mediation_id, ("recuse", body))
    sheet = f"/mediations/{mediation_id}/sheet"
    refused = await doors.get(sheet, ref="subject-of-before", claims=claims)
    assert problem(refused) == "stepped-back"


async def test_a_post_of_the_county_is_no_post_of_a_township(doors: Doors) -> None:
    committee = await doors.set_up(post="mediator-8")
    await doors.tell(await doors.apply(committee), assign(committee))
    for ref, found in (("mediator-8", 1), ("somebody-of-the-county", 0)):
        claims = {"post": "mediator-8"}
        mine = await doors.get("/mediations/mine/today", division=COUNTY, ref=ref, claims=claims)
        assert len(mine.json()["items"]) == found, ref


async def test_a_refused_enrolment_changes_no_post(doors: Doors) -> None:
    committee = await doors.set_up(post="post-before")
    await doors.tell(await doors.apply(committee), assign(committee))
    path = f"/mediators/{committee.mediator}/enrol"
    without_kind = {"kinds": [], "post": "post-after"}
    assert (
        problem(await doors.post(path, without_kind, role=Role.CLERK)) == "mediator-needs-a-kind"
    )
    stale = {"kinds": ["certified"], "post": "post-after"}
    answer = await doors.post(path, stale, role=Role.CLERK, if_match='"7"')
    assert problem(answer) == "stale-version"
    fits = {"kinds": ["certified"], "post": "post-after"}
    elsewhere = await doors.post(path, fits, role=Role.CLERK, division=NEIGHBOUR)
    assert problem(elsewhere) == "mediator-not-found"
    assert await _in_hand(doors, "post-before") == 1
