"""The case board: one row a case, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, LiteralString

from psycopg import sql

from services.intake.domain.case import CaseFile, CaseState
from services.intake.domain.complained_unit import HiddenComplaints
from services.intake.store.case_number import CaseNumber
from services.intake.store.case_search import SearchText, searched
from services.intake.store.case_work import ENDS, work_columns
from shared.board import (
    Ascending,
    Board,
    Chosen,
    Computed,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Stamped,
    Unless,
    Within,
    among,
)
from shared.contracts.case_codes import Category, Channel, Purpose
from shared.contracts.intake import CaseFiled, CaseLinked
from shared.contracts.words import PostRef, UnitRef
from shared.divisions import VillageCode, division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days, DueDays
from shared.office.occurrence_time import Day
from shared.postgres import Pool, rows, transaction

_RECEIVED_ON: LiteralString = (
    "coalesce(received_on_stated, (filed_at at time zone 'Asia/Shanghai')::date)"
)

# as the partial index has it, so that it is known to serve
_ENDED: LiteralString = (
    "came_to = any (array['resolved', 'withdrawn', 'diverted', 'linked', 'declined'])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as the list shows it."""

    division: Division
    case_id: Key[str]
    number: Annotated[str, Equals(CaseNumber)]
    state: Moves[str]
    category: Annotated[Moves[str], Equals(Category)]
    channel: Annotated[Moves[str], Equals(Channel)]
    purpose: Annotated[Moves[str], Equals(Purpose)]
    village_code: Annotated[Moves[str | None], Equals(VillageCode)]
    urgent: Annotated[Moves[bool | None], Equals(bool)]
    received_on: Annotated[date, Computed(_RECEIVED_ON)]
    filed_at: Annotated[datetime, Within(Days)]
    due_at: Annotated[Moves[datetime | None], Within(DueDays)]
    handler: Annotated[Moves[str | None], Equals(PostRef)]
    responsible_unit: Annotated[Moves[str | None], Equals(UnitRef)]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow(CaseLine):
    """A case as the table has it: with the file of its petitioner in the vault."""

    person_ref: str | None
    received_on_stated: Moves[date | None]
    """None where the day of receipt is that of the filing."""
    at_unit: Moves[str | None]
    """The unit with which it is: the responsible one, the one to which it was forwarded, or the
    petition office. Of a matter on its way, the unit that is to have it.
    """
    at_division: Moves[str | None]
    """The division of that unit: another one while the matter is on its way."""
    linked_to: Moves[str | None]
    repeats: Moves[str | None]
    complained_unit: Moves[str | None]
    """As `<division>/<code>`. Never shown: its members are not told that there is a complaint."""
    complained_division: Moves[str | None]
    """The division of that unit, where the complaint states it."""
    home_case_id: str | None
    """By which the matter was first filed, where that is another case."""
    reports_to: Moves[str | None]
    """A case that learns what is done here; it is the sender's, or that of who passed it back."""
    on_its_way: Moves[bool]
    """Whether the matter was passed on, and nobody has told yet that its receiver has it."""
    came_to: Moves[str]
    """The state, or the one from which the case was closed."""
    reached: Moves[list[str]]
    """Every state that the case has reached and that its figure counts."""
    returned: Moves[bool]
    """Whether it was reopened, or another division gave the matter back."""
    waits_for: Moves[str | None]
    """For whom the office waits: a committee, a review, the sender of the matter, the petitioner."""
    to_answer: Moves[bool]
    """Whether the petitioner asked for a review that no authority has yet, or answered last."""
    under_review: Moves[bool]
    """Whether a review was asked for and is not decided."""
    changed_at: Annotated[datetime, Stamped()]
    """When the row was written last."""


# the states that `refuse_if_ended` lets pass; two partial indexes list them as well
OPEN_STATES = (CaseState.FILED, CaseState.FORWARDED, CaseState.ACCEPTED, CaseState.ANSWERED)
OPEN = Flag(
    "open",
    among("state", *OPEN_STATES),
    "Only cases that go on: neither resolved, withdrawn, diverted or linked, nor closed",
)
VOIDED = Unless(
    "voided",
    sql.SQL("state <> 'voided'"),
    "Void registrations as well; a `state` or a `number` finds them too",
)
STATE = Chosen(
    "state",
    CaseState,
    {"state": "state = %(state)s", "came_to": f"came_to = %(came_to)s and {_ENDED}"},
    lambda state: {"came_to" if state in ENDS else "state": state},
    "Where the cases are; those that ended in this way also when they were closed since",
)
REACHED = Chosen(
    "reached",
    CaseState,
    {"reached": "%(reached)s = any(reached)"},
    lambda state: {"reached": state},
    "Cases that have reached this state, whatever came after: what the figure of its name counts",
)
RECEIVED_ON = Chosen(
    "received_on",
    Day,
    {"received_on": f"{_RECEIVED_ON} = %(received_on)s::date"},
    lambda day: {"received_on": day},
    "The day of receipt",
)
SEARCH = Chosen(
    "q",
    SearchText,
    {
        "q_number": "number >= %(q_number)s and number < %(q_number)s || '~'",
        "q_place": "village_code >= %(q_place)s and village_code < %(q_place)s || ':'",
        "q_categories": "category = any(string_to_array(%(q_categories)s, ','))",
    },
    searched,
    "A number or how it begins, a village or how its code begins, or words of a category",
)
NOT_OF_OWN_UNIT = Restriction(
    "not_of_own_unit",
    """
    coalesce(
        complained_unit <> all(%(hidden_units)s::text[])
        and (complained_division is not null
             or ((split_part(complained_unit, '/', 2) <> all(%(hidden_of_county)s::text[])
                  or complained_unit = any(%(own_of_townships)s::text[]))
                 and division_code || '/' || split_part(complained_unit, '/', 2)
                     <> all(%(hidden_where_it_is)s::text[]))),
        true)
    """,
)
"""Leaves out what complains of a unit of whoever asks."""
NOT_SEALED = Restriction("not_sealed", "state <> 'with-discipline'")
"""Leaves out what was recognised as an accusation, from every list and for everybody."""
TRANSFERRED_OUT = Flag(
    "transferred_out",
    among("state", CaseState.TRANSFERRED_OUT),
    "Only cases whose matter another division of the county holds",
)
CASES = Board(
    "case_board",
    shows=CaseLine,
    keeps=CaseRow,
    filters=(STATE, REACHED, RECEIVED_ON, SEARCH, OPEN, VOIDED, TRANSFERRED_OUT),
    restrictions=(NOT_OF_OWN_UNIT, NOT_SEALED),
    orders={
        "newest": Descending(
            by=("division", "filed_at", "case_id"),
            says="township by township, the newest first",
        ),
        "due": Ascending(
            by=("due_at", "case_id"),
            only=OPEN,
            says="only open ones, the soonest due first, those without a due date last",
        ),
    },
)


def view_writes(written: Sequence[Written[CaseFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger: new rows, and rows that moved."""
    filed, moved = [], []
    for each in written:
        first = each.events[0]
        if isinstance(first, CaseFiled):
            filed.append(_moving(each) | _fixed(first, each.new[0].occurred_at))
        else:
            moved.append(_moving(each))
    division = division_of(written[0].new[0].stream_id)
    return [*CASES.insert(division, filed), *CASES.update(division, moved)]


def _moving(written: Written[CaseFile]) -> dict[str, object]:
    case = written.state
    if case.registration is None:
        raise AssertionError("an event of a case that was never filed")
    return {
        **_registered(case.registration),
        "complained_unit": "/".join(case.complained_of) if case.complained_of else None,
        "complained_division": case.complained_division,
        "case_id": written.new[0].stream_id,
        "state": case.state,
        "version": case.version,
        "due_at": case.due_at,
        "handler": case.handler,
        "responsible_unit": case.responsible_unit,
        **_with_whom(case),
        "reports_to": case.reports_to[-1] if case.reports_to else None,
        "on_its_way": case.is_on_its_way,
        **work_columns(case),
        "linked_to": case.departed.to_case_id if isinstance(case.departed, CaseLinked) else None,
    }


def _with_whom(case: CaseFile) -> dict[str, object]:
    """Nobody's of a matter that another ledger has a case of, and of a void registration."""
    holder = case.holder
    here = holder and (holder.case_id == case.case_id or holder.on_its_way)
    return {
        "at_unit": holder.unit if holder and here else None,
        "at_division": holder.division if holder and here else None,
    }


def _registered(registration: CaseFiled) -> dict[str, object]:
    """What of the registration a correction may change."""
    return {
        "category": registration.category,
        "channel": registration.channel,
        "purpose": registration.purpose,
        "village_code": registration.village_code,
        "urgent": registration.urgent,
        "received_on_stated": registration.received_on,
        "repeats": registration.repeat_of,
    }


def _fixed(filed: CaseFiled, filed_at: datetime) -> dict[str, object]:
    return {
        "number": filed.number,
        "filed_at": filed_at,
        "person_ref": filed.person_ref,
        "home_case_id": filed.home_case_id,
    }


_ABOUT: LiteralString = f"""
    select case_id from case_board
    where division_code = %(division)s and complained_unit is not null
      and not ({NOT_OF_OWN_UNIT.sql})
"""


async def complaints_about(
    pool: Pool, scope: str, hidden: HiddenComplaints, *, division: str
) -> frozenset[str]:
    """The cases of a division that are hidden from whoever asks."""
    named = {"division": division, **hidden.named()}
    async with transaction(pool, scope) as connection:
        return frozenset(row["case_id"] for row in await rows(connection, _ABOUT, named))


_COMPLAINS: LiteralString = f"""
    select case_id from case_board
    where division_code = %(division)s and person_ref = %(person_ref)s
      and not ({NOT_OF_OWN_UNIT.sql})
    limit 1
"""


async def complains(
    pool: Pool, scope: str, hidden: HiddenComplaints, *, division: str, person_ref: str
) -> bool:
    """Whether a case of this person is hidden from whoever asks."""
    named = {"division": division, "person_ref": person_ref, **hidden.named()}
    async with transaction(pool, scope) as connection:
        return bool(await rows(connection, _COMPLAINS, named))
