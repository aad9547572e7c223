"""The routes by which the petitioner is told, over a real database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.identity import Role
from shared.times import china_day
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, Doors, problem
from tests.legal_acts import closed
from tests.opinions import OPINION

pytestmark = pytest.mark.parts

ISSUE = ("issue-opinion", {"result": "supported", "measures": ["solve"], "opinion": OPINION})
POSTED = ("dispatch", {"document": "opinion", "method": "post"})
DECLINE = ("decline", {"ground": "not-competent", "competent_unit": "water-bureau"})


def today() -> str:
    return china_day(datetime.now(UTC)).isoformat()


async def documents(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = (await doors.get(f"/cases/{case_id}")).json()["documents"]
    return shown


async def test_a_notice_handed_over_on_the_spot_is_served(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ("notices", {"kind": "receipt", "served": {"method": "in-person"}}))
    [shown] = await documents(doors, case_id)
    assert shown == {
        "document": "receipt",
        "state": "served",
        "issued_on": today(),
        "document_number": None,
        "paper_digest": None,
        "dispatched_on": None,
        "served_on": today(),
        "method": "in-person",
        "proof": "handed-over",
    }


async def test_a_posted_opinion_is_shown_as_not_served_until_its_receipt_is_back(
    doors: Doors,
) -> None:
    week_ago = datetime.now(UTC) - timedelta(days=7)
    case_id = await doors.file(occurred_at=week_ago.isoformat())
    for verb, body in (ACCEPT, ISSUE, POSTED):
        done = body | {"occurred_at": week_ago.isoformat()}
        answer = await doors.post(
            f"/cases/{case_id}/{verb}", done, role=Role.BACKFILL, division=COUNTY
        )
        assert answer.json()["state"] == ("accepted"), answer.text
    [shown] = await documents(doors, case_id)
    assert (shown["state"], shown["dispatched_on"]) == ("not-served", str(china_day(week_ago)))
    received = china_day(week_ago + timedelta(days=3)).isoformat()
    service = {"method": "post", "proof": "posting-receipt", "served_on": received}
    answer = await doors.tell(case_id, ("serve-opinion", service))
    assert answer.json()["state"] == "answered"
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    assert history[-1]["data"]["served_on"] == received
    assert china_day(datetime.fromisoformat(history[-1]["occurred_at"])).isoformat() == received
    [shown] = await documents(doors, case_id)
    assert (shown["state"], shown["served_on"]) == ("served", received)


async def test_a_declined_case_shows_its_notice_as_not_served(doors: Doors) -> None:
    case_id = await doors.file()
    answer = await doors.tell(case_id, DECLINE)
    assert answer.json()["state"] == "declined"
    [shown] = await documents(doors, case_id)
    assert (shown["document"], shown["state"]) == ("declined", "not-served")
    assert shown["issued_on"] is None
    refused = await doors.post(f"/cases/{case_id}/close", {"outcome": "declined"})
    assert problem(refused) == "notice-not-served"
    told = ("notices", {"kind": "declined", "served": {"method": "in-person"}})
    answer = await doors.tell(case_id, told, *closed("declined"))
    assert answer.json()["state"] == "closed"


REFUSED: list[tuple[list[tuple[str, dict[str, Any]]], tuple[str, dict[str, Any]], str, int]] = [
    ([], ("decline", {"ground": "not-competent"}), "competent-unit-missing", 422),
    ([ACCEPT], DECLINE, "case-already-accepted", 409),
    ([DECLINE], ACCEPT, "case-was-declined", 409),
    ([], ("notices", {"kind": "accepted"}), "nothing-to-tell", 409),
    ([], ("serve-notice", {"kind": "receipt", "method": "in-person"}), "notice-not-issued", 409),
    (
        [],
        ("notices", {"kind": "receipt", "served": {"method": "post"}}),
        "service-not-proven",
        422,
    ),
    ([], ISSUE, "case-not-accepted", 409),
    ([ACCEPT], ("serve-opinion", {"method": "in-person"}), "opinion-not-issued", 409),
    ([ACCEPT], POSTED, "document-not-issued", 409),
    ([ACCEPT, ISSUE], ("serve-opinion", {"method": "post"}), "service-not-proven", 422),
    ([ACCEPT], ("answer", ANSWER[1] | {"method": "post"}), "service-not-proven", 422),
    (
        [ACCEPT, ISSUE],
        ("serve-opinion", {"method": "post", "proof": "handed-over"}),
        "proof-of-another-method",
        422,
    ),
    (
        [ACCEPT, ISSUE, POSTED],
        ("issue-opinion", ISSUE[1] | {"result": "partly"}),
        "opinion-sent-already",
        409,
    ),
    (
        [ACCEPT, ISSUE],
        ("dispatch", POSTED[1] | {"method": "in-person"}),
        "handed-over-is-served",
        422,
    ),
    ([ACCEPT, ANSWER], POSTED, "document-served-already", 409),
    (
        [ACCEPT, ISSUE],
        ("serve-opinion", {"method": "in-person", "served_on": "2199-01-01"}),
        "not-yet-happened",
        422,
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
    case_id = await doors.file()
    if before:
        await doors.tell(case_id, *before)
    held = (await doors.get(f"/cases/{case_id}")).json()["version"]
    answer = await doors.post(f"/cases/{case_id}/{command[0]}", command[1])
    assert (problem(answer), answer.status_code) == (slug, status)
    assert (await doors.get(f"/cases/{case_id}")).json()["version"] == held


@pytest.mark.parametrize("verb", ["answer", "issue-opinion"])
async def test_every_part_that_an_opinion_lacks_is_named(doors: Doors, verb: str) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    body = ANSWER[1] if verb == "answer" else ISSUE[1]
    blank = {"claims": [{"claim": "\u200b"}], "facts": " ", "remedy": "\u3000"}
    answer = await doors.post(f"/cases/{case_id}/{verb}", body | {"opinion": blank})
    assert (problem(answer), answer.status_code) == ("opinion-lacks", 422)
    assert [error["field"] for error in answer.json()["errors"]] == [
        "opinion.claims.0.claim",
        "opinion.claims.0.opinion",
        "opinion.facts",
        "opinion.reasons",
        "opinion.legal_basis",
        "opinion.remedy",
    ]
    without = {name: value for name, value in body.items() if name != "opinion"}
    answer = await doors.post(f"/cases/{case_id}/{verb}", without)
    assert problem(answer) == "opinion-lacks"


async def test_the_day_of_receipt_is_stated_once(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, ISSUE)
    twice = {"method": "in-person", "served_on": today(), "occurred_at": f"{today()}T00:00:00Z"}
    answer = await doors.post(f"/cases/{case_id}/serve-opinion", twice, role=Role.BACKFILL)
    assert problem(answer) == "invalid-input"
