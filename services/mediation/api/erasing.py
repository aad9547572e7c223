"""The route by which a party is erased."""

from collections.abc import Sequence

from services.mediation.api.office import Office
from services.mediation.domain.erasure_refusals import MediatorIsNotErased, PartyOfARunningDispute
from services.mediation.domain.mediation_state import MediationState
from services.mediation.store.named_in import disputes_naming, is_mediator
from shared.divisions import division_of
from shared.identity import Actor
from shared.office.erasing import erasing
from shared.vault.erasure import PersonNotFound

_RUNNING = frozenset({
    MediationState.APPLIED, MediationState.OPEN, MediationState.AGREED,
    MediationState.PARTLY_PERFORMED,
})  # fmt: skip


async def files_that_name(office: Office, actor: Actor, party_id: str) -> Sequence[str]:
    """The party's own file and those of all disputes that name them.

    The texts of a dispute tell of everybody in it, by surname, by kinship, by what was said: no
    search finds the person in them, so all of them go. Refused while such a dispute goes on.
    """
    scope, division = actor.scope, division_of(party_id)
    file = await office.vault.file(scope, party_id)
    if file is None or party_id not in await office.vault.registered(division, {party_id}):
        raise PersonNotFound
    named = {"division": division, "person_ref": party_id}
    if await is_mediator(office.pool, scope, **named):
        raise MediatorIsNotErased
    disputes = await disputes_naming(office.pool, scope, **named)
    for dispute in disputes:
        if dispute.state in _RUNNING:
            raise PartyOfARunningDispute(mediation_id=dispute.mediation_id)
    return [party_id, *(each.mediation_id for each in disputes if each.has_texts)]


router = erasing(
    "/parties/{party_id}/erase",
    "party_id",
    files_that_name,
    PartyOfARunningDispute,
    MediatorIsNotErased,
)
