"""The case board: one row a case, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from services.intake.domain.case import CaseFile
from shared.contracts.intake import CaseFiled
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, transaction

_FILED: LiteralString = """
    insert into case_board (
        division_code, case_id, number, category, channel, purpose, village_code, urgent,
        filed_at, person_ref, state, due_at, handler, responsible_unit, version)
    select %(division)s, case_id, number, category, channel, purpose, village_code, urgent,
        filed_at, person_ref, state, due_at, handler, responsible_unit, version
    from json_to_recordset(%(lines)s::json) as line (
        case_id text, number text, category text, channel text, purpose text,
        village_code text, urgent boolean, filed_at timestamptz, person_ref text, state text,
        due_at timestamptz, handler text, responsible_unit text, version integer)
"""
_WENT_ON: LiteralString = """
    update case_board
    set state = line.state, due_at = line.due_at, handler = line.handler,
        responsible_unit = line.responsible_unit, version = line.version
    from json_to_recordset(%(lines)s::json) as line (
        case_id text, state text, due_at timestamptz, handler text, responsible_unit text,
        version integer)
    where case_board.division_code = %(division)s and case_board.case_id = line.case_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as the list shows it."""

    division: str
    case_id: str
    number: str
    state: str
    category: str
    channel: str
    purpose: str
    village_code: str | None
    urgent: bool | None
    filed_at: datetime
    due_at: datetime | None
    handler: str | None
    responsible_unit: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases a list shows; what is None does not matter."""

    division: str | None = None
    state: str | None = None
    category: str | None = None
    channel: str | None = None
    filed_from: datetime | None = None
    filed_before: datetime | None = None


Place = tuple[str, datetime, str]
"""Where a line stands in the list: its township, when it was filed, its id."""


def place_of(line: CaseLine) -> Place:
    """Lists are read from the newest case back, township by township."""
    return line.division, line.filed_at, line.case_id


_LIST: LiteralString = """
    select division_code as division, case_id, number, state, category, channel, purpose,
        village_code, urgent, filed_at, due_at, handler, responsible_unit, version
    from case_board
    where {conditions}
    order by division_code desc, filed_at desc, case_id desc
    limit %(limit)s
"""
_CONDITIONS: dict[str, LiteralString] = {
    "division": "division_code = %(division)s",
    "state": "state = %(state)s",
    "category": "category = %(category)s",
    "channel": "channel = %(channel)s",
    "filed_from": "filed_at >= %(filed_from)s",
    "filed_before": "filed_at < %(filed_before)s",
}
_AFTER: LiteralString = (
    "(division_code, filed_at, case_id) < (%(division_after)s, %(filed_after)s, %(case_after)s)"
)


async def list_cases(
    pool: Pool, scope: str, wanted: CaseFilter, *, after: Place | None, limit: int
) -> list[CaseLine]:
    """The lines that follow `after` in the list, within the scope."""
    asked = {name: getattr(wanted, name) for name in _CONDITIONS}
    named = {name: value for name, value in asked.items() if value is not None}
    conditions: list[LiteralString] = ["true", *(_CONDITIONS[name] for name in named)]
    if after is not None:
        conditions.append(_AFTER)
        named |= dict(zip(("division_after", "filed_after", "case_after"), after, strict=True))
    query = _LIST.format(conditions=" and ".join(conditions))
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(CaseLine)) as cursor,
    ):
        await cursor.execute(query, named | {"limit": limit})
        return await cursor.fetchall()


def beside(written: Sequence[Written[CaseFile]]) -> list[Statement]:
    """What writes the board along with events of one ledger: new lines, and lines that went on."""
    begun, went_on = [], []
    for each in written:
        first = each.events[0]
        if isinstance(first, CaseFiled):
            begun.append(_line(each) | _filing(first, each.new[0].occurred_at))
        else:
            went_on.append(_line(each))
    division = division_of(written[0].new[0].stream_id)
    return [
        Statement(query, {"division": division, "lines": orjson.dumps(lines).decode()})
        for query, lines in ((_FILED, begun), (_WENT_ON, went_on))
        if lines
    ]


def _line(written: Written[CaseFile]) -> dict[str, object]:
    """What changes as a case goes on."""
    case, accepted = written.state, written.state.accepted
    return {
        "case_id": written.new[0].stream_id,
        "state": case.state,
        "version": case.version,
        "due_at": accepted and accepted.due_at,
        "handler": accepted and accepted.handler,
        "responsible_unit": accepted and accepted.responsible_unit,
    }


def _filing(filed: CaseFiled, filed_at: datetime) -> dict[str, object]:
    """What stays as it was filed."""
    return {
        "number": filed.number,
        "category": filed.category,
        "channel": filed.channel,
        "purpose": filed.purpose,
        "village_code": filed.village_code,
        "urgent": filed.urgent,
        "filed_at": filed_at,
        "person_ref": filed.person_ref,
    }
