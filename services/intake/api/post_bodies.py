"""What the routes of a post take."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import HandOverReason, PostFact
from shared.contracts.words import PostRef, UnitRef
from shared.http import EachOnce, YesOrNo
from shared.office.occurrence_time import Dated, Day

Portfolio = Annotated[
    tuple[Category, ...], Field(max_length=len(Category), fail_fast=True), EachOnce
]


PortfolioUnits = Annotated[tuple[UnitRef, ...], Field(max_length=100, fail_fast=True), EachOnce]
_MAY_BE_NONE = {PostFact.PORTFOLIO, PostFact.PORTFOLIO_UNITS}


class NewPostBody(Dated):
    """A post: its code in the division, its unit, whether it heads it, since when it is there."""

    code: PostRef
    unit: UnitRef
    leads: YesOrNo = False
    valid_from: Day
    portfolio: Portfolio | None = None
    """The matters that it is in charge of 分管."""
    portfolio_units: PortfolioUnits | None = None
    """The units of its division that it is in charge of: it sees no complaint about them."""


class CorrectPostBody(Dated):
    """The facts that are otherwise; a portfolio is null where it is in charge of none."""

    unit: UnitRef | None = None
    leads: YesOrNo | None = None
    valid_from: Day | None = None
    portfolio: Portfolio | None = None
    portfolio_units: PortfolioUnits | None = None

    def values(self) -> dict[PostFact, object]:
        """What the body states; only portfolios may be stated as null."""
        stated = {fact: getattr(self, fact.field) for fact in PostFact}
        return {
            fact: value or None if fact in _MAY_BE_NONE else value
            for fact, value in stated.items()
            if fact.field in self.model_fields_set and (value is not None or fact in _MAY_BE_NONE)
        }


class HoldBody(Dated):
    """Who holds it, by an opaque reference, and since which day."""

    holder: PostRef
    since: Day


class VacateBody(Dated):
    """Since which day nobody holds it."""

    on: Day
    leaves_open: YesOrNo = False
    """Whether it is vacated without a substitute although matters are open."""


class SubstituteBody(Dated):
    """Which post acts for it, since which day, and the last day where one is set."""

    substitute: PostRef
    since: Day
    until: Day | None = None

    def covers(self, day: date) -> bool:
        """Whether the post acts on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class HandOverBody(Dated):
    """To which post of the division, since which day, and why."""

    to: PostRef
    on: Day
    reason: HandOverReason


class EndBody(Dated):
    """Since which day it is no more."""

    on: Day
    leaves_open: YesOrNo = False
    """Whether it ends although matters are open and nobody takes them over."""
