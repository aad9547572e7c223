"""The tables of a mapping whose rows are cases: the filing, and what became of it."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AliasChoices, model_validator
from pydantic import Field as Declared

from cli.register.fields import CountField, Field, FlagField, Part, TimeField, codes_of
from cli.register.mapping import DivisionField
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


class Case(Part):
    """The filing: who, when, by which way, about what, where."""

    filed_at: TimeField
    received_on: TimeField | None = None
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
    cause: Field | None = None
    """The organisation that caused the matter; a row that names a person there is rejected."""
    cause_number: Field | None = None
    """Its unified social credit code."""


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
        """The column with the day of that state, if there is one."""
        return self.at_of.get(state, self.at)
