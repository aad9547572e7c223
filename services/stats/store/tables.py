"""The tables of a subject: which columns its steps, facts and rollups have.

Four tables a subject, named after it: `case_step`, `case_fact`, `case_day_rollup`,
`case_month_rollup`. What they have in common is written here once; a subject declares the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, LiteralString

from services.stats.domain.mark import Mark
from services.stats.domain.subject import Fact, Subject


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name and type; what a fact keeps from its first step on is `fixed`."""

    name: LiteralString
    type: LiteralString
    fixed: bool = False
    write: Callable[[Any], Any] | None = None
    """How the value is written, where the driver does not know its type."""
    read: Callable[[Any], Any] | None = None


@dataclass(frozen=True, eq=False)
class SubjectTables:
    """Where the steps, facts and rollups of a subject rest."""

    subject: Subject
    name: LiteralString
    said: tuple[Column, ...]
    """What a step states: the columns of `said_as`, in its order."""
    said_as: Callable[..., Any]
    fact_as: Callable[..., Fact]
    values: tuple[Column, ...]
    """What of a fact is no mark, by the names of its fields."""
    marks: tuple[LiteralString, ...]
    """The marks of a fact: each the columns `…_at` and `…_seq`."""
    stated: LiteralString | None = None
    """The field of a fact in which what its first step stated is kept, its columns the first."""
    stated_as: Callable[..., Any] | None = None
    stated_columns: tuple[Column, ...] = ()

    @property
    def step(self) -> LiteralString:
        """Every step, never changed."""
        return f"{self.name}_step"

    @property
    def fact(self) -> LiteralString:
        """One row a matter."""
        return f"{self.name}_fact"

    @property
    def days(self) -> LiteralString:
        """The counters of an anchor by day and dimensions."""
        return f"{self.name}_day_rollup"

    @property
    def months(self) -> LiteralString:
        """The same by whole months, whatever the dimensions."""
        return f"{self.name}_month_rollup"

    @property
    def id(self) -> LiteralString:
        """The column that names the matter."""
        return f"{self.name}_id"

    @property
    def all(self) -> tuple[LiteralString, ...]:
        """All that a fold of the subject writes."""
        return (self.step, self.fact, self.days, self.months)

    @cached_property
    def fact_columns(self) -> tuple[Column, ...]:
        """Those of a fact, in the order of its rows."""
        key = (Column("division_code", "text", fixed=True), Column(self.id, "text", fixed=True))
        marks = (
            Column(name, type_)
            for mark in self.marks
            for name, type_ in ((f"{mark}_at", "timestamptz"), (f"{mark}_seq", "bigint"))
        )
        return (*key, *self.stated_columns, *self.values, *marks)

    @cached_property
    def _reading(self) -> tuple[Callable[[Fact], Any], Callable[[Fact], Any]]:
        stated = [f"{self.stated}.{column.name}" for column in self.stated_columns]
        return _several([*stated, *(column.name for column in self.values)]), _several(self.marks)

    @cached_property
    def _writing(self) -> list[tuple[int, Callable[[Any], Any]]]:
        columns = enumerate(self.fact_columns)
        return [(place, column.write) for place, column in columns if column.write]

    def row_of(self, fact: Fact) -> list[Any]:
        """The fact as its columns hold it."""
        values_of, marks_of = self._reading
        row = [fact[0], fact[1], *values_of(fact)]
        for mark in marks_of(fact):
            row += (mark[0], mark[1]) if mark else _NO_MARK
        for place, write in self._writing:
            row[place] = write(row[place])
        return row

    def fact_of(self, row: tuple[Any, ...]) -> Fact:
        """The fact that was stored so."""
        at = 2 + len(self.stated_columns)
        told: dict[str, Any] = {}
        if self.stated is not None and self.stated_as is not None:
            told[self.stated] = self.stated_as(*row[2:at])
        for column in self.values:
            told[column.name] = row[at] if column.read is None else column.read(row[at])
            at += 1
        for mark in self.marks:
            if row[at] is not None:
                told[mark] = Mark.of(row[at], row[at + 1])
            at += 2
        return self.fact_as(row[0], row[1], **told)


_NO_MARK = (None, None)


def _several(names: Sequence[str]) -> Callable[[Fact], tuple[Any, ...]]:
    """The attributes of these names, as a tuple also where there are less than two."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda fact: tuple(getattr(fact, name) for name in names)
