"""A person of whom a report tells is erased: nobody reads their name or the report's words again."""

import psycopg
import pytest

from services.grid.live_check import TABLES
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_files
from shared.vault import Vault
from tests.erased_texts import readable
from tests.grid.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.grid.test_reports import WHOLE_WAY, a_report, go, history, submit
from tests.grid.test_signals import push
from tests.grid.test_watches import watch

pytestmark = pytest.mark.parts
NAME, PHONE = "欧阳秋水", "13777770001"
TEXT = f"{NAME}家的水管裂了,电话{PHONE}。"
WHY = {"reason_code": "at-request"}


async def told_of(doors: Doors, report_id: str) -> str:
    """The reference of the only person of whom a report tells."""
    (ref,) = (await history(doors, report_id))[0]["data"]["persons"]
    return str(ref)


async def a_closed_report(doors: Doors) -> tuple[str, str]:
    """A report full of the person's words, and the person's reference."""
    report_id = await a_report(doors, words=TEXT, persons=[{"name": NAME, "phone": PHONE}])
    steps = [
        (verb, body | {"words": TEXT} if verb == "handle" else body) for verb, body in WHOLE_WAY
    ]
    await go(doors, report_id, *steps)
    return report_id, await told_of(doors, report_id)


def in_the_clear(doors: Doors) -> str:
    """All of the database that the service's key opens."""
    vault = Vault(doors.pool, KEYS)
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        return "\n".join(readable(connection, vault, KEYS))


async def findings(doors: Doors) -> list[str]:
    return await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run()


async def test_the_persons_file_and_the_words_go(empty_doors: Doors) -> None:
    doors = empty_doors
    report_id, person = await a_closed_report(doors)
    other = await a_report(doors, words="另一件事。")
    assert NAME in in_the_clear(doors)
    told = await doors.done(f"/named-persons/{person}/erase", WHY)
    assert told["files"] == 2
    answer = await doors.get(f"/reports/{report_id}/words")
    assert (problem(answer), answer.status_code) == ("person-erased", 409)
    assert (await doors.get(f"/reports/{report_id}")).json()["state"] == "closed"
    assert (await doors.get(f"/reports/{other}/words")).json()["words"] == "另一件事。"
    assert await findings(doors) == []
    assert delete_files(doors.database.owner_dsn, COUNTY) == (2, [])
    shown = in_the_clear(doors)
    assert NAME not in shown
    assert PHONE not in shown
    assert await findings(doors) == []


async def test_who_is_needed_yet_is_not_erased(doors: Doors) -> None:
    report_id = await a_report(doors)
    person = await told_of(doors, report_id)
    answer = await doors.post(f"/named-persons/{person}/erase", WHY)
    assert (problem(answer), answer.json()["report_id"]) == ("person-of-an-open-report", report_id)
    worker = await doors.worker()
    enrolled = (await doors.get(f"/grid-workers/{worker}")).json()["history"][0]["data"]
    path = f"/named-persons/{enrolled['person_ref']}/erase"
    assert problem(await doors.post(path, WHY)) == "grid-worker-on-register"
    await doors.done(f"/grid-workers/{worker}/leave", {"last_day": "2025-06-30"})
    assert (await doors.done(path, WHY))["files"] == 1


async def test_nobody_is_found_who_is_not_there(doors: Doors) -> None:
    grid = await doors.grid(await doors.village(NEIGHBOUR))
    theirs = (await submit(doors, grid, division=NEIGHBOUR))["report_id"]
    events = (await doors.get(f"/reports/{theirs}", division=NEIGHBOUR)).json()["history"]
    (person,) = events[0]["data"]["persons"]
    for ref in (person, theirs, f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"):
        answer = await doors.post(f"/named-persons/{ref}/erase", WHY)
        assert (problem(answer), answer.status_code) == ("person-not-found", 404)
    clerk = await doors.post(f"/named-persons/{person}/erase", WHY, role=Role.CLERK)
    assert clerk.status_code == 403


async def test_whom_a_report_is_about_erases_nobody_of_whom_it_tells(doors: Doors) -> None:
    report_id = await a_report(doors, about_unit="water-office")
    path = f"/named-persons/{await told_of(doors, report_id)}/erase"
    own = await doors.post(path, WHY, claims={"unit": "water-office"})
    assert problem(own) == "person-not-found"
    assert report_id not in own.text
    assert problem(await doors.post(path, WHY)) == "person-of-an-open-report"


async def test_the_words_of_the_order_that_was_opened_for_the_report_go_too(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    report_id = await a_report(doors, words=TEXT, persons=[{"name": NAME, "phone": PHONE}])
    person = await told_of(doors, report_id)
    await go(doors, report_id, ("validate", {}))
    order = {"report_id": report_id, "to_unit": "water-office", "words": TEXT}
    opened = await doors.done(f"/townships/{TOWNSHIP}/work-orders", order, 201)
    path = f"/signals/{opened['signal_id']}"
    await go(doors, report_id, *WHOLE_WAY[1:])
    refused = await doors.post(f"/named-persons/{person}/erase", WHY)
    assert problem(refused) == "person-of-an-open-order"
    await doors.done(f"{path}/answer", {"result": "solved"})
    assert (await doors.done(f"/named-persons/{person}/erase", WHY))["files"] == 3
    assert problem(await doors.get(f"{path}/words")) == "person-erased"
    assert delete_files(doors.database.owner_dsn, COUNTY) == (3, [])
    assert NAME not in in_the_clear(doors)


async def test_what_told_of_a_signals_own_matter_goes_also_after_it_was_linked(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    first, second = await push(doors, caller=None), await push(doors)
    signal_id = second["signal_id"]
    await watch(doors, second["matter_id"])
    events = (await doors.get(f"/signals/{signal_id}")).json()["history"]
    to = {"to_signal_id": first["signal_id"], "why": "duplicate"}
    await doors.done(f"/signals/{signal_id}/link", to)
    await doors.done(f"/signals/{signal_id}/answer", {"result": "solved"})
    caller = events[0]["data"]["caller_ref"]
    assert (await doors.done(f"/named-persons/{caller}/erase", WHY))["files"] == 3
