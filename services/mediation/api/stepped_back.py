"""回避 (recusal): a mediator who stepped back from a dispute sees no names and sends no commands."""

from services.mediation.api.office import Office
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.store.mediator_roster import is_post_of
from shared.divisions import division_of
from shared.identity import Actor, Role
from shared.refusals import Refusal


class SteppedBack(Refusal):
    """This mediator has stepped back: names, texts and commands of the dispute are for others.

    Its course in codes and days is shown, as to every mediator of the township.
    """

    status = 403
    title = "You have stepped back from this dispute"


async def refuse_who_stepped_back(office: Office, actor: Actor, mediation: MediationFile) -> None:
    """Refuse a mediator with a recusal, found by the post on the roster; others have none."""
    if actor.role is not Role.MEDIATOR or not mediation.recusals:
        return
    division = division_of(require_application(mediation).mediation_id)
    if await is_post_of(office.pool, division, actor.names_in(division), mediation.recusals):
        raise SteppedBack
