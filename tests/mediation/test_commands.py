"""Every command at mediation's door: what it answers, what stands against it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.divisions import new_id
from shared.identity import Role
from shared.times import china_day
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    LI,
    LONG_AGO,
    NEIGHBOUR,
    PARTS,
    REFUSE,
    ROUTES,
    TOWNSHIP,
    Committee,
    Doors,
    an_application,
    assign,
    hold,
    problem,
    sign,
)

pytestmark = pytest.mark.parts
TODAY = china_day(datetime.now(UTC))
ON_THAT_DAY: dict[str, Any] = {"from": "2025-01-02", "to": "2025-01-02"}
SOON, LATER = ((TODAY + timedelta(days=days)).isoformat() for days in (30, 60))


async def in_session(doors: Doors, committee: Committee) -> str:
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, CONSENT, assign(committee), hold(committee))
    return mediation_id


async def signed(doors: Doors, committee: Committee, *days: str) -> str:
    mediation_id = await in_session(doors, committee)
    await doors.tell(mediation_id, sign(committee, *days))
    return mediation_id


async def test_an_applicant_has_agreed_and_the_other_side_has_still_to(
    doors: Doors, committee: Committee
) -> None:
    path, body = f"/townships/{TOWNSHIP}/mediations", an_application(committee)
    answer = await doors.post(path, body, role=Role.BACKFILL)
    told = answer.json()
    assert (answer.status_code, told["state"]) == (201, "applied")
    assert answer.headers["Location"] == f"/mediations/{told['mediation_id']}"
    history = (await doors.get(f"/mediations/{told['mediation_id']}")).json()["history"]
    assert [each["event"] for each in history] == ["mediation-applied", "mediation-consented"]


async def test_with_the_second_consent_the_thirty_days_begin(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    answer = await doors.tell(mediation_id, CONSENT)
    assert answer.json()["state"] == "open"
    ends = datetime.fromisoformat(answer.json()["due_at"]) - timedelta(microseconds=1)
    agreed = (await doors.get(f"/mediations/{mediation_id}")).json()["history"][-1]
    began = china_day(datetime.fromisoformat(agreed["occurred_at"]))
    assert china_day(ends) == began + timedelta(days=30)


async def test_the_same_consent_again_changes_nothing(doors: Doors, committee: Committee) -> None:
    mediation_id = await doors.apply(committee)
    first = await doors.tell(mediation_id, CONSENT)
    again = await doors.tell(mediation_id, CONSENT)
    assert again.json() == first.json()


async def test_who_was_not_named_in_a_referral_is_named_with_the_consent(
    doors: Doors, committee: Committee
) -> None:
    referral = {"origin": "referred", "referred_by": "court", "applicants": [], "respondents": []}
    mediation_id = await doors.apply(committee, **referral)
    nobody = await doors.post(f"/mediations/{mediation_id}/consent", CONSENT[1])
    assert problem(nobody) == "consent-needs-its-parties"
    one = ("consent", {"side": "applicant", "how": "in-writing", "parties": [{"person": LI}]})
    other = ("consent", CONSENT[1] | {"parties": [{"person": {"name": "张某"}}], "text": "愿意"})
    assert (await doors.tell(mediation_id, one, other)).json()["state"] == "open"


async def test_no_side_is_held_to_it(doors: Doors, committee: Committee) -> None:
    refused, withdrawn = await doors.apply(committee), await doors.apply(committee)
    assert (await doors.tell(refused, REFUSE)).json()["state"] == "refused"
    no_more = ("withdraw-consent", {"side": "applicant", "routes_told": ROUTES})
    assert (await doors.tell(withdrawn, CONSENT, no_more)).json()["state"] == "failed"


async def test_whoever_says_no_is_told_of_the_other_routes(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    silent = {"side": "respondent", "routes_told": []}
    answer = await doors.post(f"/mediations/{mediation_id}/refuse", silent)
    assert problem(answer) == "routes-not-told"


async def test_only_who_is_on_the_roster_mediates(doors: Doors, committee: Committee) -> None:
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, CONSENT)
    stranger = {"mediator_id": new_id(TOWNSHIP)}
    answer = await doors.post(f"/mediations/{mediation_id}/assign", stranger)
    assert problem(answer) == "mediator-not-on-roster"


async def test_a_committee_takes_nothing_outside_its_term(
    doors: Doors, committee: Committee
) -> None:
    body = an_application(committee, occurred_at="2024-12-31T12:00:00+08:00")
    path = f"/townships/{TOWNSHIP}/mediations"
    answer = await doors.post(path, body, role=Role.BACKFILL)
    assert problem(answer) == "committee-not-sitting"
    unknown = an_application(committee, committee_id=new_id(TOWNSHIP))
    answer = await doors.post(path, unknown, role=Role.BACKFILL)
    assert (answer.status_code, problem(answer)) == (404, "committee-not-found")


async def test_another_township_s_committee_and_parties_are_named_as_such(
    doors: Doors, committee: Committee
) -> None:
    path, elsewhere = f"/townships/{TOWNSHIP}/mediations", new_id(NEIGHBOUR)
    for change, field in (
        ({"committee_id": elsewhere}, "committee_id"),
        ({"respondents": [{"party_id": elsewhere}]}, "respondents.0.party_id"),
        ({"respondents": [{}]}, "respondents.0"),
    ):
        answer = await doors.post(
            path, an_application(committee, **change), role=Role.BACKFILL, division=COUNTY
        )
        assert [each["field"] for each in answer.json()["errors"]] == [field], answer.text


async def test_an_agreement_is_kept_instalment_by_instalment(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee, SOON, LATER)
    first = await doors.tell(mediation_id, ("perform-instalment", {"instalment": 1}))
    assert first.json()["state"] == "partly-performed"
    assert (first.json()["perform_by"], first.json()["number"][:5]) == (LATER, "青云镇人调")
    last = await doors.tell(mediation_id, ("perform-instalment", {"instalment": 2}))
    assert last.json()["state"] == "performed"
    third = await doors.post(f"/mediations/{mediation_id}/perform-instalment", {"instalment": 3})
    assert (problem(third), third.status_code) == ("no-such-instalment", 422)


async def test_a_promise_is_not_broken_before_its_day(doors: Doors, committee: Committee) -> None:
    mediation_id = await signed(doors, committee, SOON)
    too_early = {"ground": "not-performed", "routes_offered": ROUTES, "instalment": 1}
    answer = await doors.post(f"/mediations/{mediation_id}/breach", too_early)
    assert problem(answer) == "performance-not-yet-due"
    outright = ("breach", {"ground": "refused", "routes_offered": ROUTES})
    assert (await doors.tell(mediation_id, outright)).json()["state"] == "breached"


async def test_no_court_is_named_to_those_who_agreed_on_their_marriage(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    agreed = await doors.tell(mediation_id, sign(committee, status_matters=["marriage"]))
    assert agreed.json()["ask_a_court_by"] is None


async def test_a_court_is_asked_by_both_sides_within_thirty_days(
    doors: Doors, committee: Committee
) -> None:
    at = {"occurred_at": "2025-03-03T10:00:00+08:00"}
    mediation_id = await doors.apply(committee)
    steps = [CONSENT, assign(committee), hold(committee), sign(committee)]
    told = [(verb, body | at) for verb, body in steps]
    agreed = (await doors.tell(mediation_id, *told, role=Role.BACKFILL)).json()
    assert agreed["ask_a_court_by"] == "2025-04-02"
    request = {"court": "county-court", "jointly_by": ["applicant", "respondent"]}
    path = f"/mediations/{mediation_id}/request-confirmation"
    # the thirtieth day is 2 April, and 3 April is too late
    late = request | {"occurred_at": "2025-04-03T09:00:00+08:00"}
    assert problem(await doors.post(path, late, role=Role.BACKFILL)) == "confirmation-too-late"
    alone = request | {"jointly_by": ["applicant"]}
    assert problem(await doors.post(path, alone)) == "confirmation-not-joint"
    in_time = ("request-confirmation", request | {"occurred_at": "2025-04-02T23:00:00+08:00"})
    decided = ("decide-confirmation", {"result": "confirmed"})
    asked = (await doors.tell(mediation_id, in_time, role=Role.BACKFILL)).json()
    # the third day is a rest day, and so are the two after it
    assert (asked["docketed_by"], asked["decided_by"]) == ("2025-04-07", "2025-04-22")
    assert (await doors.tell(mediation_id, decided)).json()["state"] == "agreed"


async def test_what_was_recorded_by_mistake_is_taken_back_until_the_signing(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    mistake = {"reason": "by-mistake"}
    who, another = [{"mediator_id": each} for each in committee.mediators[:2]]
    until = {"due_at": "2199-01-01T00:00:00+08:00"}
    held = new_id(TOWNSHIP)
    await doors.tell(
        mediation_id,
        CONSENT,
        ("void-consent", mistake | {"side": "respondent"}),
        CONSENT,
        assign(committee),
        ("void-assignment", mistake | who),
        assign(committee),
        ("assign", another),
        ("recuse", another | {"ground": "relative"}),
        ("void-recusal", mistake | another),
        ("extend", until | {"agreed_by": ["applicant", "respondent"]}),
        ("void-extension", mistake | until),
        hold(committee, session_id=held),
        ("void-session", mistake | {"session_id": held}),
        hold(committee),
        ("fail", {"ground": "no-agreement", "routes_told": ROUTES}),
        ("void-end", mistake),
    )
    drafted = await doors.tell(mediation_id, ("draft", {"dictation": "双方同意分三次给三千块"}))
    draft = {"agreement_id": drafted.json()["agreement_id"]}
    await doors.tell(mediation_id, ("void-draft", mistake | draft), sign(committee))
    answer = await doors.post(f"/mediations/{mediation_id}/void-end", mistake)
    assert problem(answer) == "agreement-is-signed"


GIVEN_UP = {"reason": "by-mistake"}


async def test_a_dictation_becomes_a_draft_and_a_later_one_takes_its_place(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    said = {"dictation": "甲方吴桂兰要求赔三千，乙方李长根承认盖过了界，双方同意八月底前付清"}
    first = (await doors.tell(mediation_id, ("draft", said))).json()
    parts = {part["id"]: part["text"] for part in first["draft"]["parts"]}
    assert "三千" in parts["issue"]
    assert all(part["to_check"] for part in first["draft"]["parts"])
    assert first["draft"]["introductions"] == "甲方。"
    assert [party["name"] for party in first["draft"]["parties"]] == ["吴桂兰", "李长根"]
    second = (await doors.tell(mediation_id, ("draft", said | {"form": "oral"}))).json()
    assert second["agreement_id"] == first["agreement_id"]
    path = f"/mediations/{mediation_id}/draft"
    standing = (await doors.get(path, role=Role.CLERK)).json()
    told = {"agreement_id": first["agreement_id"], "form": "oral"}
    assert standing == second["draft"] | told | said
    assert (await doors.get(path, role=Role.AUDITOR)).status_code == 403
    assert problem(await doors.get(path, division=NEIGHBOUR)) == "mediation-not-found"
    await doors.tell(
        mediation_id, ("void-draft", GIVEN_UP | {"agreement_id": told["agreement_id"]})
    )
    assert problem(await doors.get(path)) == "no-draft-stands"
    first = (await doors.tell(mediation_id, ("draft", said))).json()
    agreed = (await doors.tell(mediation_id, sign(committee))).json()
    assert (agreed["agreement_id"], agreed["state"]) == (first["agreement_id"], "agreed")


async def test_every_point_of_law_is_looked_at_before_the_signing(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    path, (_, body) = f"/mediations/{mediation_id}/sign", sign(committee)
    hasty = body | {"legality": {"checked": ["free-will"]}}
    assert problem(await doors.post(path, hasty)) == "legality-not-checked"
    illegal = body | {"legality": body["legality"] | {"objections": ["contracted-land"]}}
    assert problem(await doors.post(path, illegal)) == "agreement-against-the-law"
    incomplete = body | {"parts": PARTS[:-1]}
    assert problem(await doors.post(path, incomplete)) == "agreement-part-missing"
    unkept = {**body, "paper": "a" * 64}
    del unkept["text"], unkept["parts"]
    assert problem(await doors.post(path, unkept)) == "paper-not-kept"
    assert (await doors.post(path, body | {"paper": "a" * 64})).status_code == 422


async def test_ends_without_an_agreement_are_told_apart(
    doors: Doors, committee: Committee
) -> None:
    told = {"routes_told": ROUTES}
    mediation_id = await doors.apply(committee)
    gone = ("terminate", told | {"ground": "party-not-found"})
    assert (await doors.tell(mediation_id, gone)).json()["state"] == "terminated"
    begun = await in_session(doors, committee)
    too_late = await doors.post(f"/mediations/{begun}/terminate", gone[1])
    assert problem(too_late) == "sessions-were-held"
    early = {"ground": "period-passed"} | told
    assert problem(await doors.post(f"/mediations/{begun}/fail", early)) == "period-still-runs"
    visited = ("follow-up", {"method": "visit", "outcome": "settled"})
    await doors.tell(mediation_id, visited)
    assert problem(await doors.post(f"/mediations/{begun}/follow-up", visited[1])) == (
        "mediation-still-open"
    )


async def test_looking_after_a_promise_is_recorded(doors: Doors, committee: Committee) -> None:
    mediation_id = await signed(doors, committee)
    checked = ("check-performance", {"finding": "behind"})
    done = await doors.tell(mediation_id, checked, ("perform", {}))
    assert done.json()["state"] == "performed"


async def test_the_same_key_is_done_once_and_answered_twice(
    doors: Doors, committee: Committee
) -> None:
    path, body = f"/townships/{TOWNSHIP}/mediations", an_application(committee)
    key = new_id(TOWNSHIP)
    first, again = [
        await doors.post(path, body, role=Role.BACKFILL, Idempotency_Key=key) for _ in range(2)
    ]
    assert first.json() == again.json()
    assert first.headers["Concord-Position"] == again.headers["Concord-Position"]


async def test_only_a_backfill_dates_and_nobody_else_s_dispute_is_seen(
    doors: Doors, committee: Committee
) -> None:
    dated = await doors.post(
        f"/townships/{TOWNSHIP}/mediations", an_application(committee), role=Role.CLERK
    )
    assert problem(dated) == "backfill-only"
    mediation_id = await doors.apply(committee)
    path = f"/mediations/{mediation_id}"
    assert (await doors.get(path, division=NEIGHBOUR)).status_code == 404
    answer = await doors.post(f"{path}/consent", CONSENT[1], division=NEIGHBOUR)
    assert problem(answer) == "mediation-not-found"
    assert (
        await doors.post(f"{path}/sign", sign(committee)[1], role=Role.CLERK)
    ).status_code == 403
    stale = await doors.post(f"{path}/consent", CONSENT[1], If_Match='"1"')
    assert problem(stale) == "stale-version"


async def test_nothing_that_people_told_stands_in_an_event(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee)
    shown = (await doors.get(f"/mediations/{mediation_id}", role=Role.AUDITOR)).text
    for told in ("吴桂兰", "李长根", "13900000001", "滴水沟", "让了一步", "分两次"):
        assert told not in shown


async def test_a_backfill_keeps_the_old_day_and_the_old_number(
    doors: Doors, committee: Committee
) -> None:
    at = {"occurred_at": LONG_AGO}
    mediation_id = await doors.apply(committee)
    steps = [CONSENT, assign(committee), hold(committee), sign(committee, number="2025-7")]
    answer = await doors.tell(
        mediation_id, *[(verb, body | at) for verb, body in steps], role=Role.BACKFILL
    )
    assert answer.json()["number"] == "2025-7"
    line = (await doors.get("/mediations", **ON_THAT_DAY)).json()
    assert mediation_id in {each["mediation_id"] for each in line["items"]}


async def test_what_a_command_names_is_kept_where_it_can_be(
    doors: Doors, committee: Committee
) -> None:
    elsewhere, abroad = new_id(NEIGHBOUR), new_id("110101101")
    path = f"/townships/{TOWNSHIP}/mediations"
    for field in ("matter_id", "case_id", "report_id"):
        named = an_application(committee) | {field: abroad}
        answer = await doors.post(path, named, role=Role.BACKFILL)
        assert [each["field"] for each in answer.json()["errors"]] == [field]
        next_door = an_application(committee) | {field: elsewhere}
        assert (await doors.post(path, next_door, role=Role.BACKFILL)).status_code == 201
    mediation_id = await signed(doors, committee)
    for verb, body, field in (
        ("draft", {"dictation": "双方同意"}, "agreement_id"),
        (*sign(committee), "agreement_id"),
        (*hold(committee), "session_id"),
        ("check-performance", {"finding": "on-course"}, "check_id"),
        ("follow-up", {"method": "visit", "outcome": "settled"}, "follow_up_id"),
    ):
        told = body | {field: elsewhere}
        answer = await doors.post(f"/mediations/{mediation_id}/{verb}", told)
        assert problem(answer) == "invalid-input", answer.text
        assert [each["field"] for each in answer.json()["errors"]] == [field]


async def test_an_id_of_another_kind_of_record_names_no_dispute_and_no_committee(
    doors: Doors, committee: Committee
) -> None:
    for path in (f"/mediations/{committee.mediator}", f"/mediations/{committee.committee_id}"):
        assert problem(await doors.get(path)) == "mediation-not-found"
        assert problem(await doors.post(f"{path}/refuse", REFUSE[1])) == "mediation-not-found"
    application = an_application(committee, committee_id=committee.mediator)
    path = f"/townships/{TOWNSHIP}/mediations"
    assert (
        problem(await doors.post(path, application, role=Role.BACKFILL)) == "committee-not-found"
    )


async def test_the_history_of_a_dispute_is_told_in_sentences(doors: Doors) -> None:
    committee = await doors.set_up()
    applied = await doors.apply(committee)
    answer = await doors.get(f"/mediations/{applied}/history")
    assert answer.status_code == 200, answer.text
    first = answer.json()["sentences"][0]
    assert first["event"] == "mediation-applied"
    assert "登记调解申请" in first["zh"]
    assert "registered the application" in first["en"]
