"""Receptions over HTTP: scheduled, held, missed, with their visits; a kept case stays unnamed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.live_check import TABLES
from services.intake.stream.receptions import missing_receptions
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.intake.doors import ACCEPT, COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import registered_post, registered_unit
from tests.midnight import today

pytestmark = pytest.mark.parts
HERE = f"/townships/{TOWNSHIP}/receptions"
BODY: dict[str, Any] = {
    "form": "reception",
    "leader_post": "mayor",
    "place_kind": "reception-room",
}
REOPEN = {"reason": "office-error"}
VISIT: dict[str, Any] = {"headcount": 5, "category": "land"}


@pytest.fixture
async def town(empty_doors: Doors) -> Doors:
    """A township with the post of its mayor."""
    await registered_unit(empty_doors, "leaders", unit_type="leadership")
    await registered_post(empty_doors, "mayor", "leaders", leads=True)
    return empty_doors


async def begun(doors: Doors, path: str = f"{HERE}/held", **more: Any) -> str:
    answer = await doors.post(path, BODY | more, role=Role.CLERK)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/receptions/{answer.json()['reception_id']}"
    return str(answer.json()["reception_id"])


async def shown(doors: Doors, reception_id: str, **how: Any) -> dict[str, Any]:
    headers = doors.tokens.headers(
        how.pop("role", Role.CLERK), how.pop("division", TOWNSHIP), "post-1", **how
    )
    answer = await doors.http.get(f"/receptions/{reception_id}", headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def lines(doors: Doors, **query: str) -> list[dict[str, Any]]:
    headers = doors.tokens.headers(Role.CLERK, TOWNSHIP, "post-1")
    answer = await doors.http.get("/receptions", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_scheduled_one_is_held_and_counts_its_visits(town: Doors) -> None:
    reception_id = await begun(town, HERE, on=str(today()))
    [line] = await lines(town)
    assert (line["state"], line["batches"]) == ("scheduled", 0)
    path = f"/receptions/{reception_id}"
    assert (await town.post(f"{path}/hold", {})).status_code == 200
    for visit in (VISIT, VISIT | {"solved_on_site": True, "acknowledged": True, "headcount": 1}):
        assert (await town.post(f"{path}/receive-visit", visit)).status_code == 200
    [line] = await lines(town, state="held")
    assert (line["batches"], line["person_times"], line["solved_on_site"]) == (2, 6, 1)
    found = await shown(town, reception_id)
    assert [each["headcount"] for each in found["visits"]] == [5, 1]
    assert {each["command"]: each["open"] for each in found["actions"]} == {
        "hold": False,
        "receive-visit": True,
        "void-visit": True,
        "void": False,
    }
    assert await LiveCheck(town.pool, COUNTY, TABLES, Vault(town.pool, KEYS)).run() == []


async def test_what_does_not_fit_is_refused(town: Doors) -> None:
    reception_id = await begun(town)
    yesterday = str(today() - timedelta(days=1))
    tomorrow = str(today() + timedelta(days=1))
    path = f"/receptions/{reception_id}"
    solved = VISIT | {"solved_on_site": True}
    for asked, body, slug in (
        (HERE, BODY | {"on": yesterday}, "day-has-passed"),
        (f"{HERE}/held", BODY | {"leader_post": "nobody"}, "leader-post-not-registered"),
        (f"{HERE}/held", BODY | {"happened_on": tomorrow}, "not-yet-happened"),
        (f"{path}/hold", {"happened_on": yesterday}, "reception-held-otherwise"),
        (f"{path}/receive-visit", solved, "solved-needs-acknowledgement"),
        (
            f"{path}/void-visit",
            {"visit_id": reception_id, "reason": "by-mistake"},
            "visit-not-found",
        ),
    ):
        assert problem(await town.post(asked, body)) == slug


async def test_what_was_not_recorded_is_missed_and_may_be_recorded_later(town: Doors) -> None:
    reception_id = await begun(town, HERE, on=str(today()))
    later = datetime.now(UTC) + timedelta(days=3)
    runner = missing_receptions(town.office.ledger, county=COUNTY, now=lambda: later)
    assert await runner.work_off() == 1
    [line] = await lines(town, state="missed")
    assert line["missed"]
    answer = await town.post(f"/receptions/{reception_id}/hold", {})
    assert answer.status_code == 200, answer.text
    found = await shown(town, reception_id)
    assert (found["state"], found["missed"], found["recorded_late"]) == ("held", True, True)
    kinds = [each["event"] for each in found["history"]]
    assert kinds == ["reception-scheduled", "reception-missed", "reception-held"]


async def test_a_case_is_named_to_those_alone_who_may_read_it(town: Doors) -> None:
    await registered_unit(town, "water-station", unit_type="water")
    reception_id = await begun(town)
    path = f"/receptions/{reception_id}/receive-visit"
    case_id = await town.file(complained_unit="water-station")
    elsewhere = await town.file(NEIGHBOUR)
    named = VISIT | {"case_is": "filed-here"}
    assert (await town.post(path, named | {"case_id": case_id})).status_code == 200
    water = {"unit": "water-station"}
    for other, claims in ((elsewhere, None), (case_id, water)):
        refused = await town.post(path, named | {"case_id": other}, claims=claims)
        assert problem(refused) == "case-not-on-record"
    found = await shown(town, reception_id)
    assert found["visits"][0]["case_id"] == case_id
    ledger = f"/ledgers/{HERE.split('/')[2]}/events"
    for unit, is_there in (("water-station", False), ("petition-office", True)):
        page = await town.get(ledger, role=Role.AUDITOR, limit=1000, claims={"unit": unit})
        kinds = [each["type"] for each in page.json()["items"]]
        assert "reception-held" in kinds
        assert ("reception-visit-received" in kinds) is is_there
        assert (case_id in page.text) is is_there
    kept = await shown(town, reception_id, unit="water-station")
    assert (kept["visits"][0]["case_id"], kept["visits"][0]["headcount"]) == (None, 5)
    assert case_id not in str(kept)


async def test_another_township_has_no_such_reception(town: Doors) -> None:
    reception_id = await begun(town)
    headers = town.tokens.headers(Role.CLERK, NEIGHBOUR, "post-1")
    answer = await town.http.get(f"/receptions/{reception_id}", headers=headers)
    assert problem(answer) == "reception-not-found"


async def test_a_visit_with_the_acknowledgement_is_a_ground_of_the_resolution(town: Doors) -> None:
    case_id, other = await town.file(), await town.file()
    for each in (case_id, other):
        await town.tell(each, ACCEPT)
    reception_id = await begun(town)
    solved = VISIT | {"solved_on_site": True, "acknowledged": True, "case_is": "filed-here"}
    path = f"/receptions/{reception_id}/receive-visit"
    assert (await town.post(path, solved | {"case_id": case_id})).status_code == 200
    resolve = {"how": "on-the-spot", "on_site": True, "reception_id": reception_id}
    assert problem(await town.post(f"/cases/{other}/resolve", resolve)) == "grounds-missing"
    nowhere = resolve | {"reception_id": other}
    assert problem(await town.post(f"/cases/{case_id}/resolve", nowhere)) == "reception-not-found"
    answer = await town.post(f"/cases/{case_id}/resolve", resolve)
    assert answer.status_code == 200, answer.text
    found = await shown(town, reception_id)
    history = (await town.get(f"/cases/{case_id}")).json()["history"]
    assert history[-1]["data"]["grounds"] == [found["history"][-1]["event_id"]]
    [visit] = found["visits"]
    void = {"visit_id": visit["visit_id"], "reason": "by-mistake"}
    path = f"/receptions/{reception_id}/void-visit"
    assert problem(await town.post(path, void)) == "visit-is-a-ground"
    assert (await town.post(f"/cases/{case_id}/reopen", REOPEN)).status_code == 200
    assert (await town.post(path, void)).status_code == 200


async def test_a_void_visit_is_no_ground(town: Doors) -> None:
    case_id = await town.file()
    await town.tell(case_id, ACCEPT)
    path = f"/receptions/{await begun(town)}"
    solved = VISIT | {"solved_on_site": True, "acknowledged": True, "case_is": "raised-before"}
    answer = await town.post(f"{path}/receive-visit", solved | {"case_id": case_id})
    [visit_id] = answer.json()["visit_ids"]
    await town.post(f"{path}/void-visit", {"visit_id": visit_id, "reason": "by-mistake"})
    resolve = {"how": "on-the-spot", "reception_id": path.rpartition("/")[2]}
    assert problem(await town.post(f"/cases/{case_id}/resolve", resolve)) == "grounds-missing"
