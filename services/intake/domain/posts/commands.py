"""The commands to a post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import HandOverReason, PostFact


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPost:
    """A post of this unit, there from that day on."""

    post_id: str
    code: str
    division: str
    unit: str
    leads: bool
    valid_from: date
    portfolio: tuple[Category, ...] | None = None
    portfolio_units: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPost:
    """更正: these facts are otherwise."""

    values: Mapping[PostFact, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPost:
    """Somebody holds the post from that day on."""

    holder: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VacatePost:
    """Nobody holds the post from that day on."""

    on: date
    leaves_open: bool = False
    """Whether it may be vacated without a substitute although matters are open."""
    open_matters: int = 0
    """How many cases are open with it, as the route has counted."""
    substituted: bool = False
    """Whether a post that somebody holds acts for it on that day, as the route has looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSubstitute:
    """代理: another post of the division acts for this one, until further notice or a last day."""

    substitute: str
    """The code of a post that is there and held, as the route has looked up."""
    since: date
    until: date | None = None
    left_open: int = 0
    """How many cases are open with a vacant post for which nobody would act today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPost:
    """移交: all matters of the post are those of another, and the post ends."""

    to: str
    """The code of a post that is there and held, as the route has looked up."""
    on: date
    reason: HandOverReason


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPost:
    """The post is no more from that day on."""

    on: date
    leaves_open: bool = False
    """Whether it may end although matters are open."""
    open_matters: int = 0
    """How many cases are open with it, as the route has counted."""


PostCommand = (
    RegisterPost | CorrectPost | HoldPost | VacatePost | NameSubstitute | HandOverPost | EndPost
)
