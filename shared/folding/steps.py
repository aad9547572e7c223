"""Steps: appended as events are folded, and read again as the histories of entities."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, LiteralString

from shared.folding.columns import columns_of
from shared.folding.step import Step
from shared.folding.tables import SubjectTables
from shared.postgres import Connection
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)
_BATCH = 5000


@cache
def _append(tables: SubjectTables) -> LiteralString:
    stated = "".join(f"{column.name}, " for column in tables.stated)
    given = "".join(f"%b::{column.type}[], " for column in tables.stated)
    return f"""
        insert into {tables.step} (
            division_code, source, seq, {tables.id}, kind, event_id, occurred_at, recorded_at,
            day, {stated} due_at, due_day)
        select * from unnest(
            %b::text[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[],
            %b::timestamptz[], %b::timestamptz[], %b::date[], {given}
            %b::timestamptz[], %b::date[])
    """


async def append(connection: Connection, tables: SubjectTables, steps: Sequence[Step]) -> None:
    """Keep the steps; the caller's inbox sees to it that none comes twice."""
    await connection.execute(_append(tables), rows_of(tables, steps))


def rows_of(tables: SubjectTables, steps: Sequence[Step]) -> list[list[Any]]:
    """The steps by columns."""
    nothing = (None,) * len(tables.stated)
    rows = (
        (
            *step[:7],
            step.recorded_at,
            step.day,
            *(nothing if step.stated is None else step.stated),
            step.due_at,
            step.due_at and china_day(step.due_at - _INSTANT),
        )
        for step in steps
    )
    return columns_of(rows, 11 + len(tables.stated))


@cache
def _named(tables: SubjectTables) -> LiteralString:
    return f"select unnest(%(ids)s::text[]) as {tables.id}"


_LAST = 2**63 - 1


@cache
def _histories(tables: SubjectTables) -> LiteralString:
    stated = "".join(f"step.{column.name}, " for column in tables.stated)
    return f"""
        select step.division_code, step.source, step.seq, step.{tables.id}, step.kind,
               step.event_id, step.occurred_at, step.day, step.recorded_at, {stated} step.due_at
        from candidate join {tables.step} step
          on step.division_code = %(division)s and step.{tables.id} = candidate.{tables.id}
        where step.source = %(source)s and step.seq <= %(seq)s
        order by step.{tables.id}, step.seq
    """


async def histories_of(
    connection: Connection, tables: SubjectTables, division: str, ids: Collection[str]
) -> dict[str, list[Step]]:
    """All steps of these entities of a division that are kept, by their ids."""
    source = tables.subject.source
    parameters = {"division": division, "source": source, "ids": list(ids), "seq": _LAST}
    stream = histories(connection, tables, _named(tables), parameters)
    return {history[0].entity_id: history async for history in stream}


async def histories(
    connection: Connection,
    tables: SubjectTables,
    candidates: LiteralString,
    parameters: Mapping[str, Any],
) -> AsyncIterator[list[Step]]:
    """The steps of each entity that a query finds, in the order of their ids.

    `candidates` selects the column `tables.id`; `parameters` are its own and `division`, `source`
    and `seq`, the last step that is read. Memory holds one batch of rows.
    """
    query: LiteralString = f"with candidate as materialized ({candidates}) {_histories(tables)}"
    async with connection.cursor("histories", binary=True) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(query, parameters)
        history: list[Step] = []
        async for row in cursor:
            step = _step(tables, row)
            if history and history[0].entity_id != step.entity_id:
                yield history
                history = []
            history.append(step)
        if history:
            yield history


def _step(tables: SubjectTables, row: tuple[Any, ...]) -> Step:
    return Step._make((*row[:9], _stated(tables, row[9:-1]), row[-1]))


def _stated(tables: SubjectTables, values: tuple[Any, ...]) -> Any:
    if tables.stated_as is None or values.count(None) == len(values):
        return None
    return tables.stated_as(*values)
