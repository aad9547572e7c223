"""How a report is shown whose case is an accusation: that it was taken up, and nothing of its way.

A case may become one after its steps were noted. What is recorded stays in the ledger.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from services.grid.api.command_answers import report_summary
from services.grid.api.office import Office
from services.grid.api.report_access import is_accusation
from services.grid.domain.report import Report
from services.grid.store.complained_units import complained_unit
from services.grid.store.followed_cases import accusations
from services.grid.store.report_board import ReportLine
from shared.contracts.grid_reports import GridReportOutcomeNoted
from shared.contracts.report_codes import ReportOutcome
from shared.divisions import division_of
from shared.ledger.read import StreamEvent
from shared.postgres import transaction


async def summary_and_hidden(
    office: Office, report: Report, history: Sequence[StreamEvent]
) -> tuple[dict[str, Any], frozenset[str]]:
    """The report as its page shows it, and the events that the page leaves out."""
    summary = report_summary(report)
    if report.known is not None and report.known.about_mark is not None:
        known = report.known.report_id
        summary["about_unit"] = await complained_unit(office.pool, division_of(known), known)
    if not await is_accusation(office, report):
        return summary, frozenset()
    return _taken_up(summary), frozenset(each.event_id for each in history if _is_of_its_way(each))


async def shown_lines(office: Office, scope: str, lines: Sequence[ReportLine]) -> list[ReportLine]:
    """The lines of a list, without what was noted of accusations."""
    ids = [each.record_id for each in lines if each.record_id and each.outcome]
    if not ids:
        return list(lines)
    async with transaction(office.pool, scope) as connection:
        accused = await accusations(connection, ids)
    return [
        replace(each, outcome=ReportOutcome.TAKEN_UP.value) if each.record_id in accused else each
        for each in lines
    ]


def _taken_up(summary: dict[str, Any]) -> dict[str, Any]:
    return summary | {"outcome": summary["outcome"] and ReportOutcome.TAKEN_UP}


def _is_of_its_way(event: StreamEvent) -> bool:
    if event.kind != GridReportOutcomeNoted.kind:
        return False
    return bool(orjson.loads(event.data)["outcome"] != ReportOutcome.TAKEN_UP)
