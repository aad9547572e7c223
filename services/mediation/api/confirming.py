"""The routes about a court: both sides ask it to confirm the agreement, and it decides."""

from datetime import date
from functools import partial

from fastapi import Response

from services.mediation.api.command_answers import MediationAnswer
from services.mediation.api.context import (
    PREFIX,
    ByTheMediator,
    MediationContext,
    documented,
)
from services.mediation.api.sessions import Sides
from services.mediation.domain import agreement_commands as commands
from services.mediation.domain import agreement_refusals as refusals
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.agreement_codes import ConfirmationResult
from shared.contracts.words import UnitRef
from shared.handling import Prepared, Record
from shared.http import Router
from shared.office.occurrence_time import ReportedLater
from shared.times import china_day

router = Router(prefix=PREFIX, tags=["agreements"])


class RequestBody(ReportedLater):
    """Which court is asked, and by which sides."""

    court: UnitRef
    jointly_by: Sides


class RequestedAnswer(MediationAnswer):
    """The dispute, and the court's clocks as information for the parties (C15)."""

    docketed_by: date
    decided_by: date
    """If the court takes all its time to docket; it may give itself ten days more."""


class DecideBody(ReportedLater):
    """What the court made of it."""

    result: ConfirmationResult


@router.post(
    "/request-confirmation",
    **documented(
        refusals.NoAgreement,
        refusals.ConfirmationNotJoint,
        refusals.StatusIsNotConfirmed,
        refusals.ConfirmationBeforeAgreement,
        refusals.ConfirmationTooLate,
        refusals.ConfirmationAlreadyRequested,
    )
    | {"response_model": RequestedAnswer},
)
async def request_confirmation(body: RequestBody, context: ByTheMediator) -> Response:
    """申请司法确认: both sides ask together, within thirty days (C14)."""
    return await context.handle(partial(_prepare_request, context, body))


async def _prepare_request(
    context: MediationContext, body: RequestBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    office, at = context.office, context.moment(body)
    on = china_day(at)
    succeeded = record.state.agreement.succeeded
    last_day = office.last_day_for_the_court(succeeded.effective_on if succeeded else on)
    docketed_by, decided_by = office.court_answers_by(on)
    return Prepared(
        command=commands.RequestConfirmation(
            court=body.court, on=on, last_day=last_day, jointly_by=body.jointly_by
        ),
        at=at,
        further={"docketed_by": docketed_by, "decided_by": decided_by},
    )


@router.post(
    "/decide-confirmation",
    **documented(
        refusals.NoAgreement,
        refusals.ConfirmationNotRequested,
        refusals.ConfirmationDecidedOtherwise,
        refusals.DecidedBeforeRequest,
    ),
)
async def decide_confirmation(body: DecideBody, context: ByTheMediator) -> Response:
    """司法确认: what the court decided; a confirmed agreement can be enforced."""
    on = china_day(context.moment(body))
    return await context.handle_command(
        commands.DecideConfirmation(result=body.result, on=on), body
    )
