"""The units whose complaints concern somebody: pure, over the units and posts that are known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from shared.contracts.unit_codes import UnitType
from shared.identity import Actor
from shared.keyed_marks import KeyedMarks

Place = tuple[str, str]
"""A division, and the code of a unit or post there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """A unit; `parent` is the code of the unit above it in its division, `successor` an id."""

    unit_id: str
    place: Place
    unit_type: str
    parent: str | None = None
    successor: str | None = None

    @property
    def above(self) -> Place | None:
        """The unit above it."""
        return (self.place[0], self.parent) if self.parent is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """A post of a unit, and the units of its division that it is in charge of."""

    place: Place
    unit: str
    portfolio_units: Sequence[str] = ()
    ended_on: date | None = None

    def units_on(self, day: date) -> Iterator[Place]:
        """Its unit and those that it is in charge of, while it is a post."""
        if self.ended_on is None or day < self.ended_on:
            yield from ((self.place[0], code) for code in (self.unit, *self.portfolio_units))


@dataclass(frozen=True)
class KnownUnits:
    """All that are known of a county."""

    units: Mapping[Place, KnownUnit] = field(default_factory=dict)
    posts: Mapping[Place, KnownPost] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[KnownUnit], posts: Iterable[KnownPost] = ()) -> "KnownUnits":
        """By their places."""
        return cls({each.place: each for each in units}, {each.place: each for each in posts})

    def concerning(self, actor: Actor, *, on: date) -> frozenset[Place]:
        """The units that complaints may name which are kept from the actor that day.

        The unit of the token and that of the post, those that the post is in charge of, all above
        them, and those whose matters one of these has; a petition office also under the code that
        every division's has.
        """
        own = {above for place in self._named(actor, on) for above in self._upwards(place)}
        own |= {unit.place for unit in self._followed if not own.isdisjoint(self._line(unit))}
        offices = {
            (division, UnitType.PETITION_OFFICE.value)
            for division, code in own
            if self._is_petition_office((division, code))
        }
        return frozenset(own | offices)

    def names_concerning(self, actor: Actor, marks: KeyedMarks, *, on: date) -> list[str]:
        """The same as `<division>/<name>`: as records name a unit, by its mark and by its code."""
        return sorted(
            f"{division}/{name}"
            for division, code in self.concerning(actor, on=on)
            for name in marks.names_of_unit(code)
        )

    def _named(self, actor: Actor, on: date) -> Iterator[Place]:
        if actor.unit is not None:
            yield actor.scope, actor.unit
        post = self.posts.get((actor.scope, actor.ref))
        for place in post.units_on(on) if post is not None else ():
            yield place
            unit = self.units.get(place)
            if unit is not None:
                yield from self._line(unit)

    def _upwards(self, place: Place) -> Iterator[Place]:
        """The unit and those that it is below, each once."""
        met: set[Place] = set()
        above: Place | None = place
        while above is not None and above not in met:
            yield above
            met.add(above)
            unit = self.units.get(above)
            above = unit.above if unit else None

    def _line(self, unit: KnownUnit) -> Iterator[Place]:
        """The units that followed it, each once."""
        met = {unit.place}
        after = self._by_id.get(unit.successor or "")
        while after is not None and after.place not in met:
            yield after.place
            met.add(after.place)
            after = self._by_id.get(after.successor or "")

    @cached_property
    def _by_id(self) -> Mapping[str, KnownUnit]:
        return {each.unit_id: each for each in self.units.values()}

    @cached_property
    def _followed(self) -> Sequence[KnownUnit]:
        """Those whose matters another has."""
        return [each for each in self.units.values() if each.successor is not None]

    def _is_petition_office(self, place: Place) -> bool:
        unit = self.units.get(place)
        return unit is not None and unit.unit_type == UnitType.PETITION_OFFICE
