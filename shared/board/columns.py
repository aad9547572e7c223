"""Columns, read from the class that declares a board."""

from dataclasses import dataclass
from datetime import date, datetime
from types import UnionType
from typing import (
    Annotated,
    Any,
    LiteralString,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from psycopg import sql

from shared.board.filters import Equals, Filter, Within
from shared.divisions import TownshipCode

T = TypeVar("T")

SQL_TYPES: dict[object, LiteralString] = {
    str: "text",
    bool: "boolean",
    int: "integer",
    datetime: "timestamp with time zone",
    date: "date",
    list[str]: "text[]",
}


@dataclass(frozen=True, slots=True)
class Named:
    """The column has another name than the field."""

    column: str


@dataclass(frozen=True, slots=True)
class IsKey:
    """The column that is, with the division, the table's primary key."""


@dataclass(frozen=True, slots=True)
class Moving:
    """The column changes as the record goes on: with every update, or where a row's flag says so.

    `when` names the flag: a boolean that `update` gets with the columns of a row.
    """

    when: str | None = None


@dataclass(frozen=True, slots=True)
class Stamped:
    """The table writes the column itself, by its default and a trigger: no statement names it."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What the list shows and the table lacks: SQL over the table's row."""

    sql: LiteralString


Division = Annotated[str, Named("division_code"), Equals(TownshipCode)]
"""The tenant: the division in whose ledger the record is; every board has it."""
Key = Annotated[T, IsKey()]
Moves = Annotated[T, Moving()]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a board."""

    field: str
    python_type: Any
    nullable: bool
    marks: tuple[Any, ...]

    @property
    def name(self) -> str:
        """Its name in the table."""
        named = self._mark(Named)
        return named.column if named else self.field

    @property
    def sql_type(self) -> LiteralString:
        """Its type, as PostgreSQL writes it."""
        return SQL_TYPES[self.python_type]

    @property
    def is_key(self) -> bool:
        """Whether it identifies a row within the division."""
        return self._mark(IsKey) is not None

    @property
    def moving(self) -> Moving | None:
        """How it changes, None where it is fixed when the row is inserted."""
        return self._mark(Moving)

    @property
    def is_stored(self) -> bool:
        """Whether the table has it."""
        return self._mark(Computed) is None

    @property
    def is_written(self) -> bool:
        """Whether the board's statements write it."""
        return self.is_stored and self._mark(Stamped) is None

    @property
    def filter(self) -> Filter | None:
        """How a list is narrowed by it."""
        for mark in self.marks:
            if isinstance(mark, Equals | Within):
                return mark.on(self.field, self.name)
        return None

    def selected(self) -> sql.Composable:
        """The column in the list's query."""
        computed, field = self._mark(Computed), sql.Identifier(self.field)
        if computed:
            return sql.SQL("({}) as {}").format(sql.SQL(computed.sql), field)
        return sql.SQL("{} as {}").format(sql.Identifier(self.name), field)

    def declared(self) -> sql.Composable:
        """The column with its type, as a record definition has it."""
        return sql.SQL("{} {}").format(sql.Identifier(self.name), sql.SQL(self.sql_type))

    def _mark(self, kind: type[T]) -> T | None:
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


def columns_of(declared: type) -> tuple[Column, ...]:
    """The columns that a class declares, in its order; TypeError for a type without one in SQL."""
    hints = get_type_hints(declared, include_extras=True)
    return tuple(_column(field, hint) for field, hint in hints.items())


def _column(field: str, hint: Any) -> Column:
    marks = getattr(hint, "__metadata__", ())
    plain = hint.__origin__ if marks else hint
    nullable = get_origin(plain) in {Union, UnionType}
    if nullable:
        (plain,) = (each for each in get_args(plain) if each is not type(None))
    if plain not in SQL_TYPES:
        raise TypeError(f"{field}: no column holds {plain}")
    return Column(field, plain, nullable, marks)
