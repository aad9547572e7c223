"""What a register's columns mean; the mapping of a register is this, written in TOML.

Nothing is made up: what a mapping leaves out, and what a cell leaves empty, is not stated. What the
rows become (cases, say) is declared by a subclass of `Mapping` with a `Target`.
"""

from abc import ABC, abstractmethod
from collections import abc
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, StringConstraints
from pydantic import Field as Declared

from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Columns, Field, Part, TimeField
from cli.register.times import Moment
from cli.register.values import Reader
from shared.divisions import check_division


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError("no time zone of that name, such as Asia/Shanghai") from unknown
    return name


def _known_encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError as unknown:
        raise ValueError("no encoding of that name, such as gb18030 or utf-8") from unknown
    return name


class Source(Part):
    """The register itself; its name and a row's own number make the import repeatable."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    sheet: str | None = None
    header_row: Annotated[int, Declared(ge=1, le=1000)] | None = None
    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the office's wall."""
        return ZoneInfo(self.timezone)


def _division_codes(field: Field) -> Field:
    for given in field.plain_values():
        if given != "":
            check_division(str(given))
    return field


DivisionField = Annotated[Field, AfterValidator(_division_codes)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the rows of a register become, and which API takes them."""

    subject: str
    """One of them, such as `case`; the mapping's first table has this name."""
    plural: str
    opening: str
    """The fact that each row begins with, in words: `filing`."""
    opening_key: str
    """The same fact in a row's body: `file`."""
    order: tuple[str, ...]
    """In which order the other facts follow each other within a day."""
    service: str
    path: str
    outcomes: tuple[str, ...]
    """What may become of a row, as the API counts it, without `rejected`."""
    renamed: abc.Mapping[str, str] = field(default_factory=dict)
    """Fields of the API that have another name in the mapping."""
    of_divisions: bool = False
    """Whether the rows belong to a township or to the county itself, and to no village."""
    counted: bool = True
    """Whether figures are made of them, for which an import may wait."""


class Subject(Protocol):
    """What the first table of every mapping may say."""

    @property
    def number(self) -> Field | None:
        """The row's own number."""

    @property
    def division(self) -> Field | None:
        """The township, by its code."""

    @property
    def village(self) -> Field | None:
        """The village, by its code."""


class Mapping(Part, ABC):
    """The whole file: the source, and the tables that the target declares."""

    target: ClassVar[Target]

    source: Source

    @property
    @abstractmethod
    def subject(self) -> Subject:
        """The table that is named after the target's subject."""

    @property
    @abstractmethod
    def opened_at(self) -> TimeField:
        """When the opening fact happened."""

    def first_day(self, _: Reader, opened: Moment) -> Moment:
        """From when on something may have happened; the opening's time unless a row says more."""
        return opened

    @abstractmethod
    def opening(self, reader: Reader) -> Said:
        """What a row says of its opening fact, by the API's names."""

    @abstractmethod
    def facts(self, reader: Reader) -> Iterable[Fact | Undated]:
        """What else a row states, in any order."""

    @abstractmethod
    def table_of(self, fact: str) -> Part | None:
        """The table from which a fact was read."""

    def fields(self) -> dict[str, Columns]:
        """Every field by its place, such as `case.filed_at`."""
        found: dict[str, Columns] = {}
        for name in type(self).model_fields:
            part = getattr(self, name)
            if isinstance(part, Part):
                found |= _fields_of(name, part)
        return found

    def divisions(self) -> list[str]:
        """The divisions that the mapping itself names."""
        field = self.subject.division
        return [str(code) for code in field.plain_values() if code] if field else []


def _fields_of(name: str, part: Part) -> dict[str, Columns]:
    found: dict[str, Columns] = {name: part} if isinstance(part, Columns) else {}
    for key in type(part).model_fields:
        match getattr(part, key):
            case Columns() as value:
                found[f"{name}.{key}"] = value
            case dict() as several:
                found |= {
                    f"{name}.{key}.{of}": value
                    for of, value in several.items()
                    if isinstance(value, Columns)
                }
            case _:
                pass
    return found
