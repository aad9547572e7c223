"""The discipline lane: the posts of the county's units of discipline 纪检监察, and nobody else.

An accusation is theirs alone [R30]. A township, its leaders, the county's leaders and auditors
find none by any route.
"""

from datetime import date

from services.intake.domain.participant import Participant
from services.intake.domain.registry import Registry
from shared.contracts.unit_codes import UnitType
from shared.divisions import COUNTY


def is_of_lane(who: Participant, registry: Registry, *, on: date) -> bool:
    """Whether somebody comes as of a unit of discipline of the county that is valid that day.

    A unit that the token claims for a post which the registry knows elsewhere, or ended, gives no
    right.
    """
    if who.place is None or len(who.division) != COUNTY:
        return False
    unit = registry.unit(*who.place)
    if unit is None or unit.unit_type is not UnitType.DISCIPLINE or not unit.is_valid(on):
        return False
    post = registry.post(who.division, who.post) if who.post else None
    return post is None or registry.unit_of_post(post.division, post.code, on) == unit.place
