"""Plays the reports of the year through the API of grid, by the backfill role."""

from collections.abc import Iterator

from cli.system import System
from demo.commanding.command_api import Command
from demo.commanding.play_report import PlayReport
from demo.commanding.records import Record, play_records
from demo.grid_year.report_steps import steps, submission
from demo.grid_year.scenario import Report, reports


def play_reports(system: System, township: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    return play_records(system, "grid", township, "reports", _records(township))


def submitting(report: Report, township: str) -> Command:
    """The command that submits a report."""
    path = f"/townships/{township}/reports"
    return Command(path, submission(report), f"demo/report/{report.number}")


def _records(township: str) -> Iterator[Record]:
    for report in reports():
        beginning = submitting(report, township)
        yield Record(
            beginning,
            id_field="report_id",
            path="/reports/{}",
            key=beginning.key,
            steps=list(steps(report)),
        )
