"""The mediators as whom an actor comes: found on the roster by the post of the token."""

from services.mediation.api.office import Office
from services.mediation.store.mediator_roster import of_post
from shared.divisions import TOWNSHIP
from shared.identity import Actor


async def own_mediators(office: Office, actor: Actor) -> list[str]:
    """Their ids. A post of the county has no place on a township's roster, only its subject may."""
    names = actor.names if len(actor.scope) == TOWNSHIP else (actor.sub,)
    return await of_post(office.pool, actor.scope, names)
