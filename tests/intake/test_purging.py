"""Receipts of requests end after thirty days; those of follow-ups and due rows never."""

import psycopg
import pytest

from shared.handling import CausedBy
from shared.identity import Role
from shared.ledger import Author, Receipt
from shared.office.purging import end_receipts
from tests.intake.doors import COUNTY, FILE_HERE, NEIGHBOUR, TOWNSHIP, Doors, a_filing

pytestmark = pytest.mark.parts


async def file(doors: Doors, key: str, division: str = TOWNSHIP) -> str:
    path = FILE_HERE.replace(TOWNSHIP, division)
    answer = await doors.post(
        path, a_filing(), role=Role.CLERK, division=division, Idempotency_Key=key
    )
    return str(answer.json()["case_id"])


async def follow(doors: Doors, route: str, event_id: str) -> None:
    """A receipt as the policies leave it."""
    cause = CausedBy(route, event_id)
    receipt = Receipt(
        route=route, key=cause.key, request_mac=cause.request_mac, response=cause.seal(b"")
    )
    author = Author(scope=COUNTY, actor_ref="policy:intake")
    await doors.office.ledger.append(TOWNSHIP, [], author, receipt=receipt)


def age(doors: Doors, days: int) -> None:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        superuser.execute(
            "update command_receipt set recorded_at = now() - make_interval(days => %s)", (days,)
        )


def left(doors: Doors) -> int:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        (found,) = superuser.execute("select count(*) from command_receipt").fetchall()
        return int(found[0])


async def test_a_request_can_be_repeated_for_thirty_days_and_is_then_a_new_one(
    empty_doors: Doors,
) -> None:
    doors, owner = empty_doors, empty_doors.database.owner_dsn
    case_id, theirs = await file(doors, "once"), await file(doors, "once", NEIGHBOUR)
    age(doors, 29)
    assert end_receipts(owner, COUNTY) == 0
    assert await file(doors, "once") == case_id
    age(doors, 31)
    assert end_receipts(owner, COUNTY) == 2
    assert await file(doors, "once") != case_id
    assert await file(doors, "once", NEIGHBOUR) != theirs
    assert end_receipts(owner, COUNTY) == 0


async def test_receipts_of_what_follows_from_events_and_due_rows_never_end(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await follow(doors, "ON mediation-succeeded NoteMediationOutcome", "e-1")
    await follow(doors, "DUE seal", "d-1")
    await file(doors, "once")
    age(doors, 400)
    assert end_receipts(doors.database.owner_dsn, COUNTY) == 1
    assert left(doors) == 2


async def test_a_clock_that_ran_ahead_ends_no_receipt(empty_doors: Doors) -> None:
    """As if it were a year later: the newest record is a year old, and so is the receipt."""
    await file(empty_doors, "once")
    age(empty_doors, 365)
    with psycopg.connect(empty_doors.database.superuser_dsn) as superuser:
        superuser.execute("set session_replication_role = replica")  # no trigger of ours
        superuser.execute(
            "update ledger set head_recorded_at = head_recorded_at - interval '365 days'"
        )
    assert end_receipts(empty_doors.database.owner_dsn, COUNTY) == 0


async def test_a_job_of_another_county_ends_nothing(empty_doors: Doors) -> None:
    await file(empty_doors, "once")
    age(empty_doors, 31)
    assert end_receipts(empty_doors.database.owner_dsn, "519800") == 0
