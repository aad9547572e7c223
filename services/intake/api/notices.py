"""The routes by which the petitioner is told: refusals, notices, and what was sent [R23, R34]."""

from fastapi import Response

from services.intake.api.case_context import ENDED, AtTheDesk, documented
from services.intake.api.notice_bodies import (
    DeclineBody,
    DispatchBody,
    NoticeBody,
    ServeNoticeBody,
)
from services.intake.api.service_bodies import service
from services.intake.domain.case import declining, dispatching, ended, forwarding, notices
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.service import (
    ProofOfAnotherMethod,
    ServedBeforeIssued,
    ServiceNotProven,
)
from shared.http import Router

router = Router(prefix="/cases/{case_id}", tags=["cases"])

_SERVE = (NotStatedOnlyByImport, ServiceNotProven, ProofOfAnotherMethod, ServedBeforeIssued)


@router.post(
    "/decline",
    **documented(declining.CompetentUnitMissing, forwarding.CaseAlreadyAccepted, *ENDED),
)
async def decline(body: DeclineBody, context: AtTheDesk) -> Response:
    """不予受理, 不再受理: with a ground of the law; its notice has to be served [R19, R23, R36]."""
    command = declining.DeclineCase(ground=body.ground, competent_unit=body.competent_unit)
    return await context.handle_command(command, body)


@router.post(
    "/notices",
    **documented(
        ended.CaseWasVoided,
        notices.NothingToTell,
        notices.NoticeSentAlready,
        notices.NoticeServedOtherwise,
        *_SERVE,
    ),
)
async def issue_notice(body: NoticeBody, context: AtTheDesk) -> Response:
    """告知书: a notice is made out, and handed over on the spot where `served` says so."""
    at, served = context.moment(body), body.served
    command = notices.IssueNotice(
        notice=body.kind,
        service=service(served.method, served.proof, at=at) if served else None,
    )
    return await context.handle_command(command, body)


@router.post(
    "/serve-notice",
    **documented(
        ended.CaseWasVoided, notices.NoticeNotIssued, notices.NoticeServedOtherwise, *_SERVE
    ),
)
async def serve_notice(body: ServeNoticeBody, context: AtTheDesk) -> Response:
    """送达: a notice that was issued has reached the petitioner."""
    given = service(body.method, body.proof, at=context.moment(body))
    return await context.handle_command(notices.ServeNotice(notice=body.kind, service=given), body)


@router.post(
    "/dispatch",
    **documented(
        ended.CaseWasVoided,
        NotStatedOnlyByImport,
        dispatching.HandedOverIsServed,
        dispatching.DocumentNotIssued,
        dispatching.DocumentServedAlready,
    ),
)
async def dispatch(body: DispatchBody, context: AtTheDesk) -> Response:
    """寄出: a document was sent without a proof that it arrived; it is not served yet."""
    command = dispatching.DispatchDocument(document=body.document, method=body.method)
    return await context.handle_command(command, body)
