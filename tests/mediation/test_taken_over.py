"""Person and words of a converted report come into mediation's vault by an ordinary command."""

from typing import Any

import orjson
import pytest

from services.mediation.stream.policies import follow_grid
from shared.contracts.case_codes import Category
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.mediation import MediationPartiesNamed
from shared.contracts.referral import taken_up_as
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import new_id
from shared.identity import Role
from tests.mediation.doors import COUNTY, KEYS, LI, TOWNSHIP, WU, Body, Committee, Doors, problem
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts
WORDS = "饭店欠了四个人两个月工资。"


async def referred(doors: Doors, committee: Committee) -> str:
    """A dispute of a converted report; gives its id."""
    report_id = new_id(TOWNSHIP)
    fact = GridReportConverted(
        report_id=report_id,
        matter_id=new_id(TOWNSHIP),
        to=ConvertedTo.MEDIATION,
        matter_category=Category.LABOUR,
        village_code=f"{TOWNSHIP}201",
        committee_id=committee.committee_id,
    )
    event = recorded("/grid", report_id, fact)
    async with doors.pool.connection() as connection:
        await follow_grid(doors.office.ledger, KEYS, county=COUNTY).apply(connection, [event])
    return taken_up_as(event.event_id, committee.committee_id)


def naming(side: str = "applicant", person: Body = WU, **more: Any) -> tuple[str, Body]:
    return "name-parties", {"side": side, "parties": [{"person": person}], **more}


async def sheet(doors: Doors, mediation_id: str) -> Body:
    answer = await doors.get(f"/mediations/{mediation_id}/sheet")
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def test_a_mediator_takes_person_and_words_of_a_report_over(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    before = await sheet(doors, mediation_id)
    assert (before["narrative"], before["sides"][0]["people"]) == (None, [])
    await doors.tell(mediation_id, naming(narrative=WORDS))
    # the other side is found out later, without words
    await doors.tell(mediation_id, naming("respondent", LI))
    shown = await sheet(doors, mediation_id)
    assert shown["narrative"] == WORDS
    assert shown["sides"][0]["people"][0]["name"] == WU["name"]
    events = await doors.office.ledger.stream(COUNTY, mediation_id)
    named = [orjson.loads(each.data) for each in events if each.kind == MediationPartiesNamed.kind]
    assert [each.get("words_digest") is not None for each in named] == [True, False]
    assert not any(word in each.data for each in events for word in (WORDS, WU["name"]))
    await doors.tell(mediation_id, naming(narrative="工资已付一半。"))
    assert (await sheet(doors, mediation_id))["narrative"] == "工资已付一半。"


async def test_words_are_taken_over_for_parties_that_are_known(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    await doors.tell(mediation_id, naming())
    [known] = (await sheet(doors, mediation_id))["sides"][0]["people"]
    same = {"side": "applicant", "parties": [{"party_id": known["party_id"]}], "narrative": WORDS}
    first = await doors.post(f"/mediations/{mediation_id}/name-parties", same)
    again = await doors.post(f"/mediations/{mediation_id}/name-parties", same)
    assert first.json()["version"] == again.json()["version"]
    assert (await sheet(doors, mediation_id))["narrative"] == WORDS


async def test_words_are_erased_with_the_texts_of_the_dispute(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    refuse = ("refuse", {"side": "applicant", "routes_told": ["court"]})
    await doors.tell(mediation_id, naming(narrative=WORDS), refuse)
    [person] = (await sheet(doors, mediation_id))["sides"][0]["people"]
    erase = await doors.post(
        f"/parties/{person['party_id']}/erase",
        {"reason_code": "at-request"},
        role=Role.TOWNSHIP_LEADER,
    )
    assert erase.status_code == 200, erase.text
    assert (await sheet(doors, mediation_id))["narrative"] is None
    refused = await doors.post(
        f"/mediations/{mediation_id}/name-parties", naming("respondent", LI, narrative="x")[1]
    )
    assert (refused.status_code, problem(refused)) == (409, "person-erased")
