"""The committee board: one row a committee, written in the transaction that appends their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, LiteralString

from services.mediation.domain.committee import Committee
from shared.board import Ascending, Board, Computed, Division, Key, Moves
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_NAME: LiteralString = """
    insert into committee_name (division_code, committee_id, name)
    values (%(division)s, %(committee_id)s, %(name)s)
    on conflict (division_code, committee_id) do update set name = excluded.name
"""
_NAME_OF: LiteralString = """
    select name from committee_name
    where division_code = %(division)s and committee_id = %(committee_id)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeLine:
    """A committee as the list shows it."""

    division: Division
    committee_id: Key[str]
    name: Annotated[
        str,
        Computed(
            "select name from committee_name as named"
            " where named.division_code = committee_board.division_code"
            " and named.committee_id = committee_board.committee_id"
        ),
    ]
    committee_kind: str
    village_code: str | None
    members: Moves[list[str]]
    women: Moves[int]
    term_from: Moves[date]
    term_to: Moves[date]
    seal_digest: Moves[str | None]
    dissolved: Moves[bool]
    version: Moves[int]


COMMITTEES = Board(
    "committee_board",
    shows=CommitteeLine,
    orders={
        "founding": Ascending(by=("division", "committee_id"), says="in the order of founding")
    },
)


async def name_of(pool: Pool, committee_id: str) -> str:
    """The committee's name on papers; the committee must exist."""
    division = division_of(committee_id)
    named = {"division": division, "committee_id": committee_id}
    async with transaction(pool, division) as connection:
        [found] = await rows(connection, _NAME_OF, named)
    return str(found["name"])


def view_writes(written: Sequence[Written[Committee]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return COMMITTEES.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(committee: Committee) -> dict[str, object] | None:
    established, seated, term = committee.established, committee.seated, committee.term
    if established is None or seated is None or term is None:
        return None
    return {
        "committee_id": established.committee_id,
        "committee_kind": established.committee_kind,
        "village_code": established.village_code,
        "members": seated.members,
        "women": seated.women,
        "term_from": term.term_from,
        "term_to": term.term_to,
        "seal_digest": committee.seal_digest,
        "dissolved": committee.dissolved,
        "version": committee.version,
    }


def keep_name(committee_id: str, name: str) -> Statement:
    """The write of the committee's name."""
    named = {"division": division_of(committee_id), "committee_id": committee_id, "name": name}
    return Statement(_NAME, named)
