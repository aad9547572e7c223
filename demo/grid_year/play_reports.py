"""Plays the reports of the year through the API of grid, by the backfill role."""

from collections.abc import Iterator

from cli.system import System
from demo.commanding.command_api import Command
from demo.commanding.play_report import PlayReport
from demo.commanding.records import Record, play_records
from demo.grid_year.report_steps import steps, submission
from demo.grid_year.scenario import reports


def play_reports(system: System, township: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    return play_records(system, "grid", township, "reports", _records(township))


def _records(township: str) -> Iterator[Record]:
    for report in reports():
        key = f"demo/report/{report.number}"
        yield Record(
            Command(f"/townships/{township}/reports", submission(report), key),
            id_field="report_id",
            path="/reports/{}",
            key=key,
            steps=list(steps(report)),
        )
