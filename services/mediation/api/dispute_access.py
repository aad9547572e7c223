"""Whom a dispute is kept from: the unit that its matter complains of sees nothing of it [R30]."""

from services.mediation.api.office import Office
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.store.kept_from import kept_from
from shared.contracts.mediation import MediationApplied
from shared.divisions import division_of
from shared.identity import Actor


async def require_visible(
    office: Office, actor: Actor, mediation: MediationFile
) -> MediationApplied:
    """The application; raises MediationNotFound, also for the unit that is complained of."""
    applied = require_application(mediation)
    await refuse_hidden(office, actor, applied.mediation_id)
    return applied


async def refuse_hidden(office: Office, actor: Actor, mediation_id: str) -> None:
    """Raise MediationNotFound for the unit that is complained of."""
    own = office.own_names(actor)
    if await kept_from(office.pool, actor, division_of(mediation_id), mediation_id, own=own):
        raise MediationNotFound
