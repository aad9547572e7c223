"""A referral becomes a dispute once, however often and in whatever company it is read."""

import pytest

from services.mediation.domain.mediation_commands import ApplyForMediation
from services.mediation.stream.policies import follow_intake
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.intake import CaseReferredToMediation
from shared.divisions import new_id
from shared.metrics import FOLLOW_UPS_REFUSED
from shared.office.following import Following
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    LI,
    NEIGHBOUR,
    TOWNSHIP,
    WU,
    Committee,
    Doors,
)
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts


@pytest.fixture
def following(doors: Doors) -> Following:
    return follow_intake(doors.office.ledger, KEYS, county=COUNTY)


def referral(committee_id: str, case_id: str) -> RecordedEvent:
    fact = CaseReferredToMediation(
        case_id=case_id,
        matter_id=new_id(TOWNSHIP),
        committee_id=committee_id,
        category=Category.LAND,
        village_code=f"{TOWNSHIP}201",
    )
    return recorded("/intake", case_id, fact)


async def read(doors: Doors, following: Following, *events: RecordedEvent) -> None:
    async with doors.pool.connection() as connection:
        await following.apply(connection, events)


async def of_case(doors: Doors, case_id: str) -> list[str]:
    found = await doors.get("/mediations", case_id=case_id)
    return [line["mediation_id"] for line in found.json()["items"]]


async def test_a_referral_read_again_is_the_same_dispute_and_says_what_caused_it(
    doors: Doors, committee: Committee, following: Following
) -> None:
    case_id = new_id(TOWNSHIP)
    event = referral(committee.committee_id, case_id)
    await read(doors, following, event)
    [mediation_id] = await of_case(doors, case_id)
    # it goes on, and only then is the event read again
    both = [
        ("consent", {"side": "applicant", "how": "orally", "parties": [{"person": WU}]}),
        ("consent", CONSENT[1] | {"parties": [{"person": LI}], "text": "愿意"}),
    ]
    await doors.tell(mediation_id, *both)
    await read(doors, following, event, event)
    assert await of_case(doors, case_id) == [mediation_id]
    history = (await doors.get(f"/mediations/{mediation_id}")).json()["history"]
    assert [each["event"] for each in history].count("mediation-applied") == 1
    assert history[0]["causation_id"] == event.event_id
    assert history[0]["occurred_at"] == "2025-06-01T02:00:00.000000Z"


async def test_a_case_is_referred_to_another_township_s_committee(
    doors: Doors, following: Following
) -> None:
    elsewhere = await doors.set_up(NEIGHBOUR)
    case_id = new_id(TOWNSHIP)
    await read(doors, following, referral(elsewhere.committee_id, case_id))
    assert await of_case(doors, case_id) == []
    found = await doors.get("/mediations", case_id=case_id, division=NEIGHBOUR)
    [line] = found.json()["items"]
    assert (line["division"], line["village_code"]) == (NEIGHBOUR, None)


async def test_what_a_rule_stands_against_is_counted_once_and_is_the_end_of_it(
    doors: Doors, committee: Committee, following: Following
) -> None:
    counted = FOLLOW_UPS_REFUSED.labels(
        "mediation", CaseReferredToMediation.kind, "committee-not-found"
    )
    before = counted._value.get()
    lost, found = new_id(TOWNSHIP), new_id(TOWNSHIP)
    await read(
        doors,
        following,
        referral(new_id(TOWNSHIP), lost),
        referral(committee.committee_id, found),
    )
    assert (await of_case(doors, lost), len(await of_case(doors, found))) == ([], 1)
    assert counted._value.get() == before + 1


async def test_a_dispute_by_an_event_keeps_its_texts_in_a_file_of_its_own(
    doors: Doors, committee: Committee, following: Following
) -> None:
    case_id = new_id(TOWNSHIP)
    await read(doors, following, referral(committee.committee_id, case_id))
    [mediation_id] = await of_case(doors, case_id)
    step = ("consent", {"side": "applicant", "how": "orally", "parties": [{"person": WU}]})
    await doors.tell(mediation_id, (step[0], step[1] | {"text": "愿意调解"}))
    assert ApplyForMediation.__name__ in {
        route.rpartition(" ")[2] for route in await routes(doors, mediation_id)
    }


async def routes(doors: Doors, mediation_id: str) -> list[str]:
    """Under which keys commands of this township were remembered."""
    query = "select route from command_receipt where division_code = %s"
    async with doors.pool.connection() as connection, connection.transaction():
        await connection.execute(
            "select set_config('concord.scope', %s, true)", (mediation_id[:9],)
        )
        return [row[0] for row in await (await connection.execute(query, (TOWNSHIP,))).fetchall()]
