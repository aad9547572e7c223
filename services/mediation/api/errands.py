"""Who comes with which command, and what every route about a dispute says of itself."""

from typing import Annotated, Any

from services.mediation.api.answers import MediationAnswer
from services.mediation.api.office import Mediations, Office
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_refusals import MediationNotFound
from shared.handling import HappenedBeforeItBegan, IdempotencyKeyReused, StaleVersion
from shared.http import refused_with
from shared.identity import Role
from shared.office import BackfillOnly, Errand, NotYetHappened, errand_to
from shared.refusals import Refusal


def _mediations(office: Office) -> Mediations:
    return office.mediations


DESK = (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Who may take a dispute in and see to it that it is mediated."""
MEDIATING = (Role.MEDIATOR, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Who may say what came of a mediation."""
READING = (*DESK, Role.COUNTY_LEADER, Role.AUDITOR)
NAMING = (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER)
"""Who is shown people's names: those who have to speak with them."""

MediationErrand = Errand[Office, MediationCommand]
WhoPrints = Annotated[MediationErrand, errand_to("mediation_id", _mediations, *NAMING)]
AtTheDesk = Annotated[MediationErrand, errand_to("mediation_id", _mediations, *DESK)]
ByTheMediator = Annotated[MediationErrand, errand_to("mediation_id", _mediations, *MEDIATING)]

PREFIX = "/mediations/{mediation_id}"


def documented(*refused: type[Refusal]) -> dict[str, Any]:
    """What a command's route tells of its answer and of what may stand against it."""
    usual = (
        MediationNotFound,
        BackfillOnly,
        NotYetHappened,
        HappenedBeforeItBegan,
        StaleVersion,
        IdempotencyKeyReused,
    )
    return {"response_model": MediationAnswer, "responses": refused_with(*usual, *refused)}
