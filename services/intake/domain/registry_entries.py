"""What the registry of a county has: its units and posts, each as known now."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.case_codes import Category
from shared.contracts.event import Code
from shared.contracts.unit_codes import UnitLevel, UnitType
from shared.divisions import COUNTY

Place = tuple[str, str]
"""Division and code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as the registry knows it now."""

    unit_id: str
    division: str
    code: str
    unit_type: UnitType
    title: str
    valid_from: date
    parent: str | None = None
    ended_on: date | None = None
    """The first day on which it is no more."""
    successor: str | None = None
    """The id of the unit that has its matters."""
    version: int = 1
    """Of its stream."""

    @property
    def place(self) -> Place:
        """How it is named."""
        return self.division, self.code

    @property
    def level(self) -> UnitLevel:
        """At which level it works."""
        return level_of(self.division, self.unit_type)

    def has_begun(self, on: date) -> bool:
        """Whether it was there by that day, ended or not."""
        return self.valid_from <= on

    def has_ended(self, on: date) -> bool:
        """Whether it is no more on that day."""
        return self.ended_on is not None and self.ended_on <= on

    def is_valid(self, on: date) -> bool:
        """Whether it is there on that day."""
        return self.has_begun(on) and not self.has_ended(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as the registry knows it now."""

    post_id: str
    division: str
    code: str
    unit: str
    """The code of its unit, as registered; `Registry.unit_now` says which that is today."""
    leads: bool
    valid_from: date
    portfolio: tuple[Category, ...] = ()
    portfolio_units: tuple[str, ...] = ()
    """The codes of the units of its division that it is in charge of."""
    holder: str | None = None
    held_since: date | None = None
    vacated_on: date | None = None
    substitute: str | None = None
    """The code of the post that acts for it."""
    substitute_since: date | None = None
    substitute_until: date | None = None
    """The last day; None: until further notice."""
    ended_on: date | None = None
    """The first day on which it is no more."""
    successor: str | None = None
    """The code of the post that took its matters over."""
    version: int = 1
    """Of its stream."""

    @property
    def place(self) -> Place:
        """How it is named."""
        return self.division, self.code

    def has_begun(self, on: date) -> bool:
        """Whether it was there by that day, ended or not."""
        return self.valid_from <= on

    def has_ended(self, on: date) -> bool:
        """Whether it is no more on that day."""
        return self.ended_on is not None and self.ended_on <= on

    def is_valid(self, on: date) -> bool:
        """Whether it is there on that day."""
        return self.has_begun(on) and not self.has_ended(on)

    def holder_on(self, on: date) -> str | None:
        """Who holds it on that day; None where nobody does."""
        if not self.is_valid(on) or self.held_since is None or on < self.held_since:
            return None
        return None if self.vacated_by(on) else self.holder

    def vacated_by(self, on: date) -> date | None:
        """Since when nobody holds it, where that was stated."""
        return self.vacated_on if self.vacated_on and self.vacated_on <= on else None

    def substitute_on(self, on: date) -> str | None:
        """The code of the post that acts for it on that day."""
        if self.substitute_since is None or on < self.substitute_since:
            return None
        ended = self.substitute_until is not None and self.substitute_until < on
        return None if ended else self.substitute


def level_of(division: str, unit_type: UnitType) -> UnitLevel:
    """The level at which a unit of that division and type works."""
    if unit_type is UnitType.VILLAGE_COMMITTEE:
        return UnitLevel.VILLAGE
    return UnitLevel.COUNTY if len(division) == COUNTY else UnitLevel.TOWNSHIP


class Why(Code):
    """Why nobody holds what is open."""

    UNIT_ENDED = "unit-ended", "单位已撤销"
    POST_ENDED = "post-ended", "岗位已撤销"
    POST_VACANT = "post-vacant", "岗位空缺"


@dataclass(frozen=True, slots=True)
class Unheld:
    """That nobody holds it, since when, and which unit or post says so."""

    why: Why
    since: date
    by: str
    """The id of the unit or post whose events say it."""
