"""Plays the early warnings of the year through the API of grid, by the backfill role."""

import asyncio
from collections.abc import Sequence

from cli.problems import raise_for_problem
from cli.system import System
from demo.commanding.command_api import Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.commanding.records import Record, RecordPlayer
from demo.grid_year.play_reports import submitting
from demo.grid_year.warnings import Warned, disposing, raising, warnings
from shared.identity import Role

_SERVICE = "grid"


def play_warnings(system: System, township: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    ledger = f"{_SERVICE}/{township}"
    report = PlayReport("warnings", ledger, end_of_ledger(system, _SERVICE, township))
    try:
        asyncio.run(_play(system, township, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


async def _play(system: System, township: str, report: PlayReport) -> None:
    every = list(warnings())
    async with posting(system, _SERVICE, township) as post:
        api = CommandApi(_SERVICE, post)
        # the report's own command and key: whoever sends it first, it is submitted once
        known = [(await api.send(submitting(each.report, township))).content for each in every]
        causes = _submissions(system, township, [each["report_id"] for each in known])
        records = [
            _record(warned, township, about["matter_id"], cause)
            for warned, about, cause in zip(every, known, causes, strict=True)
        ]
        await RecordPlayer(api, report).play(iter(records))


def _submissions(system: System, township: str, report_ids: Sequence[str]) -> list[str]:
    """The ids of the events by which these reports were submitted."""
    found = []
    with system.client(_SERVICE, Role.AUDITOR, township) as client:
        for report_id in report_ids:
            answer = client.get(f"/reports/{report_id}")
            raise_for_problem(answer)
            found.append(str(answer.json()["history"][0]["event_id"]))
    return found


def _record(warned: Warned, township: str, matter_id: str, because: str) -> Record:
    key = f"demo/warning/{warned.number}"
    body = raising(warned, matter_id, because)
    return Record(
        Command(f"/townships/{township}/warnings", body, key),
        id_field="warning_id",
        path="/warnings/{}",
        key=key,
        steps=[disposing(warned)],
    )
