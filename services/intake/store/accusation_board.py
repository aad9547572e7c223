"""The board of the discipline lane: one row an accusation, in the county's ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, LiteralString

from services.intake.domain.accusation import AccusationFile, AccusationState
from services.intake.store.case_number import CaseNumber, is_number
from shared.board import Ascending, Board, Division, Equals, Flag, Key, Moves, Within, among
from shared.contracts.accusation_codes import CompetentBody
from shared.contracts.accusations import AccusationRegistered
from shared.contracts.case_codes import Channel
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationLine:
    """An accusation as the list of the lane shows it."""

    division: Division
    """The county, in whose ledger it is."""
    accusation_id: Key[str]
    number: Annotated[str, Equals(CaseNumber)]
    state: Annotated[Moves[str], Equals(AccusationState)]
    channel: Annotated[str, Equals(Channel)]
    received_on: date
    registered_at: Annotated[datetime, Within(Days)]
    transferred_to: Annotated[Moves[str | None], Equals(CompetentBody)]
    outcome: Moves[str | None]
    transferred_on: Moves[date | None]
    """The day of the first transfer."""
    closed_on: Moves[date | None]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationRow(AccusationLine):
    """An accusation as the table has it: with the file of whoever accuses in the vault."""

    person_ref: str | None


OPEN = Flag(
    "open",
    among(
        "state",
        AccusationState.FILED,
        AccusationState.TRANSFERRED,
        AccusationState.ANSWERED,
    ),
    "Only accusations that are not closed",
)
ACCUSATIONS = Board(
    "accusation_board",
    shows=AccusationLine,
    keeps=AccusationRow,
    filters=(OPEN,),
    orders={
        "received": Ascending(
            by=("division", "received_on", "accusation_id"),
            says="those that were received first come first",
        )
    },
)


def view_writes(written: Sequence[Written[AccusationFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger: new rows, and rows that moved."""
    begun, moved = [], []
    for each in written:
        first = each.events[0]
        if isinstance(first, AccusationRegistered):
            begun.append(_moving(each) | _fixed(first, each))
        else:
            moved.append(_moving(each))
    division = division_of(written[0].new[0].stream_id)
    return [*ACCUSATIONS.insert(division, begun), *ACCUSATIONS.update(division, moved)]


def _moving(written: Written[AccusationFile]) -> dict[str, object]:
    accusation = written.state
    return {
        "accusation_id": written.new[0].stream_id,
        "state": accusation.state,
        "transferred_to": accusation.transferred and accusation.transferred.to,
        "outcome": accusation.noted and accusation.noted.outcome,
        "transferred_on": accusation.transferred_on,
        "closed_on": accusation.closed_on,
        "version": accusation.version,
    }


def _fixed(
    registered: AccusationRegistered, written: Written[AccusationFile]
) -> dict[str, object]:
    return {
        "number": registered.number,
        "channel": registered.channel,
        "received_on": written.state.received_on,
        "registered_at": written.new[0].occurred_at,
        "person_ref": registered.person_ref,
    }


_BY_NUMBER: LiteralString = "select accusation_id from accusation_board where number = %(number)s"
_OF_FILE: LiteralString = """
    select accusation_id, state = 'closed' as is_closed from accusation_board
    where division_code = %(division)s and person_ref = %(person_ref)s
"""


async def accusation_id_of(pool: Pool, scope: str, reference: str) -> str | None:
    """The id that an id or a printed number names; of a number None where the scope has none."""
    if not is_number(reference):
        return reference
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _BY_NUMBER, {"number": reference})
    return found[0]["accusation_id"] if found else None


_COUNTS: LiteralString = """
    select
        count(*) filter (
            where (registered_at at time zone 'Asia/Shanghai')::date between %(first)s and %(last)s)
            as registered,
        count(*) filter (where transferred_on between %(first)s and %(last)s) as transferred,
        count(*) filter (where closed_on between %(first)s and %(last)s) as ended,
        (select head_seq from ledger where division_code = %(county)s) as head
    from accusation_board where division_code = %(county)s
"""


async def counts(pool: Pool, county: str, *, first: date, last: date) -> Mapping[str, int]:
    """How many were registered, first transferred and closed in these days, both inclusive.

    `head` is how far the county's ledger was then, in the same look.
    """
    named = {"county": county, "first": first, "last": last}
    async with transaction(pool, county) as connection:
        (found,) = await rows(connection, _COUNTS, named)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationOfFile:
    """The accusation of whoever has a file."""

    accusation_id: str
    is_closed: bool


async def of_file(pool: Pool, scope: str, person_ref: str) -> AccusationOfFile | None:
    """The accusation of whoever has this file; None where it is no accuser's."""
    named = {"division": division_of(person_ref), "person_ref": person_ref}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _OF_FILE, named)
    return AccusationOfFile(**found[0]) if found else None
