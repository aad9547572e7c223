"""The tables of a subject: which columns its steps and facts have.

Two tables a subject, named after it: `case_step`, `case_fact`. The columns that all subjects have
are written here once; a subject declares the rest, and its service's migrations create the tables.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, LiteralString

from shared.folding.occurrence import Occurrence
from shared.folding.subject import Fact, Subject


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name and type; what a fact keeps from its first step on is `fixed`."""

    name: LiteralString
    type: LiteralString
    fixed: bool = False
    write: Callable[[Any], Any] | None = None
    """How the value is written, where the driver does not know its type."""
    read: Callable[[Any], Any] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class SubjectTables:
    """Where the steps and facts of a subject are kept."""

    subject: Subject
    name: LiteralString
    stated: tuple[Column, ...] = ()
    """What a step states: the columns of `stated_as`, in its order."""
    stated_as: Callable[..., Any] | None = None
    fact_as: Callable[..., Fact]
    values: tuple[Column, ...] = ()
    """The fields of a fact that are no occurrences, by their names."""
    occurrences: tuple[LiteralString, ...] = ()
    """The occurrences of a fact: each the columns `…_at` and `…_seq`."""
    origin: LiteralString | None = None
    """The field of a fact that keeps what its first step stated; its columns come first."""
    origin_as: Callable[..., Any] | None = None
    origin_columns: tuple[Column, ...] = ()

    @property
    def step(self) -> LiteralString:
        """Every step, never changed."""
        return f"{self.name}_step"

    @property
    def fact(self) -> LiteralString:
        """One row an entity."""
        return f"{self.name}_fact"

    @property
    def id(self) -> LiteralString:
        """The column that names the entity."""
        return f"{self.name}_id"

    @property
    def all(self) -> tuple[LiteralString, ...]:
        """All that a fold of the subject writes."""
        return (self.step, self.fact)

    @cached_property
    def fact_columns(self) -> tuple[Column, ...]:
        """Those of a fact, in the order of its rows."""
        key = (Column("division_code", "text", fixed=True), Column(self.id, "text", fixed=True))
        occurrences = (
            Column(column, type_)
            for name in self.occurrences
            for column, type_ in ((f"{name}_at", "timestamptz"), (f"{name}_seq", "bigint"))
        )
        return (*key, *self.origin_columns, *self.values, *occurrences)

    @cached_property
    def _reading(self) -> tuple[Callable[[Fact], Any], Callable[[Fact], Any]]:
        origin = [f"{self.origin}.{column.name}" for column in self.origin_columns]
        values = _several([*origin, *(column.name for column in self.values)])
        return values, _several(self.occurrences)

    @cached_property
    def _writing(self) -> list[tuple[int, Callable[[Any], Any]]]:
        columns = enumerate(self.fact_columns)
        return [(place, column.write) for place, column in columns if column.write]

    def row_of(self, fact: Fact) -> list[Any]:
        """The fact as its columns hold it."""
        values_of, occurrences_of = self._reading
        row = [fact[0], fact[1], *values_of(fact)]
        for occurrence in occurrences_of(fact):
            row += (occurrence[0], occurrence[1]) if occurrence else _NEVER
        for place, write in self._writing:
            row[place] = write(row[place])
        return row

    def fact_of(self, row: tuple[Any, ...]) -> Fact:
        """The fact that was stored in this row."""
        at = 2 + len(self.origin_columns)
        fields: dict[str, Any] = {}
        if self.origin is not None and self.origin_as is not None:
            fields[self.origin] = self.origin_as(*row[2:at])
        for column in self.values:
            fields[column.name] = row[at] if column.read is None else column.read(row[at])
            at += 1
        for name in self.occurrences:
            if row[at] is not None:
                fields[name] = Occurrence.of(row[at], row[at + 1])
            at += 2
        return self.fact_as(row[0], row[1], **fields)


_NEVER = (None, None)


def _several(names: Sequence[str]) -> Callable[[Fact], tuple[Any, ...]]:
    """The attributes of these names, as a tuple also where there are less than two."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda fact: tuple(getattr(fact, name) for name in names)
