"""People of a referral come on record through the door, with name and phone, whatever they say."""

from typing import Any

import pytest

from shared.divisions import new_id
from shared.identity import Role
from tests.mediation.doors import (
    LI,
    NEIGHBOUR,
    REFUSE,
    TOWNSHIP,
    WU,
    Committee,
    Doors,
    Step,
    an_application,
    assign,
    problem,
)
from tests.mediation.filling import erase, fill_in, history, written

pytestmark = pytest.mark.parts
HIM = LI | {"phone": "13900000002", "address": "青云村五组"}


def name(side: str, *people: dict[str, Any]) -> Step:
    return "name-parties", {"side": side, "parties": [{"person": each} for each in people]}


async def referred(doors: Doors, committee: Committee) -> str:
    """As a referral comes: nobody knows yet who it is."""
    return await doors.apply(
        committee, origin="referred", referred_by="court", applicants=[], respondents=[]
    )


async def sheet(doors: Doors, mediation_id: str) -> Any:
    return (await doors.get(f"/mediations/{mediation_id}/sheet")).json()


async def test_who_was_found_is_called_by_name_and_phone_before_agreeing(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    mediation_id = await referred(doors, committee)
    assert "是谁可以问那边" in (await sheet(doors, mediation_id))["call"]
    steps = (name("applicant", WU), name("respondent", HIM), assign(committee))
    told = (await doors.tell(mediation_id, *steps)).json()
    assert (told["state"], told["due_at"]) == ("applied", None)
    assert (await sheet(doors, mediation_id))["call"] == (
        "请先问愿不愿意调解。"
        "申请方：吴桂兰，电话 13900000001。被申请方：李长根，电话 13900000002。"
    )
    (today,) = (await doors.get("/mediations/mine/today")).json()["items"]
    assert today["who"] == "吴桂兰 与 李长根"


async def test_after_a_no_they_are_on_record_and_on_the_notice(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    await doors.tell(mediation_id, name("applicant", WU), REFUSE, name("respondent", HIM))
    told = await sheet(doors, mediation_id)
    assert told["state"] == "refused"
    assert [each["name"] for side in told["sides"] for each in side["people"]] == [
        "吴桂兰",
        "李长根",
    ]
    notice = written("mediation-termination", "number", "parties")
    assert (await fill_in(doors, mediation_id, notice))["number"]


async def test_who_was_named_agrees_without_being_told_again(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    people = (name("applicant", WU), name("respondent", HIM))
    agree = [("consent", {"side": side, "how": "orally"}) for side in ("applicant", "respondent")]
    answer = await doors.tell(mediation_id, *people, *agree)
    assert answer.json()["state"] == "open"
    late = await doors.post(f"/mediations/{mediation_id}/name-parties", people[1][1])
    assert (late.status_code, problem(late)) == (409, "parties-have-agreed")


async def test_naming_is_an_event_of_references_and_once_under_its_key(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    step = name("respondent", HIM)
    path = f"/mediations/{mediation_id}/name-parties"
    answers = [await doors.post(path, step[1], Idempotency_Key="k-named") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    (_, named) = await history(doors, mediation_id)
    assert (named["event"], named["data"]["side"]) == ("mediation-parties-named", "respondent")
    assert not [word for word in HIM.values() if word in str(named)]
    (party,) = (await sheet(doors, mediation_id))["sides"][1]["people"]
    assert named["data"]["parties"] == [party["party_id"]]


async def test_who_was_named_by_mistake_is_left_out_by_naming_the_others(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await referred(doors, committee)
    await doors.tell(mediation_id, name("respondent", HIM, WU))
    people = (await sheet(doors, mediation_id))["sides"][1]["people"]
    kept = {"side": "respondent", "parties": [{"party_id": people[0]["party_id"]}]}
    await doors.tell(mediation_id, ("name-parties", kept))
    assert (await sheet(doors, mediation_id))["sides"][1]["people"] == people[:1]
    await doors.tell(mediation_id, name("respondent"))
    assert (await sheet(doors, mediation_id))["sides"][1]["people"] == []


async def test_people_are_named_by_those_who_mediate_and_in_their_township(
    doors: Doors, committee: Committee
) -> None:
    path = f"/mediations/{await referred(doors, committee)}/name-parties"
    body = name("respondent", HIM)[1]
    assert (await doors.post(path, body, role=Role.AUDITOR)).status_code == 403
    assert (await doors.post(path, body, division=NEIGHBOUR)).status_code == 404
    elsewhere = {"side": "respondent", "parties": [{"party_id": new_id(NEIGHBOUR)}]}
    answer = await doors.post(path, elsewhere)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["parties.0.party_id"]


async def test_a_party_is_named_once_and_is_somebody(doors: Doors, committee: Committee) -> None:
    mediation_id = await referred(doors, committee)
    await doors.tell(mediation_id, name("respondent", HIM))
    (him,) = (await sheet(doors, mediation_id))["sides"][1]["people"]
    of_him = {"party_id": him["party_id"]}
    before = await history(doors, mediation_id)
    for stranger, place in (
        ([of_him, of_him], 1),
        ([of_him, {"party_id": new_id(TOWNSHIP)}], 1),
        ([{"party_id": mediation_id}], 0),
        ([{"party_id": committee.mediator}], 0),
    ):
        body = {"side": "respondent", "parties": stranger}
        for verb, further in (("name-parties", {}), ("consent", {"how": "orally"})):
            answer = await doors.post(f"/mediations/{mediation_id}/{verb}", body | further)
            assert problem(answer) == "invalid-input"
            assert answer.json()["errors"][0]["field"] == f"parties.{place}.party_id"
        applying = an_application(committee, respondents=stranger)
        answer = await doors.post(
            f"/townships/{TOWNSHIP}/mediations", applying, role=Role.BACKFILL
        )
        assert answer.json()["errors"][0]["field"] == f"respondents.{place}.party_id"
    assert await history(doors, mediation_id) == before
    again = an_application(committee, respondents=[of_him])
    told = await doors.post(f"/townships/{TOWNSHIP}/mediations", again, role=Role.BACKFILL)
    assert told.status_code == 201, told.text


async def test_who_was_erased_is_on_record_and_of_no_other_dispute(
    doors: Doors, committee: Committee
) -> None:
    mediation_id, another = [await referred(doors, committee) for _ in range(2)]
    await doors.tell(mediation_id, name("respondent", HIM, WU))
    him, _ = (await sheet(doors, mediation_id))["sides"][1]["people"]
    erase(doors, him["party_id"])
    body = {"side": "respondent", "parties": [{"party_id": him["party_id"]}]}
    assert (await doors.post(f"/mediations/{mediation_id}/name-parties", body)).status_code == 200
    refused = await doors.post(f"/mediations/{another}/name-parties", body)
    assert problem(refused) == "invalid-input"


async def somebody(doors: Doors, committee: Committee) -> dict[str, str]:
    begun = await history(doors, await doors.apply(committee))
    return {"party_id": begun[0]["data"]["applicants"][0]}


async def test_an_application_that_is_repeated_has_its_first_answer_whatever_is_gone_since(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    known = await somebody(doors, committee)
    path = f"/townships/{TOWNSHIP}/mediations"
    body = an_application(committee, applicants=[known], occurred_at=None)
    first = await doors.post(path, body, idempotency_key="applied")
    erase(doors, known["party_id"])
    dissolved = await doors.post(f"/committees/{committee.committee_id}/dissolve", role=Role.CLERK)
    assert (first.status_code, dissolved.status_code) == (201, 200)
    again = await doors.post(path, body, idempotency_key="applied")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert problem(await doors.post(path, body)) == "committee-was-dissolved"


@pytest.mark.parametrize("verb", ["name-parties", "consent"])
async def test_parties_that_are_named_again_have_the_first_answer_though_one_was_erased(
    doors: Doors, committee: Committee, verb: str
) -> None:
    known = await somebody(doors, committee)
    mediation_id = await referred(doors, committee)
    path = f"/mediations/{mediation_id}/{verb}"
    body = {"side": "applicant", "parties": [known]} | (
        {"how": "orally"} if verb == "consent" else {}
    )
    first = await doors.post(path, body, idempotency_key="named")
    if verb == "consent":
        taken = {"side": "applicant", "reason": "by-mistake"}
        await doors.tell(mediation_id, ("void-consent", taken))
    await doors.tell(mediation_id, name("applicant", WU))
    erase(doors, known["party_id"])
    again = await doors.post(path, body, idempotency_key="named")
    assert (first.status_code, again.content) == (200, first.content)
    unknown = await doors.post(path, body)
    assert (unknown.status_code, problem(unknown)) == (422, "invalid-input")


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "\u200b  "}, "name"),
        ({"name": "吴桂兰", "phone": "\u3000"}, "phone"),
        ({"name": "吴桂兰", "id_number": "110105194912310021"}, "id_number"),
    ],
)
async def test_a_party_whose_name_says_nothing_is_refused(
    empty_doors: Doors, person: dict[str, Any], field: str
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    body = an_application(committee, applicants=[{"person": person}])
    answer = await doors.post(f"/townships/{TOWNSHIP}/mediations", body, role=Role.CLERK)
    assert (problem(answer), answer.status_code) == ("invalid-input", 422)
    [error] = answer.json()["errors"]
    assert error["field"] == f"applicants.0.person.{field}"
    assert "110105194912310021" not in answer.text
