"""Department orders: opened for a report, to which it is converted, and whose answer comes back."""

from typing import Any

import pytest

from services.grid.policies import STEPS, shipped_terms
from services.grid.stream.order_outcomes import order_outcome_runner
from shared.identity import Role
from tests.grid.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.test_reports import go, history, submit
from tests.grid.test_signals import push, tell

pytestmark = pytest.mark.parts
PATH = f"/townships/{TOWNSHIP}/work-orders"


async def a_valid_report(doors: Doors, **changes: Any) -> Body:
    grid = await doors.grid(await doors.village())
    report = await submit(doors, grid, **changes)
    await go(doors, report["report_id"], ("validate", {}))
    return report


async def an_order_for(doors: Doors, report: Body, **changes: Any) -> str:
    body = {"report_id": report["report_id"], "to_unit": "labour-office"}
    return str((await doors.done(PATH, body | changes, 201))["signal_id"])


async def converted(doors: Doors) -> tuple[str, str]:
    """A report that was converted to an order, and the order."""
    report = await a_valid_report(doors)
    order_id = await an_order_for(doors, report)
    told = await go(
        doors, report["report_id"], ("convert", {"to": "work-order", "order_id": order_id})
    )
    assert (told["state"], told["record_id"]) == ("converted", order_id)
    return report["report_id"], order_id


async def work_off(doors: Doors) -> None:
    """The rows that are due, and again: the second time nothing is left."""
    terms = shipped_terms(STEPS)
    for _ in range(2):
        await order_outcome_runner(doors.office.ledger, county=COUNTY, terms=terms).work_off()


async def state_of(doors: Doors, report_id: str) -> Body:
    told: Body = (await doors.get(f"/reports/{report_id}")).json()
    return told


async def test_a_report_is_converted_to_the_order_that_was_opened_for_it(doors: Doors) -> None:
    report, other = await a_valid_report(doors), await a_valid_report(doors)
    of_other = await an_order_for(doors, other)
    of_hotline = (await push(doors))["signal_id"]
    nowhere = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"
    elsewhere = f"{NEIGHBOUR}-0198a5c0-0000-7000-8000-00000000dead"
    for order_id in (of_other, of_hotline, nowhere, elsewhere):
        body = {"to": "work-order", "order_id": order_id}
        answer = await doors.post(f"/reports/{report['report_id']}/convert", body)
        assert problem(answer) == "work-order-not-found"


@pytest.mark.parametrize(
    ("result", "state", "outcome"),
    [("solved", "handled", "resolved"), ("not-our-remit", "returned", "not-taken-up")],
)
async def test_an_answer_that_was_there_before_the_conversion_is_noted_at_once(
    doors: Doors, result: str, state: str, outcome: str
) -> None:
    report = await a_valid_report(doors)
    order_id = await an_order_for(doors, report)
    await tell(doors, order_id, "answer", {"result": result})
    await work_off(doors)
    body = {"to": "work-order", "order_id": order_id}
    await go(doors, report["report_id"], ("convert", body))
    await work_off(doors)
    told = await state_of(doors, report["report_id"])
    assert (told["state"], told["outcome"]) == (state, outcome)
    noted = [
        each
        for each in await history(doors, report["report_id"])
        if each["event"] == "grid-report-outcome-noted"
    ]
    assert len(noted) == 1


async def test_no_order_is_opened_for_what_is_converted_or_handled(doors: Doors) -> None:
    report_id, _ = await converted(doors)
    body = {"report_id": report_id, "to_unit": "labour-office"}
    assert problem(await doors.post(PATH, body)) == "report-takes-no-order"
    handled = await a_valid_report(doors)
    await go(
        doors,
        handled["report_id"],
        ("dispatch", {"to_unit": "labour-office"}),
        ("handle", {"result": "solved"}),
    )
    body = {"report_id": handled["report_id"], "to_unit": "labour-office"}
    assert problem(await doors.post(PATH, body)) == "report-takes-no-order"


async def test_an_order_that_is_sent_again_after_the_conversion_is_known(doors: Doors) -> None:
    report = await a_valid_report(doors)
    order = {"report_id": report["report_id"], "to_unit": "labour-office", "number": "RS-2025-9"}
    opened = await doors.done(PATH, order, 201)
    to_it = {"to": "work-order", "order_id": opened["signal_id"]}
    await go(doors, report["report_id"], ("convert", to_it))
    assert await doors.done(PATH, order, 201) == opened


async def test_a_unit_that_does_not_take_a_reports_order_gives_the_report_back(
    doors: Doors,
) -> None:
    report_id, order_id = await converted(doors)
    unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    told = await tell(doors, order_id, "answer", {"result": "not-our-remit"}, **unit)
    assert told["state"] == "answered"
    await work_off(doors)
    assert (await state_of(doors, report_id))["state"] == "returned"


async def test_the_answer_of_the_order_comes_back_to_the_report_once(doors: Doors) -> None:
    report_id, order_id = await converted(doors)
    await tell(doors, order_id, "answer", {"result": "solved", "words": "已接通。"})
    await work_off(doors)
    told = await state_of(doors, report_id)
    assert (told["state"], told["outcome"]) == ("handled", "resolved")
    assert told["due_at"] is not None
    notes = [
        each for each in await history(doors, report_id) if each["event"].endswith("outcome-noted")
    ]
    assert len(notes) == 1
    assert notes[0]["actor_ref"] == "policy:grid"
    closed = await go(
        doors, report_id, ("verify", {"confirmed": True, "how": "call"}), ("close", {})
    )
    assert closed["state"] == "closed"


async def test_what_the_unit_does_not_take_is_dispatched_anew(doors: Doors) -> None:
    report_id, order_id = await converted(doors)
    await tell(doors, order_id, "answer", {"result": "not-our-remit"})
    await work_off(doors)
    told = await state_of(doors, report_id)
    assert (told["state"], told["outcome"]) == ("returned", "not-taken-up")


async def test_a_report_whose_order_is_void_is_the_desks_again(doors: Doors) -> None:
    report_id, order_id = await converted(doors)
    body = {"reason": "opened-by-mistake", "words": "开错了单位。"}
    by_unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    assert (await doors.post(f"/signals/{order_id}/void", body, **by_unit)).status_code == 403
    told = await tell(doors, order_id, "void", body)
    assert (told["state"], told["voided"]) == ("voided", "opened-by-mistake")
    assert order_id not in (await doors.get("/signals", open=True, to_unit="labour-office")).text
    await work_off(doors)
    report = await state_of(doors, report_id)
    assert (report["state"], report["outcome"]) == ("returned", "voided")
    assert [each["event"] for each in await history(doors, report_id)].count(
        "grid-report-outcome-noted"
    ) == 1


async def test_no_report_is_converted_to_a_void_order(doors: Doors) -> None:
    report = await a_valid_report(doors)
    order_id = await an_order_for(doors, report)
    await tell(doors, order_id, "void", {"reason": "opened-twice"})
    await work_off(doors)
    assert (await state_of(doors, report["report_id"]))["state"] == "validated"
    body = {"to": "work-order", "order_id": order_id}
    answer = await doors.post(f"/reports/{report['report_id']}/convert", body)
    assert problem(answer) == "work-order-not-found"


async def test_an_order_to_which_nothing_was_converted_is_noted_nowhere(doors: Doors) -> None:
    report = await a_valid_report(doors)
    order_id = await an_order_for(doors, report)
    await tell(doors, order_id, "answer", {"result": "solved"})
    await work_off(doors)
    assert (await state_of(doors, report["report_id"]))["state"] == "validated"


async def test_the_unit_a_report_is_about_is_not_given_its_order_and_sees_none(
    doors: Doors,
) -> None:
    report = await a_valid_report(doors, about_unit="roads-office", about_division=TOWNSHIP)
    body = {"report_id": report["report_id"], "to_unit": "roads-office"}
    assert problem(await doors.post(PATH, body)) == "report-goes-one-level-up"
    order_id = await an_order_for(doors, report)
    opened = (await doors.get(f"/signals/{order_id}")).json()["history"][0]["data"]
    assert "complained_unit" not in opened
    stated = (opened["complained_mark"], opened["complained_division"])
    assert stated == (doors.office.marks.of_unit("roads-office"), TOWNSHIP)
    of_it: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "roads-office"}}
    assert problem(await doors.get(f"/signals/{order_id}", **of_it)) == "signal-not-found"
    assert order_id not in (await doors.get("/signals", **of_it)).text
    by_it = await doors.post(PATH, body | {"to_unit": "labour-office"}, **of_it)
    assert problem(by_it) == "report-takes-no-order"


async def test_a_page_of_the_ledger_leaves_out_what_complains_of_the_readers_unit(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    signal_id = (await push(doors, complained_unit="roads-office"))["signal_id"]
    path = f"/ledgers/{TOWNSHIP}/events"
    claims = {"unit": "roads-office", "post": "roads-office-1"}
    withheld = await doors.get(path, role=Role.AUDITOR, claims=claims)
    assert withheld.status_code == 200
    assert signal_id not in withheld.text
    other = {"unit": "audit-office", "post": "audit-office-1"}
    assert signal_id in (await doors.get(path, role=Role.AUDITOR, claims=other)).text


async def test_grid_workers_do_not_read_the_list(doors: Doors) -> None:
    assert (await doors.get("/signals", role=Role.GRID_WORKER)).status_code == 403
