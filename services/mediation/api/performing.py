"""The routes by which an agreement is looked after: checked, performed, or broken."""

from fastapi import Response

from services.mediation.api.completion_time import last_performed_at
from services.mediation.api.context import PREFIX, ByTheMediator, documented, own_id
from services.mediation.api.opening import Routes
from services.mediation.domain import agreement_commands as commands
from services.mediation.domain import agreement_refusals as refusals
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import (
    EnforcementNeedsConfirmation,
    RoutesNotTold,
)
from shared.contracts.agreement_codes import BreachGround, PerformanceFinding
from shared.contracts.agreements import InstalmentNumber
from shared.divisions import Identifier
from shared.handling import Prepared, Record
from shared.http import Router, YesOrNo
from shared.office.occurrence_time import ReportedLater
from shared.times import china_day

router = Router(prefix=PREFIX, tags=["agreements"])


class CheckBody(ReportedLater):
    """What the mediator found."""

    finding: PerformanceFinding
    check_id: Identifier | None = None
    """The id of a check recorded before; else a new one is made."""


class InstalmentBody(ReportedLater):
    """Which instalment, and whether all of it."""

    instalment: InstalmentNumber
    in_full: YesOrNo = True


class PerformBody(ReportedLater):
    """Nothing more is to be said."""


class BreachBody(ReportedLater):
    """In what the promise was not kept, and which other routes were offered."""

    ground: BreachGround
    routes_offered: Routes
    instalment: InstalmentNumber | None = None


@router.post(
    "/check-performance",
    **documented(refusals.NoAgreement, refusals.CheckedOtherwise, refusals.NotYetAgreed),
)
async def check_performance(body: CheckBody, context: ByTheMediator) -> Response:
    """履行监督: the mediator has looked whether the promise is being kept."""
    command = commands.CheckPerformance(
        check_id=own_id(context, body.check_id, field="check_id"),
        finding=body.finding,
        on=china_day(context.moment(body)),
    )
    return await context.handle_command(command, body)


@router.post(
    "/perform-instalment",
    **documented(
        refusals.NoAgreement,
        refusals.NoSuchInstalment,
        refusals.InstalmentWasPerformed,
        refusals.NotYetAgreed,
    ),
)
async def perform_instalment(body: InstalmentBody, context: ByTheMediator) -> Response:
    """分期履行: an instalment was performed; the last one in full makes the promise kept."""
    at = context.moment(body)
    command = commands.PerformInstalment(
        instalment=body.instalment, in_full=body.in_full, on=china_day(at)
    )

    async def prepare(
        record: Record[MediationFile],
    ) -> Prepared[MediationCommand, MediationFile]:
        follows_at = last_performed_at(record.history)
        return Prepared(command=command, at=at, follows_at=follows_at)

    return await context.handle(prepare)


@router.post(
    "/perform",
    **documented(refusals.NoAgreement, refusals.InstalmentsOutstanding, refusals.NotYetAgreed),
)
async def perform(body: PerformBody, context: ByTheMediator) -> Response:
    """履行完毕 (performed): for an agreement without days, or after a remedied breach."""
    command = commands.PerformAgreement(on=china_day(context.moment(body)))
    return await context.handle_command(command, body)


@router.post(
    "/breach",
    **documented(
        refusals.NoAgreement,
        refusals.NoSuchInstalment,
        refusals.InstalmentWasPerformed,
        refusals.AgreementWasPerformed,
        refusals.PerformanceNotYetDue,
        refusals.NothingWasPerformed,
        refusals.NotYetAgreed,
        refusals.AgreementBreachedOtherwise,
        RoutesNotTold,
        EnforcementNeedsConfirmation,
    ),
)
async def breach(body: BreachBody, context: ByTheMediator) -> Response:
    """未履行: the promise was not kept, and the parties are offered the other routes."""
    command = commands.BreachAgreement(
        ground=body.ground,
        routes_offered=body.routes_offered,
        on=china_day(context.moment(body)),
        instalment=body.instalment,
    )
    return await context.handle_command(command, body)
