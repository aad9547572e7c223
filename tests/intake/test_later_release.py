"""A process of an older release meets a case that a later release has written to."""

from typing import Any

import httpx
import orjson
import pytest

from services.intake.stream.policies import follow_mediation
from shared.contracts.agreements import AgreementPerformed
from shared.divisions import new_id
from shared.handling import RecordOfALaterRelease
from shared.identity import Role
from shared.streaming.poison import apply_one
from tests.intake.doors import ACCEPT, COUNTY, TOWNSHIP, Doors, problem
from tests.legal_acts import WITHDRAWAL
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts

FILED_AT = "2025-03-04T10:00:00+08:00"
ROW = {
    "row": 1,
    "number": "2549",
    "division": TOWNSHIP,
    "file": {"at": FILED_AT, "person": {"name": "张三丰"}},
}

LATER = {
    "a kind": ("case-merged", 1, {}),
    "a version of a kind": ("case-accepted", 99, {}),
    "a code": ("case-diverted", 1, {"route": "court-of-a-later-release"}),
}


@pytest.fixture(params=list(LATER.values()), ids=list(LATER))
async def later(doors: Doors, request: pytest.FixtureRequest) -> str:
    """An accepted case with an event of a later release; gives its id."""
    case_id = await doors.file(occurred_at=FILED_AT)
    await doors.tell(case_id, ACCEPT)
    await plant(doors, case_id, *request.param)
    return case_id


async def plant(doors: Doors, case_id: str, kind: str, version: int, says: dict[str, Any]) -> None:
    about = {"case_id": case_id, "matter_id": case_id}
    await doors.plant(case_id, kind, version, orjson.dumps(about | says))


async def length(doors: Doors, case_id: str) -> int:
    return len(await doors.office.ledger.stream(COUNTY, case_id))


def assert_of_a_later_release(answer: httpx.Response) -> None:
    assert (answer.status_code, problem(answer)) == (503, "record-of-a-later-release")
    assert answer.headers["Retry-After"]


async def test_no_command_is_decided_on_it(doors: Doors, later: str) -> None:
    before = await length(doors, later)
    for verb, body in (
        ("resolve", {"how": "on-the-spot"}),
        WITHDRAWAL,
        ACCEPT,
    ):
        assert_of_a_later_release(await doors.post(f"/cases/{later}/{verb}", body))
    assert await length(doors, later) == before


async def test_it_is_not_shown_in_part(doors: Doors, later: str) -> None:
    assert_of_a_later_release(await doors.get(f"/cases/{later}"))


async def test_lists_and_the_ledger_itself_still_show_it(doors: Doors, later: str) -> None:
    that_day: dict[str, Any] = {"from": "2025-03-04", "to": "2025-03-04", "limit": 200}
    listed = await doors.get("/cases", division=TOWNSHIP, **that_day)
    assert later in {line["case_id"] for line in listed.json()["items"]}
    ledger = await doors.get(f"/ledgers/{TOWNSHIP}/events", role=Role.AUDITOR, division=COUNTY)
    assert ledger.status_code == 200


async def test_a_repeat_has_its_first_answer(doors: Doors) -> None:
    case_id = await doors.file(occurred_at=FILED_AT)
    path, body = f"/cases/{case_id}/accept", ACCEPT[1]
    first = await doors.post(path, body, Idempotency_Key="accept-1")
    assert first.status_code == 200
    await plant(doors, case_id, *LATER["a kind"])
    repeated = await doors.post(path, body, Idempotency_Key="accept-1")
    assert (repeated.status_code, repeated.content) == (200, first.content)
    assert_of_a_later_release(await doors.post(path, body, Idempotency_Key="accept-2"))


async def test_a_register_is_not_brought_in_over_it(doors: Doors) -> None:
    body = {"source": "board", "rows": [ROW]}
    begun = await doors.post("/cases/import", body, role=Role.BACKFILL)
    [row] = begun.json()["results"]
    await plant(doors, row["case_id"], *LATER["a kind"])
    before = await length(doors, row["case_id"])
    again = {"source": "board", "rows": [ROW | {"facts": [{"do": "close", "at": FILED_AT}]}]}
    assert_of_a_later_release(await doors.post("/cases/import", again, role=Role.BACKFILL))
    assert await length(doors, row["case_id"]) == before


async def test_a_follower_does_not_pass_over_what_concerns_it(doors: Doors, later: str) -> None:
    """It fails, so that the event is parked for the later release, instead of being refused."""
    mediation_id = new_id(TOWNSHIP)
    performed = AgreementPerformed(
        mediation_id=mediation_id, matter_id=later, case_id=later, agreement_id=mediation_id
    )
    event = recorded("/mediation", mediation_id, performed)
    following = follow_mediation(doors.office.ledger, county=COUNTY)
    before = await length(doors, later)
    async with doors.pool.connection() as connection:
        why = await apply_one(connection, following.apply, event)
    assert why == f"the fold raised {RecordOfALaterRelease.__name__}"
    assert await length(doors, later) == before
