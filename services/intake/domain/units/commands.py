"""The commands to a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.contracts.unit_codes import UnitEnd, UnitFact, UnitType


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnit:
    """A unit of this division, there from that day on."""

    unit_id: str
    code: str
    division: str
    unit_type: UnitType
    title: str
    valid_from: date
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectUnit:
    """更正: these facts are otherwise; `parent` None means that there is no unit above it."""

    values: Mapping[UnitFact, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUnit:
    """合并 or 撤销: the unit is no more from that day on."""

    on: date
    why: UnitEnd
    successor: str | None = None
    """The id of a unit that is there, as the route has looked up."""
    leaves_open: bool = False
    """Whether it may end without a successor although matters are open."""
    open_matters: int = 0
    """How many cases are open with it, as the route has counted."""


UnitCommand = RegisterUnit | CorrectUnit | EndUnit
