"""Receptions: one row each, scheduled, held, missed or void, with the counts of its visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, LiteralString

from psycopg import sql

from services.intake.domain.receptions import ReceptionFile, ReceptionState
from services.intake.store.due_receptions import rows_for
from shared.board import Board, Descending, Division, Equals, Key, Moves, Unless
from shared.contracts.reception_codes import ReceptionForm
from shared.contracts.words import PostRef
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionLine:
    """A reception as the list shows it."""

    division: Division
    reception_id: Key[str]
    state: Annotated[Moves[str], Equals(ReceptionState)]
    form: Annotated[Moves[str], Equals(ReceptionForm)]
    leader_post: Annotated[Moves[str], Equals(PostRef)]
    on_day: Moves[date]
    """The day on which it was held, or for which it is scheduled."""
    place_kind: Moves[str]
    scheduled_for: Moves[date | None]
    """None where it was not scheduled."""
    missed: Moves[bool]
    """Whether it was recorded as missed; it may have been recorded later."""
    batches: Moves[int]
    person_times: Moves[int]
    solved_on_site: Moves[int]
    version: Moves[int]


RECEPTION_BOARD = Board(
    "reception_board",
    shows=ReceptionLine,
    filters=(Unless("voided_too", sql.SQL("state <> 'voided'"), "Those that are void as well"),),
    orders={
        "newest": Descending(
            by=("division", "on_day", "reception_id"),
            says="township by township, the latest day first",
        )
    },
)


_HELD: LiteralString = """
    select leader_post, on_day from reception_board
    where division_code = %(division)s and on_day between %(first)s and %(last)s
      and state = 'held'
"""


async def held_between(
    pool: Pool, division: str, first: date, last: date
) -> dict[str, list[date]]:
    """The days of the receptions that are on record as held, by the leader's post."""
    named = {"division": division, "first": first, "last": last}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _HELD, named)
    days: dict[str, list[date]] = {}
    for row in found:
        days.setdefault(row["leader_post"], []).append(row["on_day"])
    return days


def view_writes(written: Sequence[Written[ReceptionFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger, and puts the rows of what is scheduled."""
    rows = [row for each in written if (row := _row(each.state))]
    division = division_of(written[0].new[0].stream_id)
    return [*RECEPTION_BOARD.upsert(division, rows), *rows_for(written)]


def _row(reception: ReceptionFile) -> dict[str, object] | None:
    known, visits = reception.known, reception.visits.values()
    if known is None:
        return None
    return {
        "reception_id": known.reception_id,
        "state": reception.state,
        "form": known.form,
        "leader_post": known.leader_post,
        "on_day": known.on,
        "place_kind": known.place_kind,
        "scheduled_for": reception.scheduled and reception.scheduled.on,
        "missed": reception.missed is not None,
        "batches": len(visits),
        "person_times": sum(each.headcount for each in visits),
        "solved_on_site": sum(each.solved_on_site for each in visits),
        "version": reception.version,
    }
