"""A referral becomes a dispute once, however often and in whatever company it is read."""

import orjson
import pytest

from services.mediation.domain.mediation_commands import ApplyForMediation
from services.mediation.stream.policies import follow_grid, follow_intake
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation import MediationNotTakenUp
from shared.contracts.referral import declined_as, taken_up_as
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import division_of, id_caused_by, new_id
from shared.identity import Role
from shared.office.following import Following
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    LI,
    LONG_AGO,
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


async def declined(doors: Doors, event: RecordedEvent) -> list[str]:
    """On which grounds, in the ledger of the case's township."""
    mediation_id = id_caused_by(event.event_id, division=division_of(event.stream_id))
    history = await doors.office.ledger.stream(COUNTY, mediation_id)
    assert {each.kind for each in history} <= {MediationNotTakenUp.kind}
    return [orjson.loads(each.data)["ground"] for each in history]


async def test_a_referral_that_no_committee_can_take_is_declined_once_with_its_ground(
    doors: Doors, following: Following
) -> None:
    ended, dissolved = [await doors.set_up(term_from="2021-01-01") for _ in range(2)]
    path = f"/committees/{dissolved.committee_id}/dissolve"
    await doors.post(path, role=Role.CLERK)
    unknown = {
        referral(ended.committee_id, new_id(TOWNSHIP)): ["committee-not-sitting"],
        referral(dissolved.committee_id, new_id(TOWNSHIP)): ["committee-dissolved"],
        referral(new_id(TOWNSHIP), new_id(TOWNSHIP)): ["no-such-committee"],
        referral(ended.mediator, new_id(TOWNSHIP)): ["no-such-committee"],
        # no ledger begins for a township that nobody has heard of
        referral(new_id("519900999"), new_id(TOWNSHIP)): ["no-such-committee"],
    }
    await read(doors, following, *unknown, *unknown)
    for event, grounds in unknown.items():
        assert await declined(doors, event) == grounds
        assert await of_case(doors, event.stream_id) == []
    assert await doors.office.ledger.heads(COUNTY, ["519900999"]) == {"519900999": 0}


async def test_what_a_referral_came_to_stays_though_it_is_read_again_when_all_is_different(
    doors: Doors, following: Following
) -> None:
    elsewhere = await doors.set_up(NEIGHBOUR)
    taken = referral(elsewhere.committee_id, new_id(TOWNSHIP))
    await read(doors, following, taken)
    path = f"/committees/{elsewhere.committee_id}/dissolve"
    told = await doors.post(path, {"occurred_at": LONG_AGO}, role=Role.BACKFILL, division=COUNTY)
    assert told.status_code == 200, told.text
    refused = referral(elsewhere.committee_id, new_id(TOWNSHIP))
    await read(doors, following, taken, refused)
    assert await declined(doors, taken) == []
    assert await declined(doors, refused) == ["committee-dissolved"]


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


def conversion(committee_id: str) -> RecordedEvent:
    report_id = new_id(TOWNSHIP)
    fact = GridReportConverted(
        report_id=report_id,
        matter_id=new_id(TOWNSHIP),
        to=ConvertedTo.MEDIATION,
        matter_category=Category.LABOUR,
        village_code=f"{TOWNSHIP}201",
        committee_id=committee_id,
    )
    return recorded("/grid", report_id, fact)


async def test_a_converted_report_is_a_dispute_of_the_committee_or_is_declined(
    doors: Doors, committee: Committee
) -> None:
    following = follow_grid(doors.office.ledger, KEYS, county=COUNTY)
    taken, nobodys = conversion(committee.committee_id), conversion(new_id(TOWNSHIP))
    await read(doors, following, taken, nobodys)
    await read(doors, following, taken, nobodys)
    dispute = await doors.get(f"/mediations/{taken_up_as(taken.event_id, committee.committee_id)}")
    (applied,) = dispute.json()["history"]
    assert applied["data"]["report_id"] == taken.stream_id
    assert (applied["data"]["referred_by"], applied["causation_id"]) == ("grid", taken.event_id)
    assert await declined(doors, nobodys) == ["no-such-committee"]
    mediation_id = declined_as(nobodys.event_id, nobodys.stream_id)
    (said,) = await doors.office.ledger.stream(COUNTY, mediation_id)
    assert orjson.loads(said.data)["report_id"] == nobodys.stream_id
    narrated = ("name-parties", {"side": "applicant", "parties": [{"person": WU}]})
    assert (await doors.tell(str(dispute.json()["mediation_id"]), narrated)).status_code == 200
