"""Which cases a unit and a post hold on a day: under which units and posts their records may say so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.intake.domain.case_rights import unit_of
from services.intake.domain.complained_unit import HiddenComplaints, complaints_about_unit
from services.intake.domain.participant import Participant
from services.intake.domain.registry import PETITION_OFFICE, Place, Registry
from shared.divisions import COUNTY
from shared.keyed_marks import NO_MARKS, KeyedMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class InsteadOf:
    """A unit whose matters a petition office has where they complain of it."""

    division: str
    codes: tuple[str, ...] | None
    """Under which records name the unit; None: whichever is not `of_others`."""
    of_others: tuple[str, ...]
    about: HiddenComplaints
    """The complaints that mean it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """The units and posts that a case names when it is theirs."""

    units: tuple[Place, ...] = ()
    posts: tuple[Place, ...] = ()
    office_of: str | None = None
    """The division whose petition office asks: it has besides what none of its units has."""
    of_others: tuple[str, ...] = ()
    """The codes of that division's units whose matters another unit has."""
    instead_of: tuple[InsteadOf, ...] = ()
    office_marks: tuple[str, ...] = ()
    """For the county's petition office: how complaints name a petition office that no registry has."""


def at_hand(
    who: Participant, registry: Registry, *, on: date, marks: KeyedMarks = NO_MARKS
) -> AtHand:
    """What the participant's unit has, as itself or as a successor, and the post likewise.

    A petition office has what complains of a unit of its division, and the county's what complains
    of a township's petition office.
    """
    unit = unit_of(who, registry, on)
    named = [(who.division, name) for name in who.names_in(who.division)]
    is_office = unit == (who.division, registry.petition_office(who.division, on))
    of_county = is_office and len(who.division) == COUNTY
    return AtHand(
        units=tuple(registry.given_to(unit, on)) if unit else (),
        posts=tuple(each for post in named for each in registry.posts_given_to(post, on)),
        office_of=who.division if is_office else None,
        of_others=_of_others(who.division, registry, on),
        instead_of=tuple(_instead_of(who.division, registry, on, marks) if is_office else ()),
        office_marks=tuple(sorted(marks.names_of_unit(PETITION_OFFICE))) if of_county else (),
    )


def _of_others(division: str, registry: Registry, on: date) -> tuple[str, ...]:
    """The codes of the division's units whose matters its petition office does not have."""
    office = division, registry.petition_office(division, on)
    return tuple(
        code
        for known, code in registry.units
        if known == division and registry.unit_now(known, code, on) != office
    )


def _instead_of(
    division: str, registry: Registry, on: date, marks: KeyedMarks
) -> Iterator[InsteadOf]:
    """The units of the office's own division, and for the county's the townships' offices."""
    holders = {
        registry.unit_now(division, code, on) for code in _of_others(division, registry, on)
    }
    for unit in sorted(holders):
        codes = tuple(code for known, code in registry.given_to(unit, on) if known == division)
        about = complaints_about_unit(unit, registry, marks=marks)
        yield InsteadOf(division=division, codes=codes, of_others=(), about=about)
    if len(division) != COUNTY:
        return
    for township in sorted({known for known, _ in registry.units if known != division}):
        office = township, registry.petition_office(township, on)
        others = _of_others(township, registry, on)
        about = complaints_about_unit(office, registry, marks=marks)
        yield InsteadOf(division=township, codes=None, of_others=others, about=about)
