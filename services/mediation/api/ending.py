"""The routes by which a mediation ends without an agreement, and parties are visited afterwards."""

from fastapi import Response

from services.mediation.api.context import PREFIX, ByTheMediator, documented, own_id
from services.mediation.api.opening import OVER, Routes
from services.mediation.domain import agreement_commands, mediation_commands
from services.mediation.domain import mediation_refusals as refusals
from services.mediation.domain.agreement_refusals import NotYetAgreed
from services.mediation.domain.session_refusals import PeriodStillRuns, SessionsWereHeld
from shared.contracts.agreement_codes import FollowUpMethod, FollowUpOutcome
from shared.contracts.mediation_codes import FailureGround, TerminationGround
from shared.contracts.words import Digest
from shared.divisions import Identifier
from shared.http import Router
from shared.office.occurrence_time import ReportedLater
from shared.times import china_day

router = Router(prefix=PREFIX, tags=["mediations"])


class FailBody(ReportedLater):
    """The ground of failure, and the other routes of which the parties were informed."""

    ground: FailureGround
    routes_told: Routes
    paper: Digest | None = None
    """Of the notice that was filled in and given to the parties."""


class TerminateBody(ReportedLater):
    """The ground of termination, and the other routes of which the parties were informed."""

    ground: TerminationGround
    routes_told: Routes
    paper: Digest | None = None
    """Of the notice that was filled in and given to the parties."""


class FollowUpBody(ReportedLater):
    """How the mediator followed up, and the outcome."""

    method: FollowUpMethod
    outcome: FollowUpOutcome
    follow_up_id: Identifier | None = None
    """The id of a follow-up recorded before; else a new one is made."""


@router.post(
    "/fail",
    **documented(
        refusals.ConsentMissing,
        refusals.RoutesNotTold,
        refusals.EnforcementNeedsConfirmation,
        refusals.ConsentIsWithdrawnByItsSide,
        PeriodStillRuns,
        refusals.PaperNotKept,
        *OVER,
    ),
)
async def fail(body: FailBody, context: ByTheMediator) -> Response:
    """调解不成: no agreement came of it, and the parties are told of the other routes."""
    command = mediation_commands.FailMediation(
        ground=body.ground,
        routes_told=body.routes_told,
        at=context.moment(body),
        paper=body.paper,
    )
    return await context.handle_command(command, body)


@router.post(
    "/terminate",
    **documented(
        refusals.RoutesNotTold,
        refusals.EnforcementNeedsConfirmation,
        refusals.ConsentIsWithdrawnByItsSide,
        SessionsWereHeld,
        refusals.PaperNotKept,
        *OVER,
    ),
)
async def terminate(body: TerminateBody, context: ByTheMediator) -> Response:
    """终止: before any session, the dispute is not kept as a mediation any longer."""
    command = mediation_commands.TerminateMediation(
        ground=body.ground, routes_told=body.routes_told, paper=body.paper
    )
    return await context.handle_command(command, body)


@router.post(
    "/follow-up",
    **documented(refusals.FollowedUpOtherwise, refusals.MediationStillOpen, NotYetAgreed),
)
async def follow_up(body: FollowUpBody, context: ByTheMediator) -> Response:
    """回访: the mediator has come back to the parties, after an agreement or without one."""
    command = agreement_commands.FollowUp(
        follow_up_id=own_id(context, body.follow_up_id, field="follow_up_id"),
        method=body.method,
        outcome=body.outcome,
        on=china_day(context.moment(body)),
    )
    return await context.handle_command(command, body)
