"""Key cases: one row each, open, closed or void, with the day of its last step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, LiteralString

from psycopg import sql

from services.intake.domain.key_case_policy import KEY_CASES
from services.intake.domain.key_cases import KeyCaseFile, KeyCaseState
from services.intake.store.case_board import NOT_OF_OWN_UNIT
from shared.board import (
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Unless,
    among,
)
from shared.contracts.key_case_codes import KeyCaseEnd
from shared.contracts.words import PostRef
from shared.divisions import Identifier, division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCaseLine:
    """A key case as the list shows it."""

    division: Division
    key_case_id: Key[str]
    case_id: Annotated[str, Equals(Identifier)]
    state: Annotated[Moves[str], Equals(KeyCaseState)]
    leader_post: Annotated[str, Equals(PostRef)]
    task_force: int
    """How many units are in it."""
    backlog: bool
    opened_on: date
    target_on: date
    steps: Moves[int]
    last_step_on: Moves[date]
    closed_on: Moves[date | None]
    ended_as: Annotated[Moves[str | None], Equals(KeyCaseEnd)]
    in_time: Moves[bool | None]
    """Whether it was settled by the target day; null while it is open."""
    version: Moves[int]


_TODAY = "(now() at time zone 'Asia/Shanghai')::date"
_OPEN = among("state", KeyCaseState.OPEN)
_RESTING = sql.SQL(f"{{}} and last_step_on < {_TODAY} - {KEY_CASES.days_without_a_step}").format(
    _OPEN
)
_OVERDUE = sql.SQL(f"{{}} and target_on < {_TODAY}").format(_OPEN)
_OF_OTHERS: LiteralString = f"""
    exists (select from case_board
        where case_board.division_code = key_case_board.division_code
          and case_board.case_id = key_case_board.case_id
          and case_board.state <> 'with-discipline' and ({NOT_OF_OWN_UNIT.sql}))
"""
NOT_KEPT = Restriction("not_kept", _OF_OTHERS)
"""Leaves out key cases whose case is kept from whoever asks."""
KEY_CASE_BOARD = Board(
    "key_case_board",
    shows=KeyCaseLine,
    filters=(
        Unless("voided_too", sql.SQL("state <> 'voided'"), "Those that are void as well"),
        Flag("backlog_only", sql.SQL("backlog"), "Only backlog cases"),
        Flag(
            "resting",
            _RESTING,
            f"Only open ones without a step for {KEY_CASES.days_without_a_step} days",
        ),
        Flag("overdue", _OVERDUE, "Only open ones whose target day has passed"),
    ),
    restrictions=(NOT_KEPT,),
    orders={
        "newest": Descending(
            by=("division", "opened_on", "key_case_id"),
            says="township by township, the latest taken first",
        )
    },
)
_OF_CASE: LiteralString = """
    select key_case_id from key_case_board
    where division_code = %(division)s and case_id = %(case_id)s and state = 'open'
"""


async def open_of(pool: Pool, case_id: str) -> str | None:
    """The open key case of a case."""
    named = {"division": division_of(case_id), "case_id": case_id}
    async with transaction(pool, division_of(case_id)) as connection:
        found = await rows(connection, _OF_CASE, named)
    return str(found[0]["key_case_id"]) if found else None


def view_writes(written: Sequence[Written[KeyCaseFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows_now = [row for each in written if (row := _row(each.state))]
    return KEY_CASE_BOARD.upsert(division_of(written[0].new[0].stream_id), rows_now)


def _row(key_case: KeyCaseFile) -> dict[str, object] | None:
    opened, closed = key_case.opened, key_case.closed
    if opened is None:
        return None
    return {
        "key_case_id": opened.key_case_id,
        "case_id": opened.case_id,
        "state": key_case.state,
        "leader_post": opened.leader_post,
        "task_force": len(opened.task_force),
        "backlog": opened.backlog,
        "opened_on": opened.on,
        "target_on": opened.target_on,
        "steps": len(key_case.steps),
        "last_step_on": key_case.last_step_on,
        "closed_on": closed and closed.on,
        "ended_as": closed and closed.end,
        "in_time": closed and closed.in_time,
        "version": key_case.version,
    }
