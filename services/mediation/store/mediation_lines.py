"""The mediation board as lists show it, page by page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from shared.postgres import Pool, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationLine:
    """A dispute as the list shows it."""

    division: str
    mediation_id: str
    state: str
    origin: str
    category: str
    dispute_kind: str
    committee_id: str
    case_id: str | None
    village_code: str | None
    applied_at: datetime
    due_at: datetime | None
    next_due_on: date | None
    ended_at: datetime | None
    agreement_form: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationFilter:
    """Which disputes a list shows; what is None does not matter."""

    division: str | None = None
    state: str | None = None
    category: str | None = None
    dispute_kind: str | None = None
    committee_id: str | None = None
    case_id: str | None = None
    mediator_id: str | None = None
    """Who takes part in it."""
    unassigned: Literal[True] | None = None
    """It goes on, and nobody takes part in it."""
    applied_from: datetime | None = None
    applied_before: datetime | None = None


Place = tuple[str, datetime, str]
"""Where a line stands in the list: its township, when it was applied for, its id."""


def place_of(line: MediationLine) -> Place:
    """Lists are read from the newest dispute back, township by township."""
    return line.division, line.applied_at, line.mediation_id


_LIST: LiteralString = """
    select division_code as division, mediation_id, state, origin, category, dispute_kind,
        committee_id, case_id, village_code, applied_at, due_at, next_due_on, ended_at,
        agreement_form, version
    from mediation_board
    where {conditions}
    order by division_code desc, applied_at desc, mediation_id desc
    limit %(limit)s
"""
_CONDITIONS: dict[str, LiteralString] = {
    "division": "division_code = %(division)s",
    "state": "state = %(state)s",
    "category": "category = %(category)s",
    "dispute_kind": "dispute_kind = %(dispute_kind)s",
    "committee_id": "committee_id = %(committee_id)s",
    "case_id": "case_id = %(case_id)s",
    "mediator_id": (
        "exists (select from mediation_hand as hand"
        " where hand.division_code = mediation_board.division_code"
        " and hand.mediation_id = mediation_board.mediation_id"
        " and hand.mediator_id = %(mediator_id)s and hand.takes_part)"
    ),
    "unassigned": (
        "state = any(array['applied', 'open'])"
        " and not exists (select from mediation_hand as hand"
        " where hand.division_code = mediation_board.division_code"
        " and hand.mediation_id = mediation_board.mediation_id and hand.takes_part)"
    ),
    "applied_from": "applied_at >= %(applied_from)s",
    "applied_before": "applied_at < %(applied_before)s",
}
_AFTER: LiteralString = (
    "(division_code, applied_at, mediation_id)"
    " < (%(division_after)s, %(applied_after)s, %(mediation_after)s)"
)


async def list_mediations(
    pool: Pool, scope: str, wanted: MediationFilter, *, after: Place | None, limit: int
) -> list[MediationLine]:
    """The lines that follow `after` in the list, within the scope."""
    asked = {name: getattr(wanted, name) for name in _CONDITIONS}
    named = {name: value for name, value in asked.items() if value is not None}
    conditions: list[LiteralString] = ["true", *(_CONDITIONS[name] for name in named)]
    if after is not None:
        conditions.append(_AFTER)
        places = ("division_after", "applied_after", "mediation_after")
        named |= dict(zip(places, after, strict=True))
    query = _LIST.format(conditions=" and ".join(conditions))
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(MediationLine)) as cursor,
    ):
        await cursor.execute(query, named | {"limit": limit})
        return await cursor.fetchall()
