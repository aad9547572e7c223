"""A process of an older release meets records that a later release has written to."""

import httpx
import orjson
import pytest

from services.mediation.stream.policies import follow_intake
from shared.contracts.case_codes import Category
from shared.contracts.intake import CaseReferredToMediation
from shared.divisions import new_id
from shared.handling import RecordOfALaterRelease
from shared.identity import Role
from shared.streaming.poison import apply_one
from tests.mediation.doors import CONSENT, COUNTY, KEYS, TOWNSHIP, Committee, Doors, problem
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts

LATER = {
    "a kind": ("mediation-adjourned", 1, {}),
    "a version of a kind": ("mediation-opened", 99, {}),
    "a code": ("mediation-refused", 1, {"side": "side-of-a-later-release", "routes_told": []}),
}


@pytest.fixture(params=list(LATER.values()), ids=list(LATER))
async def later(doors: Doors, committee: Committee, request: pytest.FixtureRequest) -> str:
    """A mediation with an event of a later release; gives its id."""
    mediation_id = await doors.apply(committee)
    kind, version, says = request.param
    about = {"mediation_id": mediation_id, "matter_id": mediation_id}
    await doors.plant(mediation_id, kind, version, orjson.dumps(about | says))
    return mediation_id


def assert_of_a_later_release(answer: httpx.Response) -> None:
    assert (answer.status_code, problem(answer)) == (503, "record-of-a-later-release")
    assert answer.headers["Retry-After"]


async def length(doors: Doors, stream_id: str) -> int:
    return len(await doors.office.ledger.stream(COUNTY, stream_id))


async def test_no_command_is_decided_on_it(doors: Doors, later: str) -> None:
    before = await length(doors, later)
    verb, body = CONSENT
    assert_of_a_later_release(await doors.post(f"/mediations/{later}/{verb}", body))
    assert await length(doors, later) == before


@pytest.mark.parametrize("path", ["", "/sheet"])
async def test_it_is_not_shown_in_part(doors: Doors, later: str, path: str) -> None:
    assert_of_a_later_release(await doors.get(f"/mediations/{later}{path}"))


async def test_a_repeat_has_its_first_answer(doors: Doors, committee: Committee) -> None:
    mediation_id = await doors.apply(committee)
    verb, body = CONSENT
    path = f"/mediations/{mediation_id}/{verb}"
    first = await doors.post(path, body, Idempotency_Key="consent-1")
    assert first.status_code == 200
    await doors.plant(mediation_id, "mediation-adjourned", 1, b"{}")
    repeated = await doors.post(path, body, Idempotency_Key="consent-1")
    assert (repeated.status_code, repeated.content) == (200, first.content)
    assert_of_a_later_release(await doors.post(path, body, Idempotency_Key="consent-2"))


async def test_a_follower_does_not_pass_over_what_concerns_such_a_committee(
    doors: Doors,
) -> None:
    """It fails, so that the event is parked for the later release, instead of being declined."""
    committee = await doors.set_up()
    await doors.plant(committee.committee_id, "roster-merged", 1, b"{}")
    case_id = new_id(TOWNSHIP)
    referred = CaseReferredToMediation(
        case_id=case_id,
        matter_id=case_id,
        committee_id=committee.committee_id,
        category=Category.LAND,
    )
    following = follow_intake(doors.office.ledger, KEYS, county=COUNTY)
    async with doors.pool.connection() as connection:
        why = await apply_one(connection, following.apply, recorded("/intake", case_id, referred))
    assert why == f"the fold raised {RecordOfALaterRelease.__name__}"
    listed = await doors.get("/mediations", case_id=case_id)
    assert listed.json()["items"] == []


async def test_a_committee_and_a_mediator_are_held_to_the_same(doors: Doors) -> None:
    committee = await doors.set_up()
    for stream_id, verb in (
        (committee.committee_id, f"/committees/{committee.committee_id}/dissolve"),
        (committee.mediator, f"/mediators/{committee.mediator}/strike"),
    ):
        await doors.plant(stream_id, "roster-merged", 1, b"{}")
        before = await length(doors, stream_id)
        asked = await doors.post(verb, role=Role.TOWNSHIP_LEADER, division=TOWNSHIP)
        assert_of_a_later_release(asked)
        assert await length(doors, stream_id) == before
