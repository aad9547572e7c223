"""Where a mapping takes a value from: a column, several, or the same for every row."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, field_validator, model_validator

from cli.register.cells import column_key, office_text
from shared.contracts.event import Code

Plain = bool | int | str


class Match(StrEnum):
    """Which of several matches of a pattern counts."""

    FIRST = "first"
    LAST = "last"
    LONGEST = "longest"


class Part(BaseModel):
    """A table of the mapping: what it does not know, it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False)


class Columns(Part):
    """One column or several, and what of their text counts."""

    column: str | None = None
    columns: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    match: Match | None = None
    map: dict[str, Plain] = {}

    @field_validator("map")
    @classmethod
    def _as_read(cls, given: dict[str, Plain]) -> dict[str, Plain]:
        return {office_text(key): value for key, value in given.items()}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.column is not None and self.columns:
            raise ValueError("give either `column` or `columns`")
        if self.match is not None and self.pattern is None:
            raise ValueError("`match` says which match of a `pattern` counts; there is none")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The columns as the office calls them."""
        return self.columns if self.column is None else (self.column,)

    @property
    def label(self) -> str:
        """The name that a reject gives the field."""
        return " + ".join(self.names)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns as they are looked up."""
        return tuple(map(column_key, self.names))

    def plain_values(self) -> list[Plain]:
        """Whatever the mapping itself may put in place of a cell's text."""
        return list(self.map.values())


class Field(Columns):
    """A value of every row: from its cells, or the same for all."""

    value: Plain | None = None
    default: Plain | None = None

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if (self.value is None) == (not self.names):
            raise ValueError("give one of `column`, `columns`, `value`")
        if self.value is not None and (self.map or self.pattern or self.default is not None):
            raise ValueError("`value` is the same for every row: no map, pattern or default")
        return self

    def plain_values(self) -> list[Plain]:
        """Whatever the mapping itself may put in place of a cell's text."""
        own = [given for given in (self.value, self.default) if given is not None]
        return [*super().plain_values(), *own]


class TimeField(Columns):
    """When something happened: only a register can say, so there is no value and no default."""

    formats: tuple[str, ...] = ()

    @field_validator("formats")
    @classmethod
    def _known(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for spelling in formats:
            _check_format(spelling)
        return formats

    @model_validator(mode="after")
    def _from_cells(self) -> Self:
        if not self.names:
            raise ValueError("give `column` or `columns`")
        return self


class SinceField(TimeField):
    """From when on something is valid: by the cells, or the same day for every row.

    Such a day is that of the whole table, which its owner states; when something happened only a
    row can say.
    """

    value: date | None = None

    @model_validator(mode="after")
    def _from_cells(self) -> Self:
        if (self.value is None) == (not self.names):
            raise ValueError("give one of `column`, `columns`, `value`")
        return self


_SAMPLE = datetime(2001, 2, 3, 16, 5, 6, tzinfo=UTC)


def _check_format(spelling: str) -> None:
    if not re.search(r"%[YyGcxD]", spelling):
        raise ValueError(f"the format {spelling!r} has no year")
    try:
        datetime.strptime(_SAMPLE.strftime(spelling), spelling)  # noqa: DTZ007
    except ValueError as unreadable:
        raise ValueError(f"{spelling!r} is no format of a time") from unreadable


def codes_of(*sets: type[Code]) -> Any:
    """Refuses a map, value or default that is no code of the set; "" says "not recorded"."""
    known = [code.value for codes in sets for code in codes]

    def check(field: Field) -> Field:
        for given in field.plain_values():
            if given != "" and given not in known:
                raise ValueError(f"{given!r} is none of {', '.join(known)}")
        return field

    return AfterValidator(check)


def _flags(field: Field) -> Field:
    for given in field.plain_values():
        if given != "" and not isinstance(given, bool):
            raise ValueError(f"{given!r} is neither true nor false")
    return field


def _counts(field: Field) -> Field:
    for given in field.plain_values():
        if given != "" and (isinstance(given, bool) or not str(given).isdecimal()):
            raise ValueError(f"{given!r} is no whole number")
    return field


FlagField = Annotated[Field, AfterValidator(_flags)]
CountField = Annotated[Field, AfterValidator(_counts)]
