"""Boards: tables with one row a record, written with its events and read as a list.

A board is declared once, about one line a column, by the class of the lines that its list shows:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class LoanLine:
        division: Division                            # the tenant: column division_code
        loan_id: Key[str]
        shelf: str                                    # fixed when the row is inserted
        state: Annotated[Moves[str], Equals(State)]   # moves with the record; filter ?state=
        lent_at: Annotated[datetime, Within(Days)]    # filter ?from= and ?to=
        due_at: Moves[datetime | None]

    @dataclass(frozen=True, slots=True, kw_only=True)
    class LoanRow(LoanLine):
        reader_ref: str | None                        # kept in the table, not in the list

    OUT = Flag("out", among("state", State.LENT, State.OVERDUE), "What is not back yet")

    LOANS = Board(
        "loan_board",
        shows=LoanLine,
        keeps=LoanRow,
        filters=(OUT,),
        orders={
            "newest": Descending(by=("division", "lent_at", "loan_id"), says="the newest first"),
            "due": Ascending(by=("due_at", "loan_id"), only=OUT, says="the soonest due first"),
        },
    )

From that follow

- `LOANS.insert`, `LOANS.update` and `LOANS.upsert`: statements for the append's transaction;
- `LOANS.asked`: the FastAPI dependency that reads the filters, and `?order=` where there are
  several orders; the first is the default;
- `LOANS.page` (or `.lines` and `.shown`): the list by keyset cursor, within a scope;
- `LoanLine`: the response model, as `PageOf[LoanLine]`.

SQL of its own is a `Flag` or a `Where` (a filter), or `Computed` (a column of the list that the
table lacks). `tests/shared/test_boards_and_tables.py` finds every board of the services and compares
it with the migrated table: columns, types, nulls, key, and an index that serves every order.

Row-level security hides an index from operators that are not leakproof, so conditions are `=`, `<`
and `>` on plain typed columns. Statements are composed of declared identifiers and of literals in
the code: nothing that a request holds becomes SQL.
"""

from shared.board.board import Board
from shared.board.columns import Computed, Division, Key, Moves, Moving, Named, Stamped
from shared.board.filters import (
    Asked,
    Chosen,
    Equals,
    Flag,
    Restriction,
    Unless,
    Where,
    Within,
    among,
)
from shared.board.orders import Ascending, Descending

__all__ = [
    "Ascending",
    "Asked",
    "Board",
    "Chosen",
    "Computed",
    "Descending",
    "Division",
    "Equals",
    "Flag",
    "Key",
    "Moves",
    "Moving",
    "Named",
    "Restriction",
    "Stamped",
    "Unless",
    "Where",
    "Within",
    "among",
]
