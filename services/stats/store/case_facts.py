"""Facts of cases: read before a chunk is folded, written after it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, LiteralString

from services.stats.domain.case_fact import CaseFact, Mark
from services.stats.domain.case_step import Filing
from services.stats.store.columns import columns_of
from shared.postgres import Connection

_COLUMNS: LiteralString = """
    division_code, case_id, category, village_code, channel, first_or_repeat, headcount, imported, due_at,
    filed_at, filed_seq, accepted_at, accepted_seq, answered_at, answered_seq,
    resolved_at, resolved_seq, withdrawn_at, withdrawn_seq, diverted_at, diverted_seq,
    linked_at, linked_seq, closed_at, closed_seq, reopened_at, reopened_seq,
    repeated_at, repeated_seq
"""
_KNOWN: LiteralString = f"""
    select {_COLUMNS} from case_fact where division_code = any(%b) and case_id = any(%b)
"""
_SAVE: LiteralString = f"""
    insert into case_fact ({_COLUMNS})
    select * from unnest(
        %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[], %b::integer[],
        %b::boolean[], %b::timestamptz[],
        %b::timestamptz[], %b::bigint[], %b::timestamptz[], %b::bigint[],
        %b::timestamptz[], %b::bigint[], %b::timestamptz[], %b::bigint[],
        %b::timestamptz[], %b::bigint[], %b::timestamptz[], %b::bigint[],
        %b::timestamptz[], %b::bigint[], %b::timestamptz[], %b::bigint[],
        %b::timestamptz[], %b::bigint[], %b::timestamptz[], %b::bigint[])
    on conflict (division_code, case_id) do update set
        due_at = excluded.due_at,
        accepted_at = excluded.accepted_at, accepted_seq = excluded.accepted_seq,
        answered_at = excluded.answered_at, answered_seq = excluded.answered_seq,
        resolved_at = excluded.resolved_at, resolved_seq = excluded.resolved_seq,
        withdrawn_at = excluded.withdrawn_at, withdrawn_seq = excluded.withdrawn_seq,
        diverted_at = excluded.diverted_at, diverted_seq = excluded.diverted_seq,
        linked_at = excluded.linked_at, linked_seq = excluded.linked_seq,
        closed_at = excluded.closed_at, closed_seq = excluded.closed_seq,
        reopened_at = excluded.reopened_at, reopened_seq = excluded.reopened_seq,
        repeated_at = excluded.repeated_at, repeated_seq = excluded.repeated_seq
"""


async def known(
    connection: Connection, divisions: Collection[str], case_ids: Collection[str]
) -> dict[str, CaseFact]:
    """The facts of these cases that have been folded before, by case id."""
    if not case_ids:
        return {}
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_KNOWN, (list(divisions), list(case_ids)))
        return {row[1]: _fact(row) for row in await cursor.fetchall()}


async def save(connection: Connection, facts: Iterable[CaseFact]) -> None:
    """Write the facts as they stand now; given in the order of their ids, no two writers block."""
    await connection.execute(_SAVE, columns_of(map(_row, facts), 29))


def _row(fact: CaseFact) -> tuple[Any, ...]:
    filing = fact.filing
    return (
        fact.division,
        fact.case_id,
        filing.category,
        filing.village_code,
        filing.channel,
        filing.first_or_repeat,
        filing.headcount,
        filing.imported,
        fact.due_at,
        fact.filed.at,
        fact.filed.seq,
        *_of(fact.accepted),
        *_of(fact.answered),
        *_of(fact.resolved),
        *_of(fact.withdrawn),
        *_of(fact.diverted),
        *_of(fact.linked),
        *_of(fact.closed),
        *_of(fact.reopened),
        *_of(fact.repeated),
    )


def _of(mark: Mark | None) -> tuple[datetime | None, int | None]:
    return (mark.at, mark.seq) if mark else (None, None)


def _fact(row: tuple[Any, ...]) -> CaseFact:
    return CaseFact(
        division=row[0],
        case_id=row[1],
        filing=Filing(*row[2:8]),
        due_at=row[8],
        filed=Mark.of(row[9], row[10]),
        accepted=_mark(row, 11),
        answered=_mark(row, 13),
        resolved=_mark(row, 15),
        withdrawn=_mark(row, 17),
        diverted=_mark(row, 19),
        linked=_mark(row, 21),
        closed=_mark(row, 23),
        reopened=_mark(row, 25),
        repeated=_mark(row, 27),
    )


def _mark(row: tuple[Any, ...], at: int) -> Mark | None:
    return None if row[at] is None else Mark.of(row[at], row[at + 1])
