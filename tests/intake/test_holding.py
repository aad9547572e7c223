"""Who acts and who reads at the API: tokens, registry, board and papers together."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from services.intake.migrate import VERSIONS
from shared.identity import Role
from shared.keyed_marks import KeyedMarks
from tests.intake.doors import (
    ACCEPT,
    ANSWER,
    COUNTY,
    FILE_HERE,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.intake.registry import registered_post, registered_unit
from tests.intake.sealing import as_superuser
from tests.legal_acts import CHECKS, DIVERTED, WITHDRAWAL

pytestmark = pytest.mark.parts

Claims = Mapping[str, object]
NO_POST: tuple[Claims, ...] = (
    {"unit": None, "post": None},
    {"post": None},
    {"unit": None},
)


def of(unit: str | None, post: str | None = "post-other") -> dict[str, Any]:
    """How somebody of that unit comes, under a subject that no record knows."""
    return {"ref": "a-subject", "claims": {"unit": unit, "post": post}}


async def accepted_by(doors: Doors, unit: str, post: str) -> str:
    case_id = await doors.file()
    body = {"responsible_unit": unit, "handler": post}
    answer = await doors.post(f"/cases/{case_id}/accept", body)
    assert answer.status_code == 200, answer.text
    return case_id


async def outcome(doors: Doors, case_id: str, how: dict[str, Any]) -> tuple[str, str]:
    """What a command and a look are answered."""
    acted = await doors.post(f"/cases/{case_id}/notices", {"kind": "receipt"}, **how)
    looked = await doors.get(f"/cases/{case_id}", **how)
    return (
        "acted" if acted.status_code == 200 else problem(acted),
        "shown" if looked.status_code == 200 else problem(looked),
    )


@pytest.mark.parametrize("claims", NO_POST)
async def test_without_unit_and_post_nobody_acts_and_everybody_files_and_lists(
    doors: Doors, claims: Claims
) -> None:
    filed = await doors.post(FILE_HERE, a_filing(), role=Role.CLERK, claims=claims)
    assert filed.status_code == 201
    case_id = filed.json()["case_id"]
    refused = await doors.post(f"/cases/{case_id}/divert", DIVERTED[1], claims=claims)
    assert (problem(refused), refused.status_code) == ("post-missing", 403)
    nowhere = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001"
    assert problem(await doors.post(f"/cases/{nowhere}/divert", {}, claims=claims)) == (
        "post-missing"
    )
    listed = await doors.get("/cases", claims=claims)
    assert case_id in {each["case_id"] for each in listed.json()["items"]}
    shown = await doors.get(f"/cases/{case_id}", claims=claims)
    assert shown.status_code == (200 if claims.get("unit", "given") else 404)


async def test_a_backfill_acts_without_a_post(doors: Doors) -> None:
    case_id = await doors.file()
    answer = await doors.post(
        f"/cases/{case_id}/divert",
        DIVERTED[1],
        role=Role.BACKFILL,
        division=COUNTY,
        claims=NO_POST[0],
    )
    assert answer.status_code == 200


async def test_the_registry_says_who_acts(empty_doors: Doors) -> None:
    doors = empty_doors
    for code in ("justice", "water"):
        await registered_unit(doors, code, title="某某所")
    await registered_post(doors, "head", "justice", leads=True)
    he = await registered_post(doors, "he", "justice")
    await registered_post(doors, "sun", "justice")
    case_id = await accepted_by(doors, "justice", "he")
    both, nothing = ("acted", "shown"), ("case-not-found", "case-not-found")
    assert await outcome(doors, case_id, of("justice")) == both
    assert await outcome(doors, case_id, of("water", "he")) == both
    assert await outcome(doors, case_id, of("water", "head")) == both
    assert await outcome(doors, case_id, of("water", "sun")) == nothing
    assert await outcome(doors, case_id, of("water")) == nothing
    above = of("petition-office", "clerk") | {"division": COUNTY}
    assert await outcome(doors, case_id, above) == ("case-not-in-your-hands", "shown")
    named = {"substitute": "sun", "since": "2025-01-02"}
    answer = await doors.post(f"/posts/{he}/name-substitute", named, role=Role.CLERK)
    assert answer.status_code == 200, answer.text
    assert await outcome(doors, case_id, of("water", "sun")) == both
    shown = (await doors.get(f"/cases/{case_id}")).json()
    assert shown["held_by"] == {
        "division": TOWNSHIP,
        "unit": "justice",
        "post": "he",
        "substitute": "sun",
    }


async def test_a_unit_that_handles_along_records_what_it_found(empty_doors: Doors) -> None:
    doors = empty_doors
    for code in ("justice", "water"):
        await registered_unit(doors, code, title="某某所")
    case_id = await doors.file()
    body = {"responsible_unit": "justice", "co_handlers": ["water"]}
    await doors.tell(case_id, ("accept", body))
    along = of("water")
    found = await doors.post(
        f"/cases/{case_id}/record-investigation", {"steps": ["interview"]}, **along
    )
    assert found.status_code == 200
    heard = await doors.post(f"/cases/{case_id}/record-hearing", {"representatives": 9}, **along)
    assert heard.status_code == 200
    answer = await doors.post(f"/cases/{case_id}/answer", ANSWER[1], **along)
    assert (problem(answer), answer.status_code) == ("case-not-in-your-hands", 403)


async def test_a_case_in_other_hands_is_the_boards_and_the_old_hand_acts_no_more(
    doors: Doors,
) -> None:
    case_id = await accepted_by(doors, "justice-office", "he")
    body = {"to_unit": "labour-office", "to_post": "sun", "reason": "division-of-work"}
    told = await doors.post(f"/cases/{case_id}/hand-over", body, **of("x", "he"))
    assert told.status_code == 200, told.text
    assert await outcome(doors, case_id, of("x", "he")) == ("case-not-in-your-hands", "shown")
    assert await outcome(doors, case_id, of("x", "sun")) == ("acted", "shown")
    number = (await doors.get(f"/cases/{case_id}")).json()["number"]
    (line,) = (await doors.get("/cases", number=number)).json()["items"]
    assert (line["responsible_unit"], line["handler"]) == ("labour-office", "sun")
    again = await doors.post(f"/cases/{case_id}/hand-over", body, **of("x", "sun"))
    assert again.json()["version"] == told.json()["version"] + 1  # the notice in between


async def test_a_recused_handler_is_out_at_once(doors: Doors) -> None:
    case_id = await accepted_by(doors, "justice-office", "he")
    path = f"/cases/{case_id}/recuse"
    alone = await doors.post(path, {"reason": "relative"}, **of("x", "he"))
    assert (problem(alone), alone.status_code) == ("recused-handler-hands-over", 422)
    body = {"reason": "relative", "to_unit": "justice-office", "to_post": "sun"}
    told = await doors.post(path, body, **of("x", "he"))
    assert told.status_code == 200, told.text
    assert await outcome(doors, case_id, of("x", "he")) == ("recused-from-case", "shown")
    as_leader = of("x", "he") | {"role": Role.TOWNSHIP_LEADER}
    assert await outcome(doors, case_id, as_leader) == ("recused-from-case", "shown")
    paper = await doors.get(f"/cases/{case_id}/papers/{'0' * 64}", **of("x", "he"))
    assert (problem(paper), paper.status_code) == ("recused-from-case", 403)
    kinds = [each["event"] for each in (await doors.get(f"/cases/{case_id}")).json()["history"]]
    assert kinds[-2:] == ["recusal-recorded", "case-handed-over"]


async def test_a_statutory_duty_is_handled_without_a_term(doors: Doors) -> None:
    case_id = await doors.file()
    path = f"/cases/{case_id}"
    duty = ("route", {"lane": "statutory-duty", "ground": "own-duty"})
    told = await doors.tell(case_id, duty, ACCEPT)
    assert (told.json()["state"], told.json()["due_at"]) == ("accepted", None)
    for verb, body, refused in (
        ("extend", {"days": 10, "reason": "情况复杂。"}, "case-has-no-term"),
        ("divert", {"route": "litigation"}, "duty-is-not-diverted"),
        ("route", {"lane": "petition", "ground": "by-law"}, "case-already-accepted"),
    ):
        answer = await doors.post(f"{path}/{verb}", body)
        assert (problem(answer), answer.status_code) == (refused, 409)
    await doors.tell(case_id, ANSWER)
    routed = (await doors.get(path)).json()["history"][1]["data"]
    assert (routed["lane"], routed["by_post"]) == ("statutory-duty", "post-1")


async def test_what_goes_to_arbitration_is_diverted_there(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ("route", {"lane": "arbitration", "ground": "by-law"}))
    accepted = await doors.post(f"/cases/{case_id}/accept", ACCEPT[1])
    assert (problem(accepted), accepted.json()["lane"]) == ("routed-elsewhere", "arbitration")
    elsewhere = await doors.post(f"/cases/{case_id}/divert", {"route": "litigation"})
    assert problem(elsewhere) == "route-does-not-fit-lane"
    told = await doors.tell(case_id, ("divert", {"route": "arbitration"}))
    assert told.json()["state"] == "diverted"


COMPLAINT = {"complained_unit": "water-station"}
OF_IT = of("water-station")


async def complaint(doors: Doors) -> dict[str, Any]:
    answer = await doors.post(FILE_HERE, a_filing(**COMPLAINT), role=Role.CLERK)
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


async def test_the_unit_complained_of_is_told_nothing_by_any_answer(doors: Doors) -> None:
    case = await complaint(doors)
    for named in (case["case_id"], case["number"]):
        for role in (Role.CLERK, Role.TOWNSHIP_LEADER, Role.AUDITOR, Role.COUNTY_LEADER):
            shown = await doors.get(f"/cases/{named}", role=role, **OF_IT)
            assert (problem(shown), shown.status_code) == ("case-not-found", 404)
        paper = await doors.get(f"/cases/{named}/papers/{'0' * 64}", **OF_IT)
        assert problem(paper) == "case-not-found"
        units = await doors.get(f"/cases/{named}/suggested-units", **OF_IT)
        assert problem(units) == "case-not-found"
        for etag in ('"1"', '"7"'):
            acted = await doors.post(f"/cases/{named}/divert", DIVERTED[1], If_Match=etag, **OF_IT)
            assert problem(acted) == "case-not-found"
    for query in ({}, {"number": case["number"]}, {"order": "due"}, {"state": "filed"}):
        for seen, how in ((False, OF_IT), (True, of("labour-office"))):
            listed = await doors.get("/cases", limit=200, **query, **how)
            ids = {each["case_id"] for each in listed.json()["items"]}
            assert (case["case_id"] in ids) is seen, query


async def test_other_cases_answers_say_nothing_of_a_complaint_to_its_unit(
    doors: Doors,
) -> None:
    own, case = await doors.file(), await complaint(doors)
    leader = OF_IT | {"role": Role.TOWNSHIP_LEADER}
    link = {"to_case_id": case["number"], "why": "duplicate"}
    linked = await doors.post(f"/cases/{own}/link", link, **leader)
    assert problem(linked) == "case-not-on-record"
    repeat = {"why": "typing-error", "first_or_repeat": "repeat", "repeat_of": case["number"]}
    corrected = await doors.post(f"/cases/{own}/correct", repeat, **leader)
    assert problem(corrected) == "case-not-on-record"
    filing = a_filing(first_or_repeat="repeat", repeat_of=case["number"])
    filed = await doors.post(FILE_HERE, filing, **leader)
    assert problem(filed) == "case-not-on-record"
    rest = {"why": "typing-error", "first_or_repeat": "repeat", "repeat_of": own}
    await doors.tell(case["case_id"], ("correct", rest))
    void = await doors.post(f"/cases/{own}/void", {"why": "registered-twice"}, **leader)
    assert problem(void) == "others-rest-on-it"
    assert case["number"] not in void.text
    person = (await doors.get(f"/cases/{case['case_id']}")).json()["history"][0]["data"]
    path, why = f"/persons/{person['person_ref']}/erase", {"reason_code": "at-request"}
    assert problem(await doors.post(path, why, **leader)) == "person-not-found"


async def test_a_page_of_a_ledger_lacks_what_complains_of_the_readers_unit(doors: Doors) -> None:
    case, own = await complaint(doors), await doors.file()
    path = f"/ledgers/{TOWNSHIP}/events"
    for how, is_there in ((OF_IT, False), (of("petition-office"), True)):
        answer = await doors.get(path, role=Role.AUDITOR, limit=1000, **how)
        page = answer.json()["items"]
        subjects = {each["subject"] for each in page}
        assert own in subjects
        assert (case["case_id"] in subjects) is is_there
        assert "water-station" not in {each["data"].get("complained_unit") for each in page}
        complained = {each["data"].get("complained_mark") for each in page}
        assert (doors.office.marks.of_unit("water-station") in complained) is is_there


async def test_without_a_unit_nobody_erases_or_reads_a_page_of_a_ledger(doors: Doors) -> None:
    case = await complaint(doors)
    person = (await doors.get(f"/cases/{case['case_id']}")).json()["history"][0]["data"]
    path, why = f"/persons/{person['person_ref']}/erase", {"reason_code": "at-request"}
    refused = await doors.post(path, why, role=Role.TOWNSHIP_LEADER, **of(None, None))
    assert problem(refused) == "post-missing"
    page = f"/ledgers/{TOWNSHIP}/events"
    for unit, status in ((None, 403), ("petition-office", 200)):
        answer = await doors.get(page, role=Role.AUDITOR, **of(unit, None))
        assert answer.status_code == status


async def test_a_complaint_that_comes_to_light_shuts_out_also_who_was_answered_before(
    doors: Doors,
) -> None:
    case_id = await accepted_by(doors, "water-station", "he")
    by_handler = of("water-station", "he")
    path = f"/cases/{case_id}/state-withdrawal"
    first = await doors.post(path, WITHDRAWAL[1], Idempotency_Key="once-a", **by_handler)
    assert first.status_code == 200
    found = {"why": "found-otherwise"} | COMPLAINT
    await doors.tell(case_id, ("correct", found))
    again = await doors.post(path, WITHDRAWAL[1], Idempotency_Key="once-a", **by_handler)
    assert (problem(again), again.status_code) == ("case-not-found", 404)
    shown = (await doors.get(f"/cases/{case_id}")).json()
    assert shown["held_by"]["unit"] == "petition-office"
    back = {"to_unit": "water-station", "reason": "other"}
    refused = await doors.post(f"/cases/{case_id}/hand-over", back)
    assert problem(refused) == "goes-one-level-up"


async def test_no_successor_of_the_unit_complained_of_is_given_the_case(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    water = await registered_unit(doors, "water-station", title="某某站")
    center = await registered_unit(doors, "center", title="某某中心")
    case = await complaint(doors)
    ended = {"on": "2025-06-01", "why": "merged", "successor": center}
    answer = await doors.post(f"/units/{water}/end", ended, role=Role.CLERK)
    assert answer.status_code == 200, answer.text
    path = f"/cases/{case['case_id']}"
    for verb, body in (
        ("forward", {"to_unit": "center"}),
        ("accept", {"responsible_unit": "center"}),
        ("accept", {"responsible_unit": "petition-office", "co_handlers": ["center"]}),
    ):
        assert problem(await doors.post(f"{path}/{verb}", body)) == "goes-one-level-up", verb
    assert problem(await doors.get(path, **of("center"))) == "case-not-found"
    listed = await doors.get("/cases", **of("center"))
    assert listed.json()["items"] == []


async def test_a_complaint_about_the_petition_office_is_the_countys(doors: Doors) -> None:
    filing = a_filing(complained_unit="petition-office")
    filed = await doors.post(FILE_HERE, filing, role=Role.CLERK)
    case_id = filed.json()["case_id"]
    nothing = ("case-not-found", "case-not-found")
    assert await outcome(doors, case_id, {}) == nothing
    above = of("petition-office", "clerk") | {"division": COUNTY}
    assert await outcome(doors, case_id, above) == ("acted", "shown")
    listed = await doors.get("/cases", number=filed.json()["number"], **above)
    assert len(listed.json()["items"]) == 1


async def test_what_was_recorded_under_the_subject_is_found_under_its_post(
    doors: Doors,
) -> None:
    old: dict[str, Any] = {"ref": "subject-of-wu", "claims": {"post": "subject-of-wu"}}
    new: dict[str, Any] = {"ref": "subject-of-wu", "claims": {"post": "wu", "unit": "x"}}
    case_id = await doors.file()
    path = f"/cases/{case_id}"
    first = await doors.post(f"{path}/accept", ACCEPT[1], Idempotency_Key="wu-1", **old)
    assert first.status_code == 200
    again = await doors.post(f"{path}/accept", ACCEPT[1], Idempotency_Key="wu-1", **new)
    assert again.json() == first.json()
    unkeyed = await doors.post(f"{path}/accept", ACCEPT[1], **new)
    assert unkeyed.json()["version"] == first.json()["version"]
    await doors.tell(case_id, ANSWER)
    assert (await doors.post(f"{path}/check-closing", CHECKS[0][1], **old)).status_code == 200
    at_desk = new | {"claims": {"post": "wu", "unit": "petition-office"}}
    second = await doors.post(f"{path}/check-closing", CHECKS[1][1], **at_desk)
    assert problem(second) == "closing-checked-by-the-same-post"


async def test_each_check_before_a_closing_is_made_by_whom_it_names(doors: Doors) -> None:
    unit, head, other = (f"{stem}-{uuid4().hex[:8]}" for stem in ("justice", "head", "other"))
    await registered_unit(doors, unit)
    await registered_post(doors, head, unit, leads=True)
    await registered_post(doors, other, unit)
    case_id = await doors.file()
    accept = {"responsible_unit": unit, "handler": other}
    await doors.tell(case_id, ("accept", accept), ANSWER)

    async def check(step: int, unit: str, post: str) -> str:
        claims: dict[str, Any] = {"claims": {"unit": unit, "post": post}, "ref": f"subject-{post}"}
        answer = await doors.post(f"/cases/{case_id}/check-closing", CHECKS[step][1], **claims)
        return "checked" if answer.status_code == 200 else problem(answer)

    assert await check(0, unit, other) == "check-of-another"
    assert await check(0, "petition-office", "clerk") == "check-of-another"
    assert await check(1, unit, head) == "check-of-another"
    assert await check(0, unit, head) == "checked"
    assert await check(1, "petition-office", "clerk") == "checked"


async def test_a_repeat_under_the_post_appends_nothing(doors: Doors) -> None:
    """A notice may be issued anew: without the receipt it would be."""
    case_id = await doors.file()
    body, path = {"kind": "receipt"}, f"/cases/{case_id}/notices"
    old: dict[str, Any] = {"ref": "subject-of-li", "claims": {"post": "subject-of-li"}}
    new: dict[str, Any] = {"ref": "subject-of-li", "claims": {"post": "li"}}
    first = await doors.post(path, body, Idempotency_Key="li-1", **old)
    again = await doors.post(path, body, Idempotency_Key="li-1", **new)
    assert again.json() == first.json()
    other = await doors.post(path, {"kind": "accepted"}, Idempotency_Key="li-1", **new)
    assert problem(other) == "idempotency-key-reused"
    assert (await doors.get(f"/cases/{case_id}")).json()["version"] == first.json()["version"]


async def test_nobody_acts_by_a_right_that_was_handed_over_meanwhile(doors: Doors) -> None:
    for attempt in range(8):
        case_id = await accepted_by(doors, "justice-office", "he")
        body = {"to_unit": "labour-office", "to_post": "sun", "reason": "absence"}
        over, acted = await asyncio.gather(
            doors.post(f"/cases/{case_id}/hand-over", body),
            doors.post(f"/cases/{case_id}/divert", DIVERTED[1], **of("x", "he")),
        )
        history = (await doors.get(f"/cases/{case_id}")).json()["history"]
        kinds = [each["event"] for each in history][3:]
        if acted.status_code == 200:
            assert kinds == ["case-diverted"], attempt
            assert problem(over) == "case-was-diverted"
        else:
            assert (problem(acted), kinds) == ("case-not-in-your-hands", ["case-handed-over"])


async def test_cases_of_before_are_filled_in_from_the_ledger(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyedMarks, "of_unit", lambda *_: None)
    case, corrected = await complaint(doors), await complaint(doors)
    other = {"why": "typing-error", "complained_unit": "labour-office"}
    await doors.tell(corrected["case_id"], ("correct", other))
    withdrawn = await complaint(doors)
    none = {"why": "typing-error", "complained_unit": None}
    await doors.tell(withdrawn["case_id"], ("correct", none))
    script = (VERSIONS / "intake_0014.sql").read_text(encoding="utf-8")
    begins = script.index("update case_board")
    update = script[begins : script.index(";", begins)]
    ids = [each["case_id"] for each in (case, corrected, withdrawn)]
    forget = "update case_board set complained_unit = null where case_id = any(%s)"
    as_superuser(doors, forget, (ids,), update, ())
    expected = {
        case["case_id"]: ("water-station", "labour-office"),
        corrected["case_id"]: ("labour-office", "water-station"),
    }
    for case_id, (hidden, shown) in expected.items():
        for unit, is_there in ((hidden, False), (shown, True)):
            listed = await doors.get("/cases", limit=200, **of(unit))
            there = case_id in {each["case_id"] for each in listed.json()["items"]}
            assert there is is_there
    for unit in ("water-station", "labour-office"):
        listed = await doors.get("/cases", limit=200, **of(unit))
        assert withdrawn["case_id"] in {each["case_id"] for each in listed.json()["items"]}


async def test_who_may_act_costs_a_command_no_query(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One round trip for the record, one for the append: the registry is in memory."""
    case_id = await accepted_by(doors, "justice-office", "he")
    monkeypatch.setattr("shared.county_snapshots.EVERY", 3600.0)
    await doors.office.registry(TOWNSHIP)
    lent = 0
    lend = AsyncConnectionPool.connection

    def counted(self: Any, *rest: Any, **more: Any) -> Any:
        nonlocal lent
        lent += 1
        return lend(self, *rest, **more)

    monkeypatch.setattr(AsyncConnectionPool, "connection", counted)
    body = {"to_unit": "labour-office", "to_post": "sun", "reason": "absence"}
    told = await doors.post(f"/cases/{case_id}/hand-over", body, **of("x", "he"))
    assert told.status_code == 200
    assert lent == 2


@pytest.mark.parametrize("stated", [{}, {"complained_division": TOWNSHIP}])
async def test_a_petition_office_that_is_registered_later_sees_no_complaint_about_itself(
    empty_doors: Doors, stated: dict[str, Any]
) -> None:
    doors = empty_doors
    case_id = await doors.file(complained_unit="petition-office", **stated)
    await registered_unit(doors, "letters", title="信访办", unit_type="petition-office")
    own = of("letters", "clerk")
    assert await outcome(doors, case_id, own) == ("case-not-found", "case-not-found")
    assert (await doors.get("/cases", **own)).json()["items"] == []
    assert (await doors.get("/work", **own)).json()["counts"]["held"] == 0
    above = of("petition-office", "clerk") | {"division": COUNTY}
    assert await outcome(doors, case_id, above) == ("acted", "shown")
    work = (await doors.get("/work", **above)).json()["items"]
    assert [each["record"]["case_id"] for each in work] == [case_id]
