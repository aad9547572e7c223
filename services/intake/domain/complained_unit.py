"""The unit that a petition complains of, what is below it, and what has its matters since.

They see nothing of it. A complaint names a unit by the mark of its code, or by its code where it is
older, and, where it states that, its division. Where it does not, it
is a unit of the division that first filed the matter; where that division has none of the code, it
may be one of the county. In another division that has the matter, or is to have it, it may be the
unit of that code there as well: every township has a water station. A petition office is then always
that of the division of first filing.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from services.intake.domain.case import CaseFile
from services.intake.domain.participant import Participant
from services.intake.domain.registry import PETITION_OFFICE, Place, Registry
from shared.contracts.unit_codes import UnitType
from shared.divisions import COUNTY, county_of, division_of
from shared.keyed_marks import NO_MARKS, KeyedMarks


def is_complained_of(case: CaseFile, who: Participant, registry: Registry, *, on: date) -> bool:
    """Whether somebody is of the unit that the petition complains of, by the token or the registry."""
    own = _units_of(who, registry, on)
    complained = complained_units(case, registry, codes=[code for _, code in own])
    return not own.isdisjoint(complained)


def is_or_is_below(place: Place, units: Collection[Place], registry: Registry) -> bool:
    """Whether it is one of these units, or below one in the registry."""
    return any(each in units for each in _upwards(place, registry))


def means_complained(
    code: str, case: CaseFile, registry: Registry, *, on: date, division: str | None = None
) -> bool:
    """Whether a unit is the one complained of, or has its matters that day.

    It is a unit of the case's own division, unless another `division` is named.
    """
    if case.case_id is None:
        return False
    division = division or division_of(case.case_id)
    places = {(division, code)}
    if registry.unit(division, code) is not None:
        places.add(registry.unit_now(division, code, on))
    complained = complained_units(case, registry, to_division=division, codes=[code])
    return any(is_or_is_below(place, complained, registry) for place in places)


def complained_units(
    case: CaseFile,
    registry: Registry,
    *,
    to_division: str | None = None,
    codes: Collection[str] = (),
) -> frozenset[Place]:
    """The units that the complaint may mean, with those that have their matters since.

    `to_division` is one that the matter may go to; `codes` are those of units that the registry may
    not have, which are meant where they have the mark.
    """
    if case.complained_of is None or case.case_id is None:
        return frozenset()
    home, name = case.complained_of
    code = _code(case, name, registry, codes)
    if case.complained_division:
        stated = {(home, code), *_registered_since(home, code, registry)}
        return frozenset(place for each in stated for place in _line(each, registry))
    named = {*_named(home, code, registry)}
    for division in {division_of(case.case_id), to_division or home} - {home}:
        if not _is_petition_office((division, code), registry):
            named.add((division, code))
    return frozenset(place for each in named for place in _line(each, registry))


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenComplaints:
    """Complaints that somebody sees nothing of, for a filter in SQL; units as `<division>/<code>`."""

    units: tuple[str, ...]
    of_the_county: tuple[str, ...]
    """Codes of units of the county: a township's complaint that states no division may mean them."""
    own_of_townships: tuple[str, ...]
    """Units of townships that have one of those codes: their complaints mean these."""
    where_it_is: tuple[str, ...]
    """Units that a complaint from another division means, while their own division has its matter."""

    def named(self) -> dict[str, object]:
        """The values of the filter, by name."""
        return {
            "hidden_units": list(self.units),
            "hidden_of_county": list(self.of_the_county),
            "own_of_townships": list(self.own_of_townships),
            "hidden_where_it_is": list(self.where_it_is),
        }


NOTHING_HIDDEN = HiddenComplaints(units=(), of_the_county=(), own_of_townships=(), where_it_is=())


def hidden_from(
    who: Participant, registry: Registry, *, on: date, marks: KeyedMarks = NO_MARKS
) -> HiddenComplaints | None:
    """None where nothing is hidden: whoever asks is of no unit."""
    own = _units_of(who, registry, on)
    return _about(own, registry, marks) if own else None


def complaints_about_unit(
    unit: Place, registry: Registry, *, marks: KeyedMarks = NO_MARKS
) -> HiddenComplaints:
    """The complaints that mean this unit, or one above it, so that it does not have their matters."""
    return _about(frozenset(_upwards(unit, registry)), registry, marks)


def _about(own: frozenset[Place], registry: Registry, marks: KeyedMarks) -> HiddenComplaints:
    before = {
        unit.place
        for unit in registry.units.values()
        if unit.successor is not None and not own.isdisjoint(_line(unit.place, registry))
    }
    offices = {
        (division, PETITION_OFFICE)
        for division, code in own | before
        if (division, code) in registry.petition_offices(division)
    }
    hidden = own | before | offices
    codes = {code for division, code in hidden if len(division) == COUNTY} - {PETITION_OFFICE}
    return HiddenComplaints(
        units=_written(hidden, marks),
        of_the_county=tuple(
            sorted({name for code in codes for name in marks.names_of_unit(code)})
        ),
        own_of_townships=_written(
            (place for place in registry.units if place[1] in codes and len(place[0]) != COUNTY),
            marks,
        ),
        where_it_is=_written(
            (place for place in hidden if not _is_petition_office(place, registry)), marks
        ),
    )


def _written(places: Iterable[Place], marks: KeyedMarks) -> tuple[str, ...]:
    """As the board has them: a division, and the mark of a unit's code or the code itself."""
    return tuple(
        sorted(
            f"{division}/{name}" for division, code in places for name in marks.names_of_unit(code)
        )
    )


def _code(case: CaseFile, named: str, registry: Registry, codes: Collection[str]) -> str:
    """The code that a complaint names; the mark itself where no known unit has it."""
    if case.required.complained_mark is None:
        return named
    known = (*codes, PETITION_OFFICE, *(code for _, code in registry.units))
    return next((code for code in known if case.unit_marks.of_unit(code) == named), named)


def _units_of(who: Participant, registry: Registry, on: date) -> frozenset[Place]:
    """The unit that the token names, the one that the registry knows the post in, those above, and
    those that the post is in charge of.
    """
    named = {who.place} if who.place else set()
    post = registry.post(who.division, who.post) if who.post else None
    if post is not None and post.is_valid(on):
        named.add(registry.unit_now(post.division, post.unit, on))
        named.update((post.division, code) for code in post.portfolio_units)
    return frozenset(above for place in named for above in _upwards(place, registry))


def _upwards(place: Place, registry: Registry) -> Iterator[Place]:
    """The unit and those that it is below, each once."""
    met: set[Place] = set()
    above: Place | None = place
    while above is not None and above not in met:
        yield above
        met.add(above)
        unit = registry.unit(*above)
        above = (unit.division, unit.parent) if unit and unit.parent else None


def _named(division: str, code: str, registry: Registry) -> Iterator[Place]:
    yield division, code
    yield from _registered_since(division, code, registry)
    has_own = code == PETITION_OFFICE or registry.unit(division, code) is not None
    if not has_own:
        yield county_of(division), code


def _registered_since(division: str, code: str, registry: Registry) -> tuple[Place, ...]:
    """The division's petition offices, where a complaint names one that had no code of its own."""
    return registry.petition_offices(division) if code == PETITION_OFFICE else ()


def _is_petition_office(place: Place, registry: Registry) -> bool:
    unit = registry.unit(*place)
    known = unit is not None and unit.unit_type is UnitType.PETITION_OFFICE
    return known or place[1] == PETITION_OFFICE


def _line(place: Place, registry: Registry) -> Iterator[Place]:
    """The unit and those that followed it, each once."""
    met: set[Place] = set()
    following: Place | None = place
    while following is not None and following not in met:
        yield following
        met.add(following)
        unit = registry.unit(*following)
        successor = registry.unit_by_id(unit.successor) if unit and unit.successor else None
        following = successor.place if successor else None
