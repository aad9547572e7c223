"""The registry of units and posts as one snapshot: who holds today what was once given to a unit.

  (division, code) ─ known, not ended ──────────► the unit itself
                   ─ ended with a successor ────► the successor, and on from there
                   ─ unknown, not valid yet, or ended without one ─► the division's petition office

So the matters of a merged unit [R24] or of a post that was handed over pass on in one act: no case
is touched. The rule says who holds a matter. It does not make the bearer of an unknown code a
member of the petition office: compare the code of a token itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from services.intake.domain.registry_entries import Place, Post, Unheld, Unit, Why
from shared.contracts.unit_codes import UnitType

PETITION_OFFICE = "petition-office"
"""The code of a petition office that no registry names."""


__all__ = ["PETITION_OFFICE", "Place", "Post", "Registry", "Unheld", "Unit", "Why"]


@dataclass(frozen=True, slots=True)
class Registry:
    """All units and posts of a county at one moment; never changes."""

    EMPTY: ClassVar["Registry"]

    units: Mapping[Place, Unit] = field(default_factory=dict)
    posts: Mapping[Place, Post] = field(default_factory=dict)
    _by_id: Mapping[str, Unit] = field(default_factory=dict)
    _offices: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[Unit], posts: Iterable[Post] = ()) -> "Registry":
        """The registry of these units and posts."""
        known = {unit.place: unit for unit in units}
        offices: dict[str, tuple[Unit, ...]] = {}
        for unit in sorted(known.values(), key=lambda unit: (unit.valid_from, unit.unit_id)):
            if unit.unit_type is UnitType.PETITION_OFFICE:
                offices[unit.division] = (*offices.get(unit.division, ()), unit)
        return cls(
            units=known,
            posts={post.place: post for post in posts},
            _by_id={unit.unit_id: unit for unit in known.values()},
            _offices=offices,
        )

    def unit(self, division: str, code: str) -> Unit | None:
        """The unit of that code, ended or not; None where the registry has none."""
        return self.units.get((division, code))

    def unit_by_id(self, unit_id: str) -> Unit | None:
        """The unit of that id."""
        return self._by_id.get(unit_id)

    def post(self, division: str, code: str) -> Post | None:
        """The post of that code, ended or not; None where the registry has none."""
        return self.posts.get((division, code))

    def leaders(self, division: str) -> tuple[Post, ...]:
        """The posts of the division's leadership, of today and before."""
        return tuple(
            post
            for post in self.posts.values()
            if post.division == division
            and (unit := self.unit(division, post.unit)) is not None
            and unit.unit_type is UnitType.LEADERSHIP
        )

    def petition_office(self, division: str, on: date | None = None) -> str:
        """The code of the division's petition office, `petition-office` where none is registered.

        It is the one that is valid that day, or that has not ended where no day is given; else the
        unit of the division that succeeded one.
        """
        offices = self._offices.get(division, ())
        for office in offices:
            if office.ended_on is None if on is None else office.is_valid(on):
                return office.code
        for office in offices:
            last = self._last(office, on)
            if last is not None and last.division == division:
                return last.code
        return PETITION_OFFICE

    def petition_offices(self, division: str) -> tuple[Place, ...]:
        """Every unit of the division that is, or was, its petition office."""
        return tuple(unit.place for unit in self._offices.get(division, ()))

    def unit_now(self, division: str, code: str, on: date) -> Place:
        """The unit that has on that day what was given to this one."""
        unit = self.unit(division, code)
        if unit is None or not unit.has_begun(on):
            return division, self.petition_office(division, on)
        last = self._last(unit, on)
        if last is None:
            return division, self.petition_office(division, on)
        return last.place

    def post_now(self, division: str, code: str, on: date) -> Place | None:
        """The post that has on that day what was given to this one.

        None: it is unknown, or ended and nobody took its matters over. The petition office has them.
        """
        for post in self._posts_from(division, code):
            if not post.has_begun(on):
                return None
            if not post.has_ended(on):
                return post.place
        return None

    def unit_of_post(self, division: str, code: str, on: date) -> Place | None:
        """The unit in which the post is on that day; None for a post that is not valid then."""
        post = self.post(division, code)
        if post is None or not post.is_valid(on):
            return None
        return self.unit_now(division, post.unit, on)

    def given_to(self, unit: Place, on: date) -> list[Place]:
        """The unit and those whose matters it has on that day as their successor."""
        return [
            unit,
            *(each for each in self.units if each != unit and self._is_at(each, unit, on)),
        ]

    def posts_given_to(self, post: Place, on: date) -> list[Place]:
        """The post and those whose matters it has on that day, as successor or as substitute."""
        others = [each for each in self.posts if each != post]
        return [post, *(each for each in others if self._post_acting(*each, on) == post)]

    def unit_unheld(self, division: str, code: str, on: date) -> Unheld | None:
        """That the unit has ended with nobody to take its matters over."""
        unit = self.unit(division, code)
        if unit is None or not unit.has_begun(on) or self._last(unit, on) is not None:
            return None
        *_, last = self._units_from(unit)
        return Unheld(Why.UNIT_ENDED, last.ended_on or unit.valid_from, last.unit_id)

    def post_unheld(self, division: str, code: str, on: date) -> Unheld | None:
        """That the post has ended or was vacated, and nobody has taken it over or acts for it.

        A post whose holder was never stated is not vacant: the registry does not know.
        """
        post = self.post(division, code)
        if post is None or not post.has_begun(on):
            return None
        *_, last = self._posts_from(division, code)
        if last.ended_on is not None and last.has_ended(on):
            return Unheld(Why.POST_ENDED, last.ended_on, last.post_id)
        acting = self._post_acting(division, code, on)
        found = self.posts[acting] if acting else last
        vacated = found.vacated_by(on)
        return Unheld(Why.POST_VACANT, vacated, found.post_id) if vacated else None

    def unheld_units(self, on: date) -> dict[Place, Unheld]:
        """The units that have ended with nobody to take their matters over."""
        found = ((place, self.unit_unheld(*place, on)) for place in self.units)
        return {place: unheld for place, unheld in found if unheld}

    def unheld_posts(self, on: date) -> dict[Place, Unheld]:
        """The posts that have ended or were vacated, and that nobody has taken over or acts for."""
        found = ((place, self.post_unheld(*place, on)) for place in self.posts)
        return {place: unheld for place, unheld in found if unheld}

    def _is_at(self, unit: Place, other: Place, on: date) -> bool:
        known = self.units[unit]
        last = self._last(known, on) if known.has_begun(on) else None
        return last is not None and last.place == other

    def _post_acting(self, division: str, code: str, on: date) -> Place | None:
        """The post that has its matters: its successor, and that one's substitute while it is vacant."""
        place = self.post_now(division, code, on)
        if place is None:
            return None
        post = self.posts[place]
        substitute = post.substitute_on(on)
        if post.vacated_by(on) is None or substitute is None:
            return place
        return self.post_now(division, substitute, on) or place

    def heads_of(self, division: str, unit: str, on: date) -> tuple[Post, ...]:
        """The posts that head the unit on that day."""
        return tuple(
            post
            for post in self.posts.values()
            if post.leads
            and post.is_valid(on)
            and self.unit_now(post.division, post.unit, on) == (division, unit)
        )

    def _last(self, unit: Unit, on: date | None) -> Unit | None:
        """The end of the line of successors; None where it breaks off or goes in a circle."""
        for each in self._units_from(unit):
            if each.ended_on is None if on is None else not each.has_ended(on):
                return each
        return None

    def _units_from(self, unit: Unit) -> Iterator[Unit]:
        """The unit and those that followed it, each once."""
        met: set[str] = set()
        following: Unit | None = unit
        while following is not None and following.unit_id not in met:
            yield following
            met.add(following.unit_id)
            following = self._by_id.get(following.successor or "")

    def _posts_from(self, division: str, code: str) -> Iterator[Post]:
        """The post and those that took its matters over, each once."""
        met: set[str] = set()
        following = self.post(division, code)
        while following is not None and following.code not in met:
            yield following
            met.add(following.code)
            following = self.post(division, following.successor or "")


Registry.EMPTY = Registry()
