"""Conferences: one row each, held, missed or void, with its tasks and the next day that one is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.intake.domain.conferences import ConferenceFile, ConferenceState
from services.intake.store.due_conferences import rows_for
from shared.board import Board, Descending, Division, Equals, Flag, Key, Moves, Unless
from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.conferences import ConferenceHeld
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceLine:
    """A conference as the list shows it."""

    division: Division
    conference_id: Key[str]
    state: Annotated[Moves[str], Equals(ConferenceState)]
    form: Annotated[Moves[str], Equals(ConferenceForm)]
    on_day: Moves[date]
    """The day on which it was held; of a month that was missed its first day."""
    month: Moves[str | None]
    missed: Moves[bool]
    """Whether it was recorded as missed; it may have been recorded later."""
    units: Moves[int]
    """How many took part."""
    cross_department: Moves[bool]
    tasks: Moves[int]
    tasks_done: Moves[int]
    next_due_on: Moves[date | None]
    """The first last day of a task that is not done."""
    version: Moves[int]


_OVERDUE = sql.SQL("next_due_on < (now() at time zone 'Asia/Shanghai')::date")
CONFERENCE_BOARD = Board(
    "conference_board",
    shows=ConferenceLine,
    filters=(
        Unless("voided_too", sql.SQL("state <> 'voided'"), "Those that are void as well"),
        Flag("overdue", _OVERDUE, "Only conferences of which a task is overdue"),
    ),
    orders={
        "newest": Descending(
            by=("division", "on_day", "conference_id"),
            says="township by township, the latest day first",
        )
    },
)


def view_writes(written: Sequence[Written[ConferenceFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger, and puts the rows after missed months."""
    rows = [row for each in written if (row := _row(each.state))]
    division = division_of(written[0].new[0].stream_id)
    return [*CONFERENCE_BOARD.upsert(division, rows), *rows_for(written)]


def _row(conference: ConferenceFile) -> dict[str, object] | None:
    known = conference.known
    if known is None:
        return None
    held, tasks = conference.held, conference.tasks
    return {
        "conference_id": known.conference_id,
        "state": conference.state,
        "form": known.form,
        "on_day": _day(conference),
        "month": known.month,
        "missed": conference.missed is not None,
        "units": len(held.units) if held else 0,
        "cross_department": bool(held and held.cross_department),
        "tasks": len(tasks),
        "tasks_done": len(tasks) - len(conference.open_tasks),
        "next_due_on": min((each.due_on for each in conference.open_tasks), default=None),
        "version": conference.version,
    }


def _day(conference: ConferenceFile) -> date:
    known = conference.known
    if isinstance(known, ConferenceHeld):
        return known.on
    return date.fromisoformat(f"{known.month}-01") if known else date.min
