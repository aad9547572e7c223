"""Filters of a list: each is a query parameter and the SQL conditions that follow from its value."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, LiteralString

from fastapi import Query
from psycopg import sql

Span = tuple[datetime | None, datetime | None]
"""From when, and before when."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter, its conditions by name, and which of them hold for a value."""

    parameter: inspect.Parameter
    conditions: Mapping[str, sql.Composable]
    values: Callable[[Any], Mapping[str, object]]

    @property
    def name(self) -> str:
        """The parameter's name."""
        return self.parameter.name


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a list: the order, and the values of the conditions that hold."""

    order: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Equals:
    """A filter by equality; `kind` is the parameter's type."""

    kind: Any

    def on(self, field: str, column: str) -> Filter:
        """The filter of a column."""
        return _where(field, self.kind, _compared(column, sql.SQL("="), field))


@dataclass(frozen=True, slots=True)
class Within:
    """A filter by a span of time; `span` is the FastAPI dependency that gives it."""

    span: Any

    def on(self, field: str, column: str) -> Filter:
        """The filter of a column."""
        first, before = f"{field}_from", f"{field}_before"

        def values(span: Span) -> Mapping[str, object]:
            ends = zip((first, before), span, strict=True)
            return {name: moment for name, moment in ends if moment is not None}

        return Filter(
            query_parameter(field, self.span),
            {
                first: _compared(column, sql.SQL(">="), first),
                before: _compared(column, sql.SQL("<"), before),
            },
            values,
        )


@dataclass(frozen=True, slots=True)
class Where:
    """A filter by SQL of its own, which names the parameter's value as `%(<name>)s`."""

    name: str
    kind: Any
    sql: LiteralString

    def filter(self) -> Filter:
        """The parameter and its condition."""
        return _where(self.name, self.kind, sql.SQL(self.sql))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter whose value chooses which of its conditions hold, and with which values.

    Each condition names its own value as `%(<name of the condition>)s`.
    """

    name: str
    kind: Any
    conditions: Mapping[str, LiteralString]
    values: Callable[[Any], Mapping[str, object]]
    says: str

    def filter(self) -> Filter:
        """The parameter and its conditions."""

        def values(given: Any) -> Mapping[str, object]:
            return {} if given is None else self.values(given)

        optional = self.kind | None
        annotation = Annotated[optional, Query(description=self.says)]  # type: ignore[valid-type]
        conditions = {name: sql.SQL(each) for name, each in self.conditions.items()}
        return Filter(query_parameter(self.name, annotation, None), conditions, values)


@dataclass(frozen=True, slots=True)
class Flag:
    """A filter that is on or off, and off unless it is asked for; `says` describes it."""

    name: str
    condition: sql.Composable
    says: str

    def filter(self) -> Filter:
        """The parameter and its condition."""
        return _flag(self.name, self.condition, self.says, holds=True)


@dataclass(frozen=True, slots=True)
class Unless:
    """A filter that is on unless the parameter is given."""

    name: str
    condition: sql.Composable
    says: str

    def filter(self) -> Filter:
        """The parameter and its condition."""
        return _flag(self.name, self.condition, self.says, holds=False)


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition that a route sets by itself, from who asks: it is no parameter of the query.

    Its SQL names the values that `asked` is given with it.
    """

    name: str
    sql: LiteralString

    def on(self, asked: Asked, values: Mapping[str, object]) -> Asked:
        """What is asked, under this condition."""
        return Asked(asked.order, {**asked.values, self.name: True, **values})


def among(column: str, *values: StrEnum) -> sql.Composable:
    """The column has one of these values."""
    literals = sql.SQL(", ").join(sql.Literal(each.value) for each in values)
    return sql.SQL("{} = any(array[{}])").format(sql.Identifier(column), literals)


def reading(
    filters: Iterable[Filter], order: inspect.Parameter | None, *, usual: str
) -> Callable[..., Any]:
    """The FastAPI dependency that reads these filters and the order; gives what is `Asked`."""
    read = tuple(filters)

    async def asked(**given: Any) -> Asked:
        values: dict[str, object] = {}
        for each in read:
            values |= each.values(given[each.name])
        return Asked(given.get("order", usual), values)

    parameters = [*(each.parameter for each in read), *([order] if order else [])]
    asked.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return asked


def _flag(name: str, condition: sql.Composable, says: str, *, holds: bool) -> Filter:
    def values(given: object) -> Mapping[str, object]:
        return {name: given} if given is holds else {}

    annotation = Annotated[bool, Query(description=says)]
    return Filter(query_parameter(name, annotation, False), {name: condition}, values)


def _where(name: str, kind: Any, condition: sql.Composable) -> Filter:
    def values(value: object) -> Mapping[str, object]:
        return {} if value is None else {name: value}

    return Filter(query_parameter(name, kind | None, None), {name: condition}, values)


def query_parameter(
    name: str, annotation: Any, default: object = inspect.Parameter.empty
) -> inspect.Parameter:
    """A parameter as FastAPI reads it from a signature."""
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _compared(column: str, operator: sql.SQL, name: str) -> sql.Composable:
    return sql.SQL("{} {} {}").format(sql.Identifier(column), operator, sql.Placeholder(name))
