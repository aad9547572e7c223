"""Who has no unit learns nothing that may be about it: reports, signals, warnings and the ledger."""

from typing import Any

import pytest

from shared.identity import Role
from tests.grid.doors import TOWNSHIP, Doors, problem
from tests.grid.test_attaching import attached
from tests.grid.test_reports import a_report
from tests.grid.test_signals import a_signal, an_order
from tests.shared.attachments.files import pdf

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
