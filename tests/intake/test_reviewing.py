"""The routes of handling and of reviews, over a real database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.identity import Role
from shared.times import china_day
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, Doors, problem
from tests.legal_acts import closed

pytestmark = pytest.mark.parts

REVIEW = ("request-review", {"level": "review", "way": "in-writing"})
DECIDE = (
    "decide-review",
    {"level": "review", "result": "revoked", "by_unit": "county-government", "text": "撤销。"},
)
EXTEND = ("extend", {"days": 20, "reason": "情况复杂，需要鉴定。"})
Step = tuple[str, dict[str, Any]]


def days_ago(days: int) -> date:
    return china_day(datetime.now(UTC)) - timedelta(days=days)


async def told_on(doors: Doors, case_id: str, *steps: tuple[int, Step]) -> None:
    """Commands by the backfill role, each so many days ago."""
    for days, (verb, body) in steps:
        done = body | {"happened_on": days_ago(days).isoformat()}
        answer = await doors.post(
            f"/cases/{case_id}/{verb}", done, role=Role.BACKFILL, division=COUNTY
        )
        assert answer.status_code == 200, f"{verb}: {answer.text}"


async def answered(doors: Doors, days: int) -> str:
    """A case whose opinion was served so many days ago."""
    filed_at = f"{days_ago(days + 10)}T10:00:00+08:00"
    case_id = await doors.file(occurred_at=filed_at)
    await told_on(doors, case_id, (days + 9, ACCEPT), (days, ANSWER))
    return case_id


async def kinds(doors: Doors, case_id: str) -> list[str]:
    shown = (await doors.get(f"/cases/{case_id}")).json()
    return [each["event"] for each in shown["history"]]


async def test_a_revoked_opinion_is_answered_anew(doors: Doors) -> None:
    case_id = await answered(doors, 20)
    served = DECIDE[1] | {"served_on": days_ago(1).isoformat()}
    await told_on(doors, case_id, (15, REVIEW), (2, (DECIDE[0], served)))
    answer = await doors.tell(case_id, ("reopen", {"reason": "review-revoked"}))
    assert answer.json()["state"] == "accepted"
    answer = await doors.tell(case_id, ANSWER)
    assert answer.json()["state"] == "answered"


async def test_a_re_review_is_handed_over_and_told_back(doors: Doors) -> None:
    case_id = await answered(doors, 20)
    upheld = DECIDE[1] | {"result": "upheld", "served_on": days_ago(5).isoformat()}
    final = upheld | {
        "level": "re-review",
        "by_unit": "city-government",
        "served_on": days_ago(0).isoformat(),
    }
    await told_on(
        doors,
        case_id,
        (15, REVIEW),
        (6, (DECIDE[0], upheld)),
        (4, ("request-review", {"level": "re-review"})),
        (3, ("hand-over-re-review", {"to_unit": "city-government"})),
        (1, (DECIDE[0], final)),
    )
    assert (await kinds(doors, case_id))[-5:] == [
        "review-requested",
        "review-decided",
        "review-requested",
        "re-review-handed-over",
        "review-decided",
    ]


async def test_a_review_is_not_requested_after_the_petitioners_last_day(doors: Doors) -> None:
    case_id = await answered(doors, 50)
    answer = await doors.post(f"/cases/{case_id}/request-review", REVIEW[1])
    assert (problem(answer), answer.status_code) == ("review-time-is-over", 409)
    assert date.fromisoformat(answer.json()["last_day"]) >= days_ago(20)


async def test_an_extension_is_on_the_board_and_waits_for_its_notice(doors: Doors) -> None:
    case_id = await doors.file()
    before = (await doors.tell(case_id, ACCEPT)).json()["due_at"]
    after = (await doors.tell(case_id, EXTEND)).json()["due_at"]
    assert datetime.fromisoformat(after) - datetime.fromisoformat(before) == timedelta(days=20)
    lines = (await doors.get("/cases", limit=500)).json()["items"]
    [line] = [each for each in lines if each["case_id"] == case_id]
    assert line["due_at"] == after
    shown = (await doors.get(f"/cases/{case_id}")).json()["documents"]
    assert [(each["document"], each["state"]) for each in shown] == [("extension", "not-served")]
    told = ("notices", {"kind": "extension", "served": {"method": "in-person"}})
    await doors.tell(case_id, told)
    shown = (await doors.get(f"/cases/{case_id}")).json()["documents"]
    assert [(each["document"], each["state"]) for each in shown] == [("extension", "served")]


async def test_what_was_found_goes_to_the_vault(doors: Doors) -> None:
    case_id = await doors.file()
    steps = {"steps": ["records-check", "household-visit"], "text": "查阅了台账，入户走访。"}
    await doors.tell(
        case_id,
        ACCEPT,
        ("record-investigation", steps),
        ("record-hearing", {"representatives": 9, "text": "村民代表到会。"}),
    )
    shown = await doors.get(f"/cases/{case_id}")
    investigated, heard = (each["data"] for each in shown.json()["history"][-2:])
    assert investigated["steps"] == ["household-visit", "records-check"]
    assert heard["representatives"] == 9
    assert "台账" not in shown.text
    assert investigated["record_digest"]
    assert heard["record_digest"]


REFUSED: list[tuple[list[Step], Step, str, int]] = [
    ([ACCEPT], REVIEW, "case-not-answered", 409),
    ([ACCEPT, ANSWER], DECIDE, "review-not-requested", 409),
    (
        [ACCEPT, ANSWER, REVIEW],
        ("request-review", {"level": "review", "way": "online"}),
        "review-requested-already",
        409,
    ),
    (
        [ACCEPT, ANSWER, REVIEW],
        ("decide-review", DECIDE[1] | {"by_unit": "justice-office"}),
        "reviewed-by-oneself",
        422,
    ),
    (
        [ACCEPT, ANSWER, REVIEW],
        ("decide-review", DECIDE[1] | {"served_on": "2199-01-01"}),
        "not-yet-happened",
        422,
    ),
    (
        [ACCEPT, ANSWER, REVIEW, DECIDE],
        ("request-review", {"level": "re-review"}),
        "review-not-decided",
        409,
    ),
    (
        [ACCEPT, ANSWER, *closed("supported")],
        ("reopen", {"reason": "review-upheld"}),
        "reason-no-longer-stated",
        422,
    ),
    (
        [ACCEPT, ANSWER, *closed("supported")],
        ("reopen", {"reason": "review-changed"}),
        "reason-not-in-record",
        409,
    ),
    ([], EXTEND, "case-not-accepted", 409),
    (
        [ACCEPT, EXTEND],
        ("extend", {"days": 10, "reason": "仍需时日。"}),
        "extension-not-allowed",
        422,
    ),
    ([ACCEPT], ("extend", {"days": 31, "reason": "复杂"}), "invalid-input", 422),
    ([ACCEPT], ("record-investigation", {"steps": []}), "invalid-input", 422),
    ([ACCEPT], ("record-hearing", {"representatives": 0}), "invalid-input", 422),
]


@pytest.mark.parametrize(
    ("before", "command", "slug", "status"), REFUSED, ids=[f"{w[0]}-{s}" for _, w, s, _ in REFUSED]
)
async def test_a_refusal_has_a_stable_type_and_writes_nothing(
    doors: Doors, before: list[Step], command: Step, slug: str, status: int
) -> None:
    case_id = await doors.file()
    if before:
        await doors.tell(case_id, *before)
    held = await kinds(doors, case_id)
    answer = await doors.post(f"/cases/{case_id}/{command[0]}", command[1])
    assert (problem(answer), answer.status_code) == (slug, status)
    assert await kinds(doors, case_id) == held
