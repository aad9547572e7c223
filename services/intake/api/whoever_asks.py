"""Whoever asks, as the rules of rights know them: from the token alone."""

from collections.abc import Mapping

from services.intake.domain.participant import Capacity, Participant
from shared.identity import Actor, Role

_CAPACITIES: Mapping[Role, Capacity] = {
    Role.TOWNSHIP_LEADER: Capacity.TOWNSHIP_LEADER,
    Role.COUNTY_LEADER: Capacity.OVERSEER,
    Role.AUDITOR: Capacity.OVERSEER,
    Role.BACKFILL: Capacity.BACKFILL,
}


def participant(actor: Actor) -> Participant:
    """The bearer of the token."""
    return Participant(
        division=actor.scope,
        capacity=_CAPACITIES.get(actor.role, Capacity.OFFICIAL),
        unit=actor.unit,
        post=actor.post,
        sub=actor.sub,
    )
