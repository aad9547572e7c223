"""The statements that write a board: one for all rows of a batch, sent as JSON."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import LiteralString

import orjson
from psycopg import sql

from shared.board.columns import Column
from shared.board.composed import Rendered, listed, names
from shared.ledger import Statement

Row = Mapping[str, object]
"""Values by column, without the division."""

_INSERT: LiteralString = """
    insert into {table} (division_code, {names})
    select %(division)s, {names} from json_to_recordset(%(rows)s::json) as given ({declared})
"""
_UPDATE: LiteralString = """
    update {table} set {moves} from json_to_recordset(%(rows)s::json) as given ({declared})
    where {table}.division_code = %(division)s and {table}.{key} = given.{key}
"""
_OR_UPDATE: LiteralString = " on conflict (division_code, {key}) do update set {moves}"


class Writes:
    """What writes a table whose columns are these."""

    def __init__(self, table: str, columns: Sequence[Column]) -> None:
        """Columns that the table lacks or writes itself, and the division's, are left out."""
        stored = [each for each in columns if each.is_written]
        self._table = sql.Identifier(table)
        self._columns = [each for each in stored if each.name != "division_code"]
        (self._key,) = [each for each in stored if each.is_key]
        self._moving = [(each, each.moving) for each in stored if each.moving]

    def insert(self, division: str, rows: Sequence[Row]) -> list[Statement]:
        """New rows, each with every column."""
        return _statements(self._insert, self._all_names, division, rows)

    def update(self, division: str, rows: Sequence[Row]) -> list[Statement]:
        """Rows that are there, each with its key, its moving columns and their flags."""
        return _statements(self._update, self._update_names, division, rows)

    def upsert(self, division: str, rows: Sequence[Row]) -> list[Statement]:
        """Rows with every column; of those that are there the moving columns are written."""
        return _statements(self._upsert, self._all_names, division, rows)

    def is_own(self, statement: Statement) -> bool:
        """Whether a statement writes this table."""
        return any(statement.query is own for own in (self._insert, self._update, self._upsert))

    def is_update(self, statement: Statement) -> bool:
        """Whether a statement writes only rows that are there."""
        return statement.query is self._update

    @cached_property
    def _all_names(self) -> frozenset[str]:
        return frozenset(each.name for each in self._columns)

    @cached_property
    def _flags(self) -> list[str]:
        return [moving.when for _, moving in self._moving if moving.when]

    @cached_property
    def _update_names(self) -> frozenset[str]:
        moved = (each.name for each, _ in self._moving)
        return frozenset([self._key.name, *moved, *self._flags])

    @cached_property
    def _insert(self) -> Rendered:
        return Rendered([self._inserting()])

    @cached_property
    def _upsert(self) -> Rendered:
        moves = listed(_set(each, "excluded") for each, _ in self._moving)
        key = sql.Identifier(self._key.name)
        return Rendered([self._inserting(), sql.SQL(_OR_UPDATE).format(key=key, moves=moves)])

    @cached_property
    def _update(self) -> Rendered:
        flags = [sql.SQL("{} boolean").format(sql.Identifier(each)) for each in self._flags]
        given = [self._key, *(each for each, _ in self._moving)]
        update = sql.SQL(_UPDATE).format(
            table=self._table,
            key=sql.Identifier(self._key.name),
            moves=listed(self._moved(each, moving.when) for each, moving in self._moving),
            declared=listed([*(each.declared() for each in given), *flags]),
        )
        return Rendered([update])

    def _inserting(self) -> sql.Composed:
        return sql.SQL(_INSERT).format(
            table=self._table,
            names=names(each.name for each in self._columns),
            declared=listed(each.declared() for each in self._columns),
        )

    def _moved(self, column: Column, flag: str | None) -> sql.Composable:
        if flag is None:
            return _set(column, "given")
        return sql.SQL(
            "{name} = case when given.{flag} then given.{name} else {table}.{name} end"
        ).format(name=sql.Identifier(column.name), flag=sql.Identifier(flag), table=self._table)


def _set(column: Column, source: LiteralString) -> sql.Composable:
    name = sql.Identifier(column.name)
    return sql.SQL("{} = {}.{}").format(name, sql.SQL(source), name)


def _statements(
    query: Rendered, columns: frozenset[str], division: str, rows: Sequence[Row]
) -> list[Statement]:
    """None for no rows; ValueError for a row that lacks a column or has one too many."""
    for row in rows:
        if row.keys() != columns:
            raise ValueError(f"a row differs in {sorted(row.keys() ^ columns)}")
    if not rows:
        return []
    return [Statement(query, {"division": division, "rows": orjson.dumps(rows).decode()})]
