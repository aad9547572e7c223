"""Who comes with which command, and what every route about a dispute says of itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from services.mediation.api.answers import MediationAnswer, summary
from services.mediation.api.office import Mediations, Office
from services.mediation.api.stepped_back import SteppedBack, refuse_who_stepped_back
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_refusals import MediationNotFound
from shared.divisions import division_of, in_scope, new_id
from shared.handling import HappenedBeforeItBegan, IdempotencyKeyReused, StaleVersion
from shared.http import refused_with
from shared.identity import Actor, Role
from shared.office import BackfillOnly, Errand, NotYetHappened, errand_to
from shared.refusals import Refusal, invalid


def _mediations(office: Office, actor: Actor) -> Mediations:
    if actor.role is not Role.MEDIATOR:
        return office.mediations
    return replace(office.mediations, admit=partial(refuse_who_stepped_back, office, actor))


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
        SteppedBack,
        HappenedBeforeItBegan,
        StaleVersion,
        IdempotencyKeyReused,
    )
    return {"response_model": MediationAnswer, "responses": refused_with(*usual, *refused)}


def own_id(errand: MediationErrand, told: str | None, *, field: str) -> str:
    """The id that was told before, which is of the record's own township, or a new one.

    Of a record that the errand may not see nothing is said here: to the caller there is none.
    """
    if told is None:
        return new_id(errand.division)
    seen = in_scope(errand.actor.scope, errand.division)
    if seen and division_of(told) != errand.division:
        raise invalid(field, "The id is of another township")
    return told


def telling_also(errand: MediationErrand, further: Mapping[str, object]) -> MediationErrand:
    """The errand whose answer has more than where the dispute stands."""
    handling = replace(errand.handling, answer=lambda state: {**summary(state), **further})
    return replace(errand, handling=handling)
