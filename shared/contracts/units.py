"""Events about units and posts, in the county's ledger: about no matter, so they name none.

A unit is named by (division, code), a post likewise; their streams have ids of the county's
ledger. Nothing here is personal: the title of a unit is public, a holder an opaque reference.
"""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.unit_codes import HandOverReason, PostFact, UnitEnd, UnitFact, UnitType
from shared.contracts.words import PostRef, UnitRef
from shared.divisions import Identifier, ScopeCode

UnitTitle = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9]{0,6}(?:[\u4e00-\u9fff\u3400-\u4dbf·()（）、][A-Za-z0-9]{0,6}){1,60}$"
    ),
]
"""The public title of a unit, such as 青云镇司法所: Chinese, at most six letters or digits in a row,
so that no number of a person fits."""


class UnitEvent(Event):
    """What all events about a unit have in common."""

    unit_id: Identifier


class UnitRegistered(UnitEvent):
    """A unit of a township or of the county, under a code that stays its own."""

    code: UnitRef
    division: ScopeCode
    unit_type: UnitType
    title: UnitTitle
    valid_from: date
    parent: UnitRef | None = None
    """The code of the unit above it in the same division."""


class UnitCorrected(UnitEvent):
    """更正: `changed` names what is corrected; the fields of those names have the new values."""

    changed: tuple[UnitFact, ...]
    title: UnitTitle | None = None
    unit_type: UnitType | None = None
    parent: UnitRef | None = None
    valid_from: date | None = None


class UnitEnded(UnitEvent):
    """A unit is no more from that day on; its matters are its successor's [R24]."""

    on: date
    why: UnitEnd
    successor: Identifier | None = None
    """The unit that has its matters, in the same county; none: the petition office has them."""
    leaves_open: bool | None = None
    """True where it ended without a successor although matters were open."""


class PostEvent(Event):
    """What all events about a post have in common."""

    post_id: Identifier


class PostRegistered(PostEvent):
    """A post of a unit, under a code that stays its own."""

    code: PostRef
    division: ScopeCode
    unit: UnitRef
    leads: bool
    """True where the post heads its unit."""
    valid_from: date
    portfolio: tuple[Category, ...] | None = None
    """The matters that it is in charge of 分管."""
    portfolio_units: tuple[UnitRef, ...] | None = None
    """The units of its division that it is in charge of 分管: it sees no complaint about them."""


class PostCorrected(PostEvent):
    """更正: `changed` names what is corrected; the fields of those names have the new values."""

    changed: tuple[PostFact, ...]
    unit: UnitRef | None = None
    leads: bool | None = None
    portfolio: tuple[Category, ...] | None = None
    portfolio_units: tuple[UnitRef, ...] | None = None
    valid_from: date | None = None


class PostHeld(PostEvent):
    """Somebody holds the post from that day on, whoever held it before."""

    holder: PostRef
    """An opaque reference, never a name."""
    since: date


class PostVacated(PostEvent):
    """Nobody holds the post from that day on."""

    on: date
    leaves_open: bool | None = None
    """True where matters of the post were open and no substitute was named for that day."""


class SubstituteNamed(PostEvent):
    """代理: another post of the division acts for this one; a later naming replaces the earlier."""

    substitute: PostRef
    since: date
    until: date | None = None
    """The last day."""


class PostHandedOver(PostEvent):
    """移交: all matters of the post are those of another from that day on; the post ends."""

    to: PostRef
    on: date
    reason: HandOverReason


class PostEnded(PostEvent):
    """The post is no more from that day on; nobody took its matters over."""

    on: date
    leaves_open: bool | None = None
    """True where matters were open."""
