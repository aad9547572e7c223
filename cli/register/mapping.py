"""What a register's columns mean; the mapping of a register is this, written in TOML.

Nothing is made up: what a mapping leaves out, and what a cell leaves empty, is not stated.
"""

from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AliasChoices, StringConstraints, model_validator
from pydantic import Field as Declared

from cli.register.fields import Columns, CountField, Field, FlagField, Part, TimeField, codes_of
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    Outcome,
    Procedure,
    Purpose,
    ReceivedFrom,
    ResolvedHow,
    Route,
)
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


class Case(Part):
    """The filing: who, when, by which way, about what, where."""

    filed_at: TimeField
    number: Field | None = None
    division: DivisionField | None = None
    village: DivisionField | None = None
    channel: Annotated[Field, codes_of(Channel)] | None = None
    purpose: Annotated[Field, codes_of(Purpose)] | None = None
    category: Annotated[Field, codes_of(Category)] | None = None
    first_or_repeat: Annotated[Field, codes_of(FirstOrRepeat)] | None = None
    received_from: Annotated[Field, codes_of(ReceivedFrom)] | None = None
    headcount: CountField | None = None
    joint: FlagField | None = None
    anonymous: FlagField | None = None
    urgent: FlagField | None = None
    narrative: Field | None = None
    person: Field | None = None
    phone: Field | None = None
    id_number: Field | None = None
    address: Field | None = None


class Answer(Part):
    """An answer that reached the petitioner."""

    at: TimeField
    text: Field | None = None


class Acceptance(Part):
    """受理, by a register that has a column for its day."""

    at: TimeField
    procedure: Annotated[Field, codes_of(Procedure)] | None = None
    unit: Field | None = None


class Resolution(Part):
    """化解: by what, since a resolution of no kind is none."""

    at: TimeField
    how: Annotated[Field, codes_of(ResolvedHow)]
    on_site: FlagField | None = None


class State(StrEnum):
    """What a register's status may mean; `open` is no fact."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    TRANSFERRED = "transferred"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    DIVERTED = "diverted"
    DUPLICATE = "duplicate"
    IN_PROCESS_ELSEWHERE = "in-process-elsewhere"
    CONCLUDED = "concluded"
    CLOSED = "closed"


class Status(Field):
    """One column that says what became of the case, and the column that says when.

    `at_of` names another time column for single states, such as a column of withdrawals.
    """

    at: TimeField | None = Declared(default=None, validation_alias=AliasChoices("at", "time"))
    at_of: dict[State, TimeField] = Declared(default={})
    outcome: Annotated[Field, codes_of(Outcome)] | None = None
    route: Annotated[Field, codes_of(Route)] | None = None
    unit: Field | None = None
    how: Annotated[Field, codes_of(ResolvedHow)] | None = None
    on_site: FlagField | None = None
    statement_recorded: FlagField | None = None

    @model_validator(mode="after")
    def _known_states(self) -> Self:
        states = list(State)
        for given in self.plain_values():
            if given != "" and given not in states:
                raise ValueError(f"{given!r} is none of {', '.join(states)}")
        if State.RESOLVED in self.plain_values() and self.how is None:
            raise ValueError("a status that means resolved needs `how`: by what it was resolved")
        return self

    def time_of(self, state: State) -> TimeField | None:
        """Where the day of that state stands, if anywhere."""
        return self.at_of.get(state, self.at)


class Mapping(Part):
    """The whole file."""

    source: Source
    case: Case
    acceptance: Acceptance | None = None
    answer: Answer | None = None
    resolution: Resolution | None = None
    status: Status | None = None

    def fields(self) -> dict[str, Columns]:
        """Every field by its place, such as `case.filed_at`."""
        found: dict[str, Columns] = {}
        for name in ("case", "acceptance", "answer", "resolution", "status"):
            part = getattr(self, name)
            if part is not None:
                found |= _fields_of(name, part)
        return found

    def divisions(self) -> list[str]:
        """The divisions that the mapping itself names."""
        field = self.case.division
        return [str(code) for code in field.plain_values() if code] if field else []


def _fields_of(name: str, part: Part) -> dict[str, Columns]:
    found: dict[str, Columns] = {name: part} if isinstance(part, Columns) else {}
    for key in type(part).model_fields:
        value = getattr(part, key)
        if isinstance(value, Columns):
            found[f"{name}.{key}"] = value
    if isinstance(part, Status):
        found |= {f"{name}.at_of.{state}": field for state, field in part.at_of.items()}
    return found
