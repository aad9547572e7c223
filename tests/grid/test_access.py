"""Who has no unit learns nothing that may be about it: reports, signals, warnings and the ledger."""

from typing import Any

import orjson
import pytest

from services.grid.store.followed_cases import states_of_cases
from shared.contracts.transfers import TransferNoted
from shared.divisions import new_id
from shared.identity import Role
from tests.grid.doors import NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.test_attaching import attached
from tests.grid.test_reports import a_report, go, submit
from tests.grid.test_signals import a_signal, an_order
from tests.grid.test_suggestions import a_case, follow_event
from tests.grid.test_weekly_reports import MONDAY, OF_MONTHS, OF_WEEKS
from tests.office_doors import at
from tests.shared.attachments.files import pdf
from tests.stored_events import stored

pytestmark = pytest.mark.parts
WITHOUT_UNIT: tuple[dict[str, Any], ...] = (
    {"unit": None, "post": None},
    {"unit": None},
)


@pytest.mark.parametrize("claims", WITHOUT_UNIT)
async def test_a_token_of_no_unit_opens_nothing_that_may_be_about_one(
    doors: Doors, claims: dict[str, Any]
) -> None:
    report_id, signal_id = await a_report(doors), await a_signal(doors)
    digest = await attached(doors, report_id, pdf())
    nobody: dict[str, Any] = {"role": Role.CLERK, "claims": claims}
    for path in (
        "/reports",
        f"/reports/{report_id}",
        f"/reports/{report_id}/words",
        f"/reports/{report_id}/for-take-over",
        f"/reports/{report_id}/attachments/{digest}",
        f"/townships/{TOWNSHIP}/weekly-reports/2025-W10/reports",
        f"/townships/{TOWNSHIP}/assessments/2025-03/draft",
        "/signals",
        f"/signals/{signal_id}",
        f"/signals/{signal_id}/words",
        f"/signals/{signal_id}/suggestions",
        "/warnings",
        "/watches",
    ):
        asked = await doors.get(path, **nobody)
        assert (asked.status_code, problem(asked)) == (403, "post-missing"), path
    assert problem(await doors.upload(report_id, pdf(), **nobody)) == "post-missing"
    for path, body in (
        (f"/reports/{report_id}/validate", {}),
        (f"/signals/{signal_id}/link", {"to_report_id": report_id, "why": "same-matter"}),
        (f"/signals/{signal_id}/unmerge", {}),
        (f"/townships/{TOWNSHIP}/hotline-orders", an_order()),
    ):
        sent = await doors.post(path, body, **nobody)
        assert (sent.status_code, problem(sent)) == (403, "post-missing"), path


async def test_a_reader_of_no_unit_reads_no_ledger(doors: Doors) -> None:
    await a_report(doors)
    for role in (Role.AUDITOR, Role.COUNTY_LEADER):
        path = f"/ledgers/{TOWNSHIP}/events"
        refused = await doors.get(path, role=role, claims={"unit": None, "post": None})
        assert (refused.status_code, problem(refused)) == (403, "post-missing")
        assert (await doors.get(path, role=role)).status_code == 200


OWN: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "labour-office"}}
WEEK = "2025-W10"
PERIODS = {"weekly-report-filed", "assessment-held"}


async def test_a_week_names_no_matter_that_complains_of_the_readers_unit(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
        about = (await submit(doors, grid, about_unit="labour-office"))["matter_id"]
        other = (await submit(doors, grid))["matter_id"]
    told: Body = {"matters": [about, other], "words": "两件都在办。"}
    weekly, monthly = f"{OF_WEEKS}/{WEEK}", f"{OF_MONTHS}/2025-03"
    await doors.done(f"{weekly}/file", told, 201)
    await doors.done(OF_MONTHS, told | {"month": "2025-03", "participants": 3}, 201)
    for path in (weekly, monthly):
        shown = await doors.get(path, **OWN)
        assert shown.status_code == 200
        assert about not in shown.text
        assert other in shown.text
        assert "两件" not in (await doors.get(f"{path}/words", **OWN)).text
        whole = await doors.get(path, role=Role.CLERK)
        assert about in whole.text
        assert len(whole.json()["history"]) == 1
        assert "两件" in (await doors.get(f"{path}/words", role=Role.CLERK)).text
    assert about not in (await doors.get(f"{monthly}/draft", **OWN)).text


async def test_a_page_of_the_ledger_leaves_out_weeks_and_months_that_tell_of_a_hidden_matter(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
        about = (await submit(doors, grid, about_unit="labour-office"))["matter_id"]
        other = (await submit(doors, grid))["matter_id"]
    await doors.done(f"{OF_WEEKS}/{WEEK}/file", {"matters": [other, about]}, 201)
    week = await doors.get(f"{OF_WEEKS}/{WEEK}", role=Role.CLERK)
    of_week = week.json()["history"][0]["event_id"]
    for day, matters in (("2025-03-11", [other]), ("2025-03-12", [about])):
        held = {"month": "2025-03", "participants": 3, "matters": matters}
        held["happened_on"] = day
        await doors.done(OF_MONTHS, held, 201)

    async def kinds(unit: str) -> list[str]:
        claims = {"unit": unit, "post": f"{unit}-1"}
        path = f"/ledgers/{TOWNSHIP}/events"
        page = (await doors.get(path, role=Role.AUDITOR, claims=claims)).json()["items"]
        assert (about in str(page)) is (unit != "labour-office")
        proof = f"/ledgers/{TOWNSHIP}/events/{of_week}/inclusion"
        refused = await doors.get(proof, role=Role.AUDITOR, claims=claims)
        assert (problem(refused) == "event-unknown") is (unit == "labour-office")
        return [each["type"] for each in page]

    assert [each for each in await kinds("labour-office") if each in PERIODS] == [
        "assessment-held"
    ]
    assert len([each for each in await kinds("audit-office") if each in PERIODS]) == 3


async def test_undoing_a_merger_names_no_signal_that_complains_of_the_own_unit(
    doors: Doors,
) -> None:
    first, second = await a_signal(doors), await a_signal(doors)
    about = await a_signal(doors, complained_unit="labour-office", to_unit="water-office")
    merged = {"duplicates": [second, about]}
    assert (await doors.done(f"/signals/{first}/merge", merged))["done"] == 2
    shown = await doors.done(f"/signals/{first}/unmerge", {}, **OWN)
    assert [each["signal_id"] for each in shown["results"]] == [second]


async def test_a_report_about_a_unit_is_converted_to_a_mediation_that_names_the_unit(
    doors: Doors,
) -> None:
    report_id = await a_report(doors, about_unit="labour-office", about_division=TOWNSHIP)
    body = {"to": "mediation", "committee_id": new_id(TOWNSHIP)}
    await go(doors, report_id, ("validate", {}), ("convert", body))
    fact = orjson.loads((await doors.office.ledger.stream(TOWNSHIP, report_id))[-1].data)
    mark = doors.office.marks.of_unit("labour-office")
    assert (fact["about_mark"], fact["about_division"]) == (mark, TOWNSHIP)
    assert "about_unit" not in fact
    hidden = await doors.get(f"/reports/{report_id}/for-take-over", **OWN)
    assert problem(hidden) == "report-not-found"


async def test_a_report_states_only_a_matter_that_is_known_and_not_hidden(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    known = (await submit(doors, grid))["matter_id"]
    about = (await submit(doors, grid, about_unit="labour-office"))["matter_id"]
    assert (await submit(doors, grid, matter_id=known))["matter_id"] == known
    body = {"grid_code": grid, "topic": "noise", "words": "吵。"}
    path = f"/townships/{TOWNSHIP}/reports"
    for matter_id in (new_id(TOWNSHIP), new_id(NEIGHBOUR)):
        refused = await doors.post(path, body | {"matter_id": matter_id})
        assert (refused.status_code, problem(refused)) == (422, "no-such-matter")
    hidden = await doors.post(path, body | {"matter_id": about}, **OWN)
    assert problem(hidden) == "no-such-matter"
    assert (await submit(doors, grid, matter_id=about))["matter_id"] == about


async def test_a_matter_that_comes_back_complains_of_the_unit_stated_meanwhile(
    doors: Doors,
) -> None:
    case = await a_case(doors, await doors.village(), complained_unit="water-office")
    back = stored(TransferNoted).model_copy(
        update={
            "matter_id": case.matter_id,
            "case_id": case.case_id,
            "complained_unit": "labour-office",
            "complained_division": None,
        }
    )
    await follow_event(doors, back, case.case_id)
    (state,) = await states_of_cases(doors.pool, TOWNSHIP, [case.case_id])
    assert state.complained_unit == "labour-office"


async def test_a_link_to_what_complains_of_a_unit_is_not_shown_to_it(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    about = await submit(doors, grid, about_unit="labour-office")
    signal_id = await a_signal(doors)
    own_matter = (await doors.get(f"/signals/{signal_id}")).json()["matter_id"]
    body = {"to_report_id": about["report_id"], "why": "same-matter"}
    linked = await doors.done(f"/signals/{signal_id}/link", body)
    assert linked["matter_id"] == about["matter_id"]
    unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    one = await doors.get(f"/signals/{signal_id}", **unit)
    answered = await doors.post(f"/signals/{signal_id}/answer", {"result": "solved"}, **unit)
    lists = [
        await doors.get("/signals", limit=500, **unit),
        await doors.get("/signals", linked_id=about["report_id"], **unit),
        await doors.get("/signals", matter_id=about["matter_id"], **unit),
    ]
    for shown in (one, answered, *lists):
        assert shown.status_code == 200, shown.text
        assert about["report_id"] not in shown.text
        assert about["matter_id"] not in shown.text
    for shown in (one, answered):
        assert shown.json()["matter_id"] == own_matter
        assert shown.json()["linked_kind"] is None
    assert [len(each.json()["items"]) for each in lists[1:]] == [0, 0]
    auditor: dict[str, Any] = {"role": Role.AUDITOR, "claims": {"unit": "labour-office"}}
    ledger = await doors.get(f"/ledgers/{TOWNSHIP}/events", limit=1000, **auditor)
    assert ledger.status_code == 200
    assert about["matter_id"] not in ledger.text
    desk = await doors.get(f"/signals/{signal_id}")
    assert desk.json()["linked_id"] == about["report_id"]
    await doors.done(f"/signals/{signal_id}/unlink", {})
    assert about["report_id"] not in (await doors.get(f"/signals/{signal_id}", **unit)).text
