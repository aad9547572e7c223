"""Steps: appended as they are folded, read again for the past and for evidence."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, LiteralString

from services.stats.domain.step import Step
from services.stats.store.candidates import Wanted
from services.stats.store.columns import columns_of
from services.stats.store.tables import SubjectTables
from shared.postgres import Connection
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)
_BATCH = 5000


@cache
def _append(tables: SubjectTables) -> LiteralString:
    said = "".join(f"{column.name}, " for column in tables.said)
    given = "".join(f"%b::{column.type}[], " for column in tables.said)
    return f"""
        insert into {tables.step} (
            division_code, source, seq, {tables.id}, kind, event_id, occurred_at, recorded_at,
            day, {said} due_at, due_day)
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
    nothing = (None,) * len(tables.said)
    rows = (
        (
            *step[:7],
            step.recorded_at,
            step.day,
            *(nothing if step.said is None else step.said),
            step.due_at,
            step.due_at and china_day(step.due_at - _INSTANT),
        )
        for step in steps
    )
    return columns_of(rows, 11 + len(tables.said))


@cache
def _touched(tables: SubjectTables) -> LiteralString:
    return f"""
        select distinct {tables.id} from {tables.step}
        where division_code = %(division)s and source = %(source)s
              and seq > %(since)s and seq <= %(seq)s
    """


@cache
def _named(tables: SubjectTables) -> LiteralString:
    return f"select unnest(%(ids)s::text[]) as {tables.id}"


_LAST = 2**63 - 1


@cache
def _histories(tables: SubjectTables) -> LiteralString:
    said = "".join(f"step.{column.name}, " for column in tables.said)
    return f"""
        select step.division_code, step.source, step.seq, step.{tables.id}, step.kind,
               step.event_id, step.occurred_at, step.day, step.recorded_at, {said} step.due_at
        from candidate join {tables.step} step
          on step.division_code = %(division)s and step.{tables.id} = candidate.{tables.id}
        where step.source = %(source)s and step.seq <= %(seq)s
        order by step.{tables.id}, step.seq
    """


def histories(connection: Connection, wanted: Wanted) -> AsyncIterator[list[Step]]:
    """The steps of each matter with a step in the windows, in the order of their ids."""
    return _stream(connection, wanted.tables, wanted.candidates, wanted.parameters())


def histories_touched(
    connection: Connection, tables: SubjectTables, division: str, *, since: int, seq: int
) -> AsyncIterator[list[Step]]:
    """All steps up to `seq` of each matter with a step after `since`."""
    source = tables.subject.source
    parameters = {"division": division, "source": source, "since": since, "seq": seq}
    return _stream(connection, tables, _touched(tables), parameters)


async def histories_of(
    connection: Connection, tables: SubjectTables, division: str, ids: Collection[str]
) -> dict[str, list[Step]]:
    """All steps of these matters of a division that are kept, by their ids."""
    source = tables.subject.source
    parameters = {"division": division, "source": source, "ids": list(ids), "seq": _LAST}
    stream = _stream(connection, tables, _named(tables), parameters)
    return {history[0].about: history async for history in stream}


async def _stream(
    connection: Connection,
    tables: SubjectTables,
    candidates: LiteralString,
    parameters: dict[str, Any],
) -> AsyncIterator[list[Step]]:
    """Matter by matter; memory holds one batch of rows."""
    query: LiteralString = f"with candidate as materialized ({candidates}) {_histories(tables)}"
    async with connection.cursor("histories", binary=True) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(query, parameters)
        history: list[Step] = []
        async for row in cursor:
            step = _step(tables, row)
            if history and history[0].about != step.about:
                yield history
                history = []
            history.append(step)
        if history:
            yield history


def _step(tables: SubjectTables, row: tuple[Any, ...]) -> Step:
    said = row[9:-1]
    nothing = said.count(None) == len(said)
    return Step._make((*row[:9], None if nothing else tables.said_as(*said), row[-1]))
