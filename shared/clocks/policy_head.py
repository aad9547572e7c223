"""The head of a policy file: everything except its clocks."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.clocks.citation import Law
from shared.clocks.clock import Doubt, FactName, Name

Version = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*-[0-9]{4}(\.[0-9]+)?$")]
"""`national-2022`: the jurisdiction and the year of its rules, then `.2` for a second edition."""


class Counting(BaseModel):
    """The articles on counting: the start day, hours, and a last day that is a rest day."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    start_day: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: Annotated[tuple[str, ...], Field(min_length=1)]
    last_day: Annotated[tuple[str, ...], Field(min_length=1)]
    unverified: tuple[Doubt, ...] = ()
    note: Name | None = None


class PolicyHead(BaseModel):
    """All keys of a policy file but its clocks."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: Version
    jurisdiction: Annotated[str, StringConstraints(pattern=r"^CN(-[A-Z]{2})?$")]
    """ISO 3166-2."""
    name: Name
    base: Version | None = None
    """The policy whose clocks apply where this one defines none."""
    effective_from: date
    effective_to: date | None = None
    unverified: tuple[Doubt, ...] = ()
    note: Name | None = None
    counting: Counting | None = None
    laws: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")], Law] = {}
    facts: dict[FactName, Name] = {}
    """Facts without a published event: the caller states them."""
