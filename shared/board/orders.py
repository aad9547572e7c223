"""Orders of a list, and the cursor that goes on after a line: the line's own place in the order."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, LiteralString

from fastapi import Query
from psycopg import sql

from shared.board.columns import Column
from shared.board.composed import listed
from shared.board.filters import Flag, query_parameter
from shared.http.paging import PageRequest, Values, no_cursor
from shared.times import from_wire, to_wire

Place = tuple[object, ...]
"""What a line has in the columns of an order."""

LAST = "infinity"
"""Where a time is unknown: after every time that is known, for PostgreSQL as for us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order by columns, all in one direction, the last of which tells every two lines apart.

    `says` describes it in a few words. With `only`, the order lists no other lines, so that a
    partial index can serve it. What is unknown comes last: times only, in ascending orders.
    """

    direction: ClassVar[LiteralString]
    beyond: ClassVar[LiteralString]

    by: tuple[str, ...]
    says: str
    only: Flag | None = None


class Ascending(Order):
    """From the least on."""

    direction, beyond = "asc", ">"


class Descending(Order):
    """From the greatest back."""

    direction, beyond = "desc", "<"


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order over the columns of a board, and its cursors.

    A cursor of the default order holds the place of a line; one of another order begins with the
    order's name, and the default order refuses those names.
    """

    order: Order
    columns: tuple[Column, ...]
    tag: tuple[str, ...]
    others: frozenset[str]

    @classmethod
    def over(
        cls, columns: Mapping[str, Column], orders: Mapping[str, Order], name: str
    ) -> "Keyset":
        """Raises TypeError where unknown values have no place in the order."""
        usual, *others = orders
        order = orders[name]
        found = tuple(columns[field] for field in order.by)
        for each in found:
            if each.nullable and not (isinstance(order, Ascending) and each.python_type in _TIMES):
                raise TypeError(f"{each.field} may be unknown and has no place in this order")
        return cls(order, found, () if name == usual else (name,), frozenset(others))

    def sorted(self) -> sql.Composable:
        """The terms of `order by`."""
        direction = sql.SQL(self.order.direction)
        return listed([sql.SQL("{} {}").format(_term(each), direction) for each in self.columns])

    def beyond(self) -> sql.Composable:
        """The condition that a line comes after a place, whose values are `%(after_<column>)s`."""
        terms = listed([_term(each) for each in self.columns])
        values = listed([_value(each) for each in self.columns])
        return sql.SQL("({}) {} ({})").format(terms, sql.SQL(self.order.beyond), values)

    def named(self, place: Place | None) -> dict[str, object]:
        """The values that `beyond` names, none for the first page."""
        if place is None:
            return {}
        return {
            _after(column): LAST if value is None else value
            for column, value in zip(self.columns, place, strict=True)
        }

    def place(self, paging: PageRequest) -> Place | None:
        """Where the page begins, None for the first; refuses a cursor of another order."""
        after = paging.after
        if after is None:
            return None
        tag, rest = after[: len(self.tag)], after[len(self.tag) :]
        if tag != self.tag or (not tag and self.others.intersection(rest[:1])):
            raise no_cursor()
        return PageRequest(paging.limit, rest).after_as(*map(_reader, self.columns))

    def cursor(self, line: object) -> Values:
        """The cursor after a line."""
        return (*self.tag, *(_written(getattr(line, each.field)) for each in self.columns))


def order_parameter(orders: Mapping[str, Order]) -> inspect.Parameter:
    """The query parameter that chooses among several; the first is the default."""
    names = Literal.__getitem__(tuple(orders))
    says = "; ".join(f"{name}: {order.says}" for name, order in orders.items())
    annotation = Annotated[names, Query(description=says)]  # type: ignore[valid-type]
    return query_parameter("order", annotation, next(iter(orders)))


_TIMES = {datetime, date}


def _term(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    if not column.nullable:
        return name
    # not coalesce: row-level security takes it for leaky, and no index would be searched by it
    known = sql.SQL("case when {} is null then {}::{} else {} end")
    return known.format(name, sql.Literal(LAST), sql.SQL(column.sql_type), name)


def _value(column: Column) -> sql.Composable:
    return sql.SQL("{}::{}").format(sql.Placeholder(_after(column)), sql.SQL(column.sql_type))


def _after(column: Column) -> str:
    return f"after_{column.field}"


def _written(value: object) -> str | int:
    match value:
        case None:
            return LAST
        case datetime():
            return to_wire(value)
        case date():
            return value.isoformat()
        case str() | int():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no place in an order")


def _reader(column: Column) -> Callable[[Any], Any]:
    """What reads a column's value in a cursor."""
    read = _READERS[column.python_type]
    if not column.nullable:
        return read
    return lambda value: None if value == LAST else read(value)


_READERS: dict[object, Callable[[Any], Any]] = {
    str: str,
    int: int,
    datetime: from_wire,
    date: date.fromisoformat,
}
