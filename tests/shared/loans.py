"""A board of nobody's: a library's loans, as `shared/board` is declared and its table is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import psycopg

from shared.board import (
    Ascending,
    Board,
    Computed,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Moving,
    Unless,
    Where,
    Within,
    among,
)
from shared.ledger import Statement
from shared.migrating import migrate
from shared.office.history import Days
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import fresh_ledgers

TABLE = """
    create table loan_board (
        division_code text collate "C" not null,
        loan_id       text collate "C" not null,
        shelf         text collate "C",
        state         text collate "C" not null,
        lent_at       timestamptz not null,
        due_at        timestamptz,
        returned_at   timestamptz,
        readers       text[] not null,
        card          text collate "C",
        version       integer not null,
        primary key (division_code, loan_id)
    );
    create index loan_board_by_lending on loan_board (division_code, lent_at, loan_id);
    create index loan_board_out_by_due
        on loan_board ((case when due_at is null then 'infinity' else due_at end), loan_id)
        where state = any (array['lent', 'overdue']);
    select concord_protect('loan_board', 'select, insert, update');
"""


class State(StrEnum):
    LENT = "lent"
    OVERDUE = "overdue"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanLine:
    """A loan as the list shows it."""

    division: Division
    loan_id: Key[str]
    shelf: Annotated[str | None, Equals(str)]
    state: Annotated[Moves[str], Equals(State)]
    lent_at: Annotated[datetime, Within(Days)]
    due_at: Moves[datetime | None]
    returned_at: Annotated[datetime | None, Moving(when="returned")]
    readers: Moves[list[str]]
    count: Annotated[int, Computed("cardinality(readers)")]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRow(LoanLine):
    """A loan as the table has it."""

    card: str | None


OUT = Flag("out", among("state", State.LENT, State.OVERDUE), "What is not back yet")
LOANS = Board(
    "loan_board",
    shows=LoanLine,
    keeps=LoanRow,
    filters=(
        OUT,
        Where("reader", str, "%(reader)s = any(readers)"),
        Unless("all", among("state", *State), "Also what is in no known state"),
    ),
    orders={
        "newest": Descending(by=("division", "lent_at", "loan_id"), says="the newest first"),
        "due": Ascending(by=("due_at", "loan_id"), only=OUT, says="the soonest due first"),
    },
)


def fresh_loans(postgres: PostgresForTests, folder: Any) -> FreshDatabase:
    """A database with the board's table."""
    database = fresh_ledgers(postgres, folder)
    revision = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "trial_0002", "trial_0001", None, None


def upgrade() -> None:
    op.get_bind().connection.dbapi_connection.execute({table!r})
"""
    (folder / "trial_0002.py").write_text(revision.format(table=TABLE))
    migrate(database.owner_dsn, service="trial", role=database.role, versions=folder)
    return database


def written(database: FreshDatabase, scope: str, statements: Sequence[Statement]) -> None:
    """The statements, carried out by the service's role within a scope."""
    with psycopg.connect(database.dsn) as connection:
        connection.execute("select set_config('concord.scope', %s, true)", (scope,))
        for each in statements:
            connection.execute(each.query, each.parameters)
