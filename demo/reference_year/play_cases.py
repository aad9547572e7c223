"""Plays the petitions of the reference year through the API of intake, by the backfill role."""

from collections.abc import Iterator

from cli.system import System
from demo.commanding.command_api import Command
from demo.commanding.play_report import PlayReport
from demo.commanding.records import Record, play_records
from demo.reference_year.scenario import petitions
from demo.reference_year.steps import filing, steps


def play_cases(system: System, township: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    return play_records(system, "intake", township, "petitions", _records(township))


def _records(township: str) -> Iterator[Record]:
    for petition in petitions():
        key = f"demo/petition/{petition.number}"
        yield Record(
            Command(f"/townships/{township}/cases", filing(petition, township), key),
            id_field="case_id",
            path="/cases/{}",
            key=key,
            steps=list(steps(petition)),
        )
