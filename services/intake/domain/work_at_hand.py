"""Which cases a unit and a post hold on a day: under which units and posts their records may say so."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case_rights import unit_of
from services.intake.domain.participant import Participant
from services.intake.domain.registry import Place, Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """The units and posts that a case names when it is theirs."""

    units: tuple[Place, ...] = ()
    posts: tuple[Place, ...] = ()
    office_of: str | None = None
    """The division whose petition office asks: it has besides what none of its units has."""
    of_others: tuple[str, ...] = ()
    """The codes of that division's units whose matters another unit has."""


def at_hand(who: Participant, registry: Registry, *, on: date) -> AtHand:
    """What the participant's unit has, as itself or as a successor, and the post likewise."""
    unit = unit_of(who, registry, on)
    named = [(who.division, name) for name in who.names_in(who.division)]
    is_office = unit == (who.division, registry.petition_office(who.division, on))
    return AtHand(
        units=tuple(registry.given_to(unit, on)) if unit else (),
        posts=tuple(each for post in named for each in registry.posts_given_to(post, on)),
        office_of=who.division if is_office else None,
        of_others=tuple(
            code
            for division, code in registry.units
            if division == who.division and registry.unit_now(division, code, on) != unit
        ),
    )
