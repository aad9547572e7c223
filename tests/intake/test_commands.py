"""Commands through the door: what is answered, what is refused, and what is written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.http import Position
from shared.identity import Role
from tests.intake.doors import (
    ACCEPT,
    ANSWER,
    COUNTY,
    FILE_HERE,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.legal_acts import (
    CHECKS,
    CONTENT,
    DIVERTED,
    LONG_AGO,
    RESOLVED_BY_OPINION,
    RESOLVED_ON_THE_SPOT,
    SETTLED,
    TAKEN_BACK,
    WITHDRAWAL,
    WITHDRAWAL_LONG_AGO,
    WITHDRAWN,
    Step,
    closed,
)

pytestmark = pytest.mark.parts

NOWHERE = "519900101-0198a5c0-0000-7000-8000-000000000001"
SUPPORTED = {"outcome": "supported"}


async def kinds(doors: Doors, case_id: str) -> list[str]:
    shown = await doors.get(f"/cases/{case_id}")
    return [fact["event"] for fact in shown.json()["history"]]


async def test_a_filed_case_has_a_number_a_query_code_and_an_address(doors: Doors) -> None:
    answer = await doors.post(FILE_HERE, a_filing(), role=Role.CLERK)
    told = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/cases/{told['case_id']}"
    assert told["case_id"].startswith(f"{TOWNSHIP}-")
    assert told["number"].startswith(f"519900-{datetime.now(UTC).year}-LF-")
    assert len(told["query_code"].replace("-", "")) == 10
    assert (told["state"], told["version"]) == ("filed", 1)
    position = Position.parse(answer.headers["Concord-Position"])
    assert (position.service, position.division) == ("intake", TOWNSHIP)


async def test_each_filing_is_a_matter_of_its_own_unless_it_names_one(doors: Doors) -> None:
    first = (await doors.post(FILE_HERE, a_filing(), role=Role.CLERK)).json()
    named = a_filing(matter_id=first["matter_id"])
    second = (await doors.post(FILE_HERE, named, role=Role.CLERK)).json()
    third = (await doors.post(FILE_HERE, a_filing(), role=Role.CLERK)).json()
    assert second["matter_id"] == first["matter_id"] != third["matter_id"]


async def test_a_case_goes_from_its_filing_to_its_end_and_back(doors: Doors) -> None:
    case_id = await doors.file()
    answer = await doors.tell(
        case_id,
        ("forward", {"to_unit": "water-bureau", "report_due": "2030-01-01T00:00:00+08:00"}),
        ACCEPT,
        ANSWER,
        *RESOLVED_BY_OPINION,
        *closed("supported"),
        ("reopen", {"reason": "new-facts"}),
    )
    assert answer.json()["state"] == "accepted"
    assert await kinds(doors, case_id) == [
        "case-filed",
        "case-forwarded",
        "case-routed",
        "case-accepted",
        "opinion-issued",
        "opinion-served",
        "statement-recorded",
        "case-resolved",
        "closing-checked",
        "closing-checked",
        "case-closed",
        "case-reopened",
    ]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((WITHDRAWAL_LONG_AGO, WITHDRAWN), "withdrawn"),
        ((DIVERTED,), "diverted"),
    ],
)
async def test_a_case_may_depart_before_it_is_accepted(
    doors: Doors, steps: tuple[Step, ...], state: str
) -> None:
    case_id = await doors.file(received_on=LONG_AGO)
    answer = await doors.tell(case_id, *steps)
    assert answer.json()["state"] == state


async def test_an_acceptance_tells_when_the_case_is_due(doors: Doors) -> None:
    case_id = await doors.file(occurred_at="2026-01-02T10:00:00+08:00")
    accept = {
        "responsible_unit": "justice-office",
        "handler": "post-wu",
        "occurred_at": "2026-01-05T10:00:00+08:00",
    }
    answer = await doors.post(
        f"/cases/{case_id}/accept", accept, role=Role.BACKFILL, division=COUNTY
    )
    assert answer.json()["due_at"] == "2026-03-06T16:00:00.000000Z"


async def test_who_accepts_becomes_the_handler_unless_another_post_is_named(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.post(f"/cases/{case_id}/accept", ACCEPT[1], ref="post-wu")
    refused = await doors.post(f"/cases/{case_id}/accept", ACCEPT[1], ref="post-he")
    assert problem(refused) == "case-taken-by-another"
    assert refused.status_code == 409


async def test_a_subject_that_no_event_can_carry_has_to_name_the_post(doors: Doors) -> None:
    case_id = await doors.file()
    refused = await doors.post(f"/cases/{case_id}/accept", ACCEPT[1], ref="auth0|wu")
    assert problem(refused) == "invalid-input"
    assert refused.json()["errors"][0]["field"] == "handler"


async def test_a_command_that_changes_nothing_answers_the_last_position(doors: Doors) -> None:
    case_id = await doors.file()
    first = await doors.tell(case_id, ACCEPT)
    await doors.file()
    again = await doors.tell(case_id, ACCEPT)
    assert again.json() == first.json()
    assert again.headers["Concord-Position"] == first.headers["Concord-Position"]


REFUSED: list[tuple[list[tuple[str, dict[str, Any]]], tuple[str, dict[str, Any]], str, int]] = [
    ([], ANSWER, "case-not-accepted", 409),
    ([], ("forward", {"to_unit": "not-stated"}), "not-stated-only-by-import", 422),
    ([ACCEPT], ("forward", {"to_unit": "water-bureau"}), "case-already-accepted", 409),
    (
        [ACCEPT],
        ("accept", {"responsible_unit": "water-bureau"}),
        "case-accepted-otherwise",
        409,
    ),
    (
        [ACCEPT, ANSWER],
        ("answer", ANSWER[1] | {"result": "partly"}),
        "case-answered-otherwise",
        409,
    ),
    ([ACCEPT], ("resolve", {"how": "opinion-accepted"}), "case-not-answered", 409),
    (
        [ACCEPT, *RESOLVED_ON_THE_SPOT],
        ("resolve", {"how": "agreement-performed"}),
        "case-resolved-otherwise",
        409,
    ),
    ([ACCEPT], ("resolve", {"how": "on-the-spot"}), "grounds-missing", 409),
    ([ACCEPT], ("resolve", {"how": "agreement-performed"}), "grounds-missing", 409),
    (
        [ACCEPT, SETTLED],
        ("resolve", {"how": "on-the-spot", "grounds": [NOWHERE]}),
        "grounds-do-not-fit",
        422,
    ),
    ([ACCEPT, ANSWER], ("resolve", {"how": "opinion-accepted"}), "grounds-missing", 409),
    (
        [ACCEPT, ANSWER],
        ("resolve", {"how": "time-for-review-passed"}),
        "time-for-review-runs",
        409,
    ),
    ([ACCEPT, ANSWER], ("resolve", {"how": "final-review"}), "grounds-missing", 409),
    ([], SETTLED, "case-not-accepted", 409),
    ([ACCEPT], CONTENT, "case-not-answered", 409),
    ([("divert", {"route": "litigation"})], SETTLED, "case-was-diverted", 409),
    ([], ("withdraw", {}), "withdrawal-without-statement", 422),
    ([], ("withdraw", {"statement_recorded": False}), "withdrawal-without-statement", 422),
    ([], ("divert", {"route": "not-stated"}), "not-stated-only-by-import", 422),
    ([], ("link", {"why": "duplicate"}), "link-needs-a-case", 422),
    ([], WITHDRAWN, "withdrawal-not-stated", 409),
    ([WITHDRAWAL], WITHDRAWN, "withdrawal-may-be-taken-back", 409),
    (
        [WITHDRAWAL],
        (WITHDRAWAL[0], WITHDRAWAL[1] | {"text": "改日再说。"}),
        "withdrawal-stated-otherwise",
        409,
    ),
    ([], TAKEN_BACK, "withdrawal-not-stated", 409),
    ([WITHDRAWAL_LONG_AGO], TAKEN_BACK, "case-was-withdrawn", 409),
    ([WITHDRAWAL_LONG_AGO], ACCEPT, "case-was-withdrawn", 409),
    ([WITHDRAWAL_LONG_AGO, WITHDRAWN], ACCEPT, "case-was-withdrawn", 409),
    ([DIVERTED], WITHDRAWAL, "case-was-diverted", 409),
    ([("divert", {"route": "litigation"})], ACCEPT, "case-was-diverted", 409),
    ([], ("link", {"to_case_id": NOWHERE, "why": "duplicate"}), "case-not-on-record", 422),
    ([DIVERTED], ("reopen", {"reason": "linked-in-error"}), "reason-not-in-record", 409),
    (
        [ACCEPT, *RESOLVED_ON_THE_SPOT],
        ("divert", {"route": "litigation"}),
        "case-was-resolved",
        409,
    ),
    (
        [ACCEPT, ANSWER, *closed("supported")],
        ("withdraw", {"statement_recorded": True}),
        "case-was-closed",
        409,
    ),
    ([ACCEPT], ("close", SUPPORTED), "case-still-open", 409),
    ([ACCEPT], CHECKS[0], "case-still-open", 409),
    ([ACCEPT, ANSWER], ("close", SUPPORTED), "closing-not-checked", 409),
    ([ACCEPT, ANSWER, CHECKS[0]], ("close", SUPPORTED), "closing-not-checked", 409),
    ([ACCEPT, ANSWER, CHECKS[0]], CHECKS[1], "closing-checked-by-the-same-post", 409),
    ([ACCEPT, ANSWER, CHECKS[1]], CHECKS[1], "closing-checked-by-another", 409),
    (
        [ACCEPT, ANSWER, *CHECKS],
        ("close", SUPPORTED | {"evidence": ["0" * 64]}),
        "evidence-not-in-record",
        422,
    ),
    (
        [ACCEPT, ANSWER, *closed("supported"), ("reopen", {"reason": "new-facts"})],
        CHECKS[0],
        "case-still-open",
        409,
    ),
    ([ACCEPT, ANSWER], ("close", {"outcome": "withdrawn"}), "outcome-not-in-record", 409),
    ([ACCEPT, ANSWER], ("close", {"outcome": "not-stated"}), "not-stated-only-by-import", 422),
    ([], ("reopen", {"reason": "new-facts"}), "case-still-open", 409),
    (
        [("divert", {"route": "litigation"})],
        ("reopen", {"reason": "withdrawal-revoked"}),
        "reason-not-in-record",
        409,
    ),
]


@pytest.mark.parametrize(
    ("before", "command", "slug", "status"), REFUSED, ids=[f"{w[0]}-{s}" for _, w, s, _ in REFUSED]
)
async def test_a_refusal_has_a_stable_type_and_writes_nothing(
    doors: Doors,
    before: list[tuple[str, dict[str, Any]]],
    command: tuple[str, dict[str, Any]],
    slug: str,
    status: int,
) -> None:
    case_id = await doors.file(received_on=LONG_AGO)
    if before:
        await doors.tell(case_id, *before)
    held = await kinds(doors, case_id)
    verb, body = command
    answer = await doors.post(f"/cases/{case_id}/{verb}", body)
    assert (problem(answer), answer.status_code) == (slug, status)
    assert await kinds(doors, case_id) == held


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"village_code": "519900102001"}, "village-elsewhere"),
        ({"repeat_of": NOWHERE}, "first-case-repeats-nothing"),
        ({"purpose": "accusation", "complained_unit": "land-office"}, "accused-unit-is-sealed"),
        ({"channel": "pigeon"}, "invalid-input"),
        ({"headcount": 0}, "invalid-input"),
        ({"headcount": True}, "invalid-input"),
        ({"headcount": "3"}, "invalid-input"),
        ({"joint": 1}, "invalid-input"),
        ({"urgent": "no"}, "invalid-input"),
        ({"occurred_at": 1_700_000_000}, "invalid-input"),
        ({"occurred_at": "1700000000"}, "invalid-input"),
        ({"narrative": "长" * 20_001}, "invalid-input"),
        ({"narrative": "a\x00b"}, "invalid-input"),
        ({"risk_score": 3}, "invalid-input"),
        ({"person": {"ethnicity": "x"}}, "invalid-input"),
        ({"occurred_at": "2025-01-01T00:00:00"}, "invalid-input"),
        ({"occurred_at": "0001-01-01T00:00:00+08:00"}, "invalid-input"),
    ],
)
async def test_what_cannot_be_filed_is_named_and_not_repeated(
    doors: Doors, changes: dict[str, Any], slug: str
) -> None:
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.BACKFILL, division=COUNTY)
    assert problem(answer) == slug
    assert answer.status_code == 422
    assert "张三丰" not in answer.text
    assert "长长" not in answer.text


@pytest.mark.parametrize(
    "verb",
    [
        ("forward", {"to_unit": "water-bureau"}),
        ACCEPT,
        ANSWER,
        SETTLED,
        ("resolve", {"how": "on-the-spot"}),
        WITHDRAWAL,
        TAKEN_BACK,
        WITHDRAWN,
        ("divert", {"route": "litigation"}),
        (
            "link",
            {"to_case_id": "519900101-0198a5c0-0000-7000-8000-000000000002", "why": "duplicate"},
        ),
        CHECKS[0],
        ("close", SUPPORTED),
        ("reopen", {"reason": "new-facts"}),
    ],
    ids=lambda it: it[0],
)
async def test_another_townships_case_is_as_if_there_were_none(
    doors: Doors, verb: tuple[str, dict[str, Any]]
) -> None:
    theirs = await doors.file(NEIGHBOUR)
    name, body = verb
    for case_id in (NOWHERE, theirs):
        answer = await doors.post(f"/cases/{case_id}/{name}", body)
        assert (problem(answer), answer.status_code) == ("case-not-found", 404)


async def test_filing_in_another_township_is_out_of_scope(doors: Doors) -> None:
    answer = await doors.post(f"/townships/{NEIGHBOUR}/cases", a_filing(), role=Role.CLERK)
    assert (problem(answer), answer.status_code) == ("division-out-of-scope", 403)


async def test_a_county_files_cases_of_its_own_and_a_village_none(doors: Doors) -> None:
    answer = await doors.post(
        f"/townships/{COUNTY}/cases", a_filing(), role=Role.BACKFILL, division=COUNTY
    )
    assert answer.json()["case_id"].startswith(f"{COUNTY}-")
    answer = await doors.post(
        f"/townships/{TOWNSHIP}001/cases", a_filing(), role=Role.BACKFILL, division=COUNTY
    )
    assert problem(answer) == "invalid-input"


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.AUDITOR, FILE_HERE),
        (Role.HANDLER, FILE_HERE),
        (Role.RESIDENT, FILE_HERE),
        (Role.CLERK, f"/cases/{NOWHERE}/answer"),
        (Role.AUDITOR, f"/cases/{NOWHERE}/accept"),
        (Role.COUNTY_LEADER, f"/cases/{NOWHERE}/close"),
        (Role.CLERK, "/cases/import"),
    ],
)
async def test_a_role_does_only_what_is_its_own(doors: Doors, role: Role, path: str) -> None:
    answer = await doors.post(path, {}, role=role)
    assert (problem(answer), answer.status_code) == ("role-not-allowed", 403)


async def test_only_a_backfill_says_when_a_fact_happened(doors: Doors) -> None:
    dated = a_filing(occurred_at="2025-01-01T10:00:00+08:00")
    answer = await doors.post(FILE_HERE, dated, role=Role.CLERK)
    assert (problem(answer), answer.status_code) == ("backfill-only", 403)


async def test_a_backfilled_case_keeps_its_day_and_its_year(doors: Doors) -> None:
    dated = a_filing(occurred_at="2019-12-31T16:30:00Z")
    filed = await doors.post(FILE_HERE, dated, role=Role.BACKFILL)
    assert filed.json()["number"].startswith("519900-2020-LF-")
    shown = (await doors.get(f"/cases/{filed.json()['case_id']}")).json()["history"][0]
    assert shown["occurred_at"] == "2019-12-31T16:30:00.000000Z"
    assert shown["recorded_at"] > "2026"


async def test_nothing_is_dated_into_the_future(doors: Doors) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    answer = await doors.post(FILE_HERE, a_filing(occurred_at=soon), role=Role.BACKFILL)
    assert (problem(answer), answer.status_code) == ("not-yet-happened", 422)


async def test_nothing_happens_to_a_case_before_the_day_of_its_filing(doors: Doors) -> None:
    case_id = await doors.file(occurred_at="2025-03-04T10:00:00+08:00")
    diversion = DIVERTED[1] | {"occurred_at": "2025-03-03T10:00:00+08:00"}
    answer = await doors.post(f"/cases/{case_id}/divert", diversion, role=Role.BACKFILL)
    assert (problem(answer), answer.status_code) == ("happened-before-it-began", 422)


async def test_a_command_to_a_version_that_is_gone_is_refused(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    stale = await doors.post(f"/cases/{case_id}/answer", ANSWER[1], If_Match='"1"')
    assert (problem(stale), stale.status_code) == ("stale-version", 412)
    etag = (await doors.get(f"/cases/{case_id}")).headers["ETag"]
    fresh = await doors.post(f"/cases/{case_id}/answer", ANSWER[1], If_Match=etag)
    assert fresh.status_code == 200


async def test_a_version_that_cannot_be_read_is_refused(doors: Doors) -> None:
    answer = await doors.post(f"/cases/{NOWHERE}/accept", ACCEPT[1], If_Match="3")
    assert problem(answer) == "invalid-input"


async def test_the_same_key_and_body_file_one_case_and_show_its_code_again(doors: Doors) -> None:
    filing = a_filing()
    first, again = [
        await doors.post(FILE_HERE, filing, role=Role.CLERK, Idempotency_Key="once")
        for _ in range(2)
    ]
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Concord-Position"] == first.headers["Concord-Position"]


async def test_the_same_key_with_another_body_is_refused(doors: Doors) -> None:
    await doors.post(FILE_HERE, a_filing(), role=Role.CLERK, Idempotency_Key="other")
    other = await doors.post(
        FILE_HERE, a_filing(category="health"), role=Role.CLERK, Idempotency_Key="other"
    )
    assert (problem(other), other.status_code) == ("idempotency-key-reused", 422)


async def test_a_refused_command_is_not_remembered_under_its_key(doors: Doors) -> None:
    case_id = await doors.file()
    path = f"/cases/{case_id}/answer"
    refused = await doors.post(path, ANSWER[1], Idempotency_Key="later")
    assert problem(refused) == "case-not-accepted"
    await doors.tell(case_id, ACCEPT)
    assert (await doors.post(path, ANSWER[1], Idempotency_Key="later")).status_code == 200


async def test_a_repeated_command_is_answered_as_the_first_time(doors: Doors) -> None:
    case_id = await doors.file(received_on=LONG_AGO)
    await doors.tell(case_id, WITHDRAWAL_LONG_AGO)
    path, body = f"/cases/{case_id}/withdraw", WITHDRAWN[1]
    first = await doors.post(path, body, Idempotency_Key="w")
    await doors.tell(case_id, ("reopen", {"reason": "withdrawal-revoked"}))
    again = await doors.post(path, body, Idempotency_Key="w")
    assert again.json() == first.json()
    assert (await doors.get(f"/cases/{case_id}")).json()["state"] == "filed"
