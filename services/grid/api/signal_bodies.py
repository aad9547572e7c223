"""What the routes of signals take: codes for the ledger, words and caller for the vault."""

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from services.grid.api.place_codes import require_in
from services.grid.domain.signal.receiving import GivenOrder
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import ReportTopic, matter_category_of
from shared.contracts.signal_codes import OrderNature, SignalKind, SignalSource
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, VillageCode, village_of
from shared.http import Body, YesOrNo
from shared.office import ReportedLater
from shared.office.occurrence_time import Day
from shared.vault.bodies import Narrative, Particulars, text

_OF_A_NUMBER = "[A-Za-z0-9/〔〕()（）号第字-]"
_TELEPHONE = re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])")


def _without_a_telephone(number: str) -> str:
    if _TELEPHONE.search(number) or _TELEPHONE.search(number.replace("-", "")):
        raise ValueError("The number of an order holds no telephone number")
    return number


OrderNumber = Annotated[
    str,
    StringConstraints(max_length=64, pattern=f"^{_OF_A_NUMBER}*[0-9]{_OF_A_NUMBER}*$"),
    AfterValidator(_without_a_telephone),
]
"""The number of an order: digits, Latin letters and the signs of such numbers, 〔2025〕第7号.

A name or a mobile number would stay in the ledger for ever.
"""


class Caller(Particulars):
    """来电人: who called, as far as they said so."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("A caller has at least a name or a telephone number")
        return self


class SignalTexts(Body):
    """What was said and by whom: all of it goes to the vault."""

    title: Annotated[str, text(500)] | None = None
    words: Narrative
    spot: Annotated[str, text(500)] | None = None
    """点位: the place in words."""
    company: Annotated[str, text(200)] | None = None
    """企业名称: the company of which it tells."""
    tags: Annotated[
        tuple[Annotated[str, text(50)], ...], Field(max_length=20, fail_fast=True)
    ] = ()
    caller: Caller | None = None
    confidential: YesOrNo = False
    """保密: the caller asked not to be named; then no caller is stated."""

    @model_validator(mode="after")
    def _keeps_no_confidential_caller(self) -> Self:
        if self.confidential and self.caller is not None:
            raise ValueError("A confidential caller is not kept: leave the caller out")
        return self

    def texts(self) -> dict[str, Any]:
        """What the vault keeps of it, without the caller."""
        given = {
            "title": self.title,
            "words": self.words,
            "spot": self.spot,
            "company": self.company,
            "tags": list(self.tags),
        }
        return {name: value for name, value in given.items() if value}


class MatterBody(SignalTexts):
    """About what, and where it is; the category follows from the topic where that is known."""

    kind: SignalKind = SignalKind.NOT_STATED
    category: Category | None = None
    topic: ReportTopic | None = None
    village_code: VillageCode | None = None
    grid_code: GridCode | None = None
    complained_unit: UnitRef | None = None
    """被反映单位: it reads nothing of this, and is not given the order."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.topic and self.category not in {None, matter_category_of(self.topic)}:
            raise ValueError("The topic is of another category")
        if self.grid_code and self.village_code not in {None, village_of(self.grid_code)}:
            raise ValueError("The grid lies in another village")
        return self

    @property
    def of_category(self) -> Category:
        """As stated, or as the topic has it."""
        if self.topic is not None:
            return matter_category_of(self.topic)
        return self.category or Category.UNCLASSIFIED

    @property
    def of_village(self) -> str | None:
        """As stated, or as the grid has it."""
        return village_of(self.grid_code) if self.grid_code else self.village_code

    def require_in(self, division: str, *, within: str = "") -> None:
        """Raise PlaceElsewhere for a place of another township."""
        for field in ("village_code", "grid_code"):
            code = getattr(self, field)
            if code is not None:
                require_in(division, code, field=f"{within}{field}")


class GivenOrderBody(MatterBody):
    """A work order of 12345, but for its number."""

    to_unit: UnitRef
    nature: OrderNature = OrderNature.NOT_STATED
    due_on: Day | None = None

    def order(self, number: str) -> GivenOrder:
        """The order that comes with the call."""
        return GivenOrder(
            number=number, to_unit=self.to_unit, nature=self.nature, due_on=self.due_on
        )


class HotlineOrderBody(GivenOrderBody, ReportedLater):
    """A work order of 12345 as it comes in."""

    number: OrderNumber


class SignalBody(MatterBody, ReportedLater):
    """What came in by the grid app, or what somebody passes on from an elders' group."""

    source: SignalSource

    @field_validator("source")
    @classmethod
    def _is_no_order(cls, source: SignalSource) -> SignalSource:
        if source is SignalSource.HOTLINE_12345:
            raise ValueError("An order of 12345 comes in as a hotline order, with its number")
        return source
