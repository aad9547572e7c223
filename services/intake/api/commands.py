"""The routes by which a case goes on: build the command, handle it, answer."""

from functools import partial

from fastapi import Response

from services.intake.api import named_units
from services.intake.api.case_bodies import (
    AcceptBody,
    DivertBody,
    ForwardBody,
    ReferBody,
    ReopenBody,
    ResolveBody,
)
from services.intake.api.case_context import (
    DEPARTED,
    ENDED,
    AtTheDesk,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.complained import refuse_complained
from services.intake.api.solved_visits import solved_at
from services.intake.domain.case import (
    CaseCommand,
    CaseFile,
    acceptance,
    crossing,
    departure,
    ended,
    forwarding,
    grounds,
    recused,
    referral,
    reopening,
    resolution,
    routing,
    served_opinion,
)
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case_rights import office_if_unheld
from services.intake.domain.receptions.refusals import ReceptionNotFound
from services.intake.domain.resolution_policy import ON_PERFORMANCE
from services.intake.store.transferred_cases import cases_of
from shared.divisions import county_of
from shared.handling import Prepared, Record
from shared.http import Router
from shared.times import china_day

router = Router(prefix="/cases/{case_id}", tags=["cases"])


@router.post(
    "/forward",
    **documented(
        forwarding.CaseAlreadyAccepted,
        forwarding.GoesOneLevelUp,
        crossing.DivisionInAnotherCounty,
        crossing.RemitNotTaken,
        crossing.WithdrawalRuns,
        crossing.MediationIsAskedFor,
        crossing.MatterIsAssigned,
        crossing.SuperiorAssigns,
        crossing.DivisionHadIt,
        *named_units.REFUSED,
        *ENDED,
    ),
)
async def forward(body: ForwardBody, context: AtTheDesk) -> Response:
    """转送: pass the case on to the unit that is competent, here or in another division.

    Another division files a case of its own; who holds the matter is shown by the first one.
    """
    return await context.handle(partial(_prepare_forwarding, context, body))


async def _prepare_forwarding(
    context: CaseContext, body: ForwardBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    await refuse_complained(context, record.state, body.to_division, to_unit=[body.to_unit])
    command = forwarding.ForwardCase(
        to_unit=body.to_unit,
        report_due=body.report_due,
        to_division=body.to_division,
        had_it=await _had_it(context, body, record.state),
    )
    return Prepared(command=command, at=context.moment(body))


async def _had_it(context: CaseContext, body: ForwardBody, case: CaseFile) -> frozenset[str]:
    """The divisions with a case of the matter; nobody adds one while this case holds it."""
    if body.to_division is None or case.remit is None or case.home_case_id is None:
        return frozenset()
    county = county_of(context.division)
    known = await cases_of(context.office.pool, county, [case.home_case_id])
    return frozenset(each.division for each in known)


@router.post(
    "/refer-to-mediation",
    **documented(
        referral.CommitteeElsewhere,
        crossing.RemitNotTaken,
        referral.AccusationIsNotMediated,
        referral.ReferredOtherwise,
        *ENDED,
    ),
)
async def refer_to_mediation(body: ReferBody, context: AtTheDesk) -> Response:
    """委托调解: a committee is asked to mediate; both sides are still free, the term runs on."""
    command = referral.ReferCase(committee_id=body.committee_id, dispute_kind=body.dispute_kind)
    return await context.handle_command(command, body)


@router.post(
    "/accept",
    **documented(
        acceptance.CaseTakenByAnother,
        acceptance.CaseAcceptedOtherwise,
        acceptance.PurposeNotStated,
        forwarding.GoesOneLevelUp,
        routing.RoutedElsewhere,
        recused.PostWasRecused,
        *named_units.REFUSED,
        *ENDED,
    ),
)
async def accept(body: AcceptBody, context: AtTheDesk) -> Response:
    """受理: a handler takes the case, and its term begins; a promise kept before resolves it."""
    return await context.handle(partial(_prepare_acceptance, context, body))


async def _prepare_acceptance(
    context: CaseContext, body: AcceptBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    case, at = record.state, context.moment(body)
    await refuse_complained(
        context, case, responsible_unit=[body.responsible_unit], co_handlers=body.co_handlers
    )
    by_post = context.own_name({case.accepted.handler} if case.accepted else ())
    command = acceptance.AcceptCase(
        handler=body.handler or by_post,
        procedure=body.procedure,
        responsible_unit=body.responsible_unit,
        co_handlers=body.co_handlers,
        due=context.office.due(body.procedure, at) if routing.has_term(case) else None,
        by_post=by_post,
        settled_by=ON_PERFORMANCE if at == context.now else None,
    )
    return Prepared(command=command, at=at)


@router.post(
    "/resolve",
    **documented(
        acceptance.CaseNotAccepted,
        served_opinion.CaseNotAnswered,
        ReceptionNotFound,
        grounds.GroundsMissing,
        grounds.GroundsDoNotFit,
        grounds.ReviewIsOpen,
        grounds.OpinionWasRevoked,
        grounds.TimeForReviewRuns,
        resolution.CaseResolvedOtherwise,
        *DEPARTED,
    ),
)
async def resolve(body: ResolveBody, context: ByTheHandler) -> Response:
    """化解: the matter is settled in substance, on grounds that the record has."""
    return await context.handle(partial(_prepare_resolution, context, body))


async def _prepare_resolution(
    context: CaseContext, body: ResolveBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    visits, looked_up = await solved_at(context.office, context.stream_id, body.reception_id)
    command = resolution.ResolveCase(
        how=body.how,
        on_site=body.on_site,
        grounds=body.grounds,
        review_until=context.office.review_until(record.state),
        visits=visits,
    )
    return Prepared(command=command, at=context.moment(body), looked_up=looked_up)


@router.post(
    "/divert",
    **documented(
        NotStatedOnlyByImport,
        routing.DutyIsNotDiverted,
        routing.RouteDoesNotFitLane,
        crossing.RemitNotTaken,
        *ENDED,
    ),
)
async def divert(body: DivertBody, context: AtTheDesk) -> Response:
    """导入法定途径: the law has another route for this."""
    return await context.handle_command(departure.DivertCase(route=body.route), body)


@router.post(
    "/reopen",
    **documented(
        ended.CaseStillOpen,
        reopening.ReasonNotInRecord,
        reopening.ReasonNoLongerStated,
        NotStatedOnlyByImport,
    ),
)
async def reopen(body: ReopenBody, context: ByTheHandler) -> Response:
    """What had ended is open again; the acceptance stands.

    Where the unit or the post that had it has ended meanwhile, the petition office has it.
    """

    async def prepare(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile]:
        registry = await context.office.registry(context.division)
        to_office = office_if_unheld(record.state, registry, on=china_day(context.now))
        command = reopening.ReopenCase(reason=body.reason, to_office=to_office)
        return Prepared(command=command, at=context.moment(body))

    return await context.handle(prepare)
