"""Facts: read before a chunk of steps is folded, written after it."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import LiteralString

from shared.folding.columns import columns_of
from shared.folding.subject import Fact
from shared.folding.tables import SubjectTables
from shared.postgres import Connection


@cache
def _columns(tables: SubjectTables) -> LiteralString:
    return ", ".join(column.name for column in tables.fact_columns)


@cache
def _read(tables: SubjectTables) -> LiteralString:
    return f"""
        select {_columns(tables)} from {tables.fact}
        where division_code = any(%b) and {tables.id} = any(%b)
    """


@cache
def _save(tables: SubjectTables) -> LiteralString:
    given = ", ".join(f"%b::{column.type}[]" for column in tables.fact_columns)
    changing = [column.name for column in tables.fact_columns if not column.fixed]
    after = ", ".join(f"{name} = excluded.{name}" for name in changing)
    return f"""
        insert into {tables.fact} ({_columns(tables)}) select * from unnest({given})
        on conflict (division_code, {tables.id}) do update set {after}
    """


async def read(
    connection: Connection,
    tables: SubjectTables,
    divisions: Collection[str],
    ids: Collection[str],
) -> dict[str, Fact]:
    """The facts of these entities that are stored, by id."""
    if not ids:
        return {}
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_read(tables), (list(divisions), list(ids)))
        return {row[1]: tables.fact_of(row) for row in await cursor.fetchall()}


async def save(connection: Connection, tables: SubjectTables, facts: Iterable[Fact]) -> None:
    """Write the facts as they stand now; given in the order of their ids, no two writers block."""
    rows = columns_of(map(tables.row_of, facts), len(tables.fact_columns))
    await connection.execute(_save(tables), rows)
