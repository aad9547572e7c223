"""The routes by which the petitioner is told: refusals, notices, and what was sent [R23, R34]."""

from functools import partial

from fastapi import Response

from services.intake.api.case_context import (
    ENDED,
    AtTheDesk,
    CaseContext,
    documented,
    documented_issue,
)
from services.intake.api.case_papers import PRINT_REFUSALS, issued_members, print_document
from services.intake.api.notice_bodies import (
    DeclineBody,
    DispatchBody,
    NoticeBody,
    ServeNoticeBody,
)
from services.intake.api.service_bodies import service
from services.intake.api.vault_texts import kept
from services.intake.domain.case import (
    CaseCommand,
    CaseFile,
    crossing,
    declining,
    dispatching,
    ended,
    forwarding,
    notices,
)
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.service_of_documents import (
    ProofOfAnotherMethod,
    ServedBeforeIssued,
    ServiceNotProven,
)
from shared.contracts.case_handling_codes import DocumentKind
from shared.handling import Prepared, Record
from shared.http import Router
from shared.times import china_day

router = Router(prefix="/cases/{case_id}", tags=["cases"])

_SERVE = (NotStatedOnlyByImport, ServiceNotProven, ProofOfAnotherMethod, ServedBeforeIssued)


@router.post(
    "/decline",
    **documented(
        declining.CompetentUnitMissing,
        declining.ObjectInstead,
        crossing.MatterIsAssigned,
        crossing.RemitNotTaken,
        forwarding.CaseAlreadyAccepted,
        *ENDED,
    ),
)
async def decline(body: DeclineBody, context: AtTheDesk) -> Response:
    """不予受理, 不再受理: with a ground of the law; its notice has to be served [R19, R23, R36]."""
    command = declining.DeclineCase(ground=body.ground, competent_unit=body.competent_unit)
    return await context.handle_command(command, body)


@router.post(
    "/notices",
    **documented_issue(
        ended.CaseWasVoided,
        notices.NothingToTell,
        notices.NoticeSentAlready,
        notices.NoticeServedOtherwise,
        *_SERVE,
        *PRINT_REFUSALS,
    ),
)
async def issue_notice(body: NoticeBody, context: AtTheDesk) -> Response:
    """告知书: a notice is made out, and handed over on the spot where `served` says so."""
    return await context.handle(partial(_prepare_notice, context, body))


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


async def _prepare_notice(
    context: CaseContext, body: NoticeBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    at, served = context.moment(body), body.served
    document = DocumentKind[body.kind.name]
    printed = await print_document(context, record.state, document, body, on=china_day(at))
    command = notices.IssueNotice(
        notice=body.kind,
        service=service(served.method, served.proof, at=at) if served else None,
        document_number=printed.number if printed else None,
        paper_digest=printed.entry.digest if printed else None,
    )
    return Prepared(
        command=command,
        at=at,
        side_writes=kept(context, [printed.entry] if printed else []),
        further=issued_members(printed),
        private=printed.unprinted_in_private() if printed else None,
    )
