"""The routes about the handling opinion: issued, dispatched, served, or all of it on the spot."""

from functools import partial

from fastapi import Response

from services.intake.api.case_context import (
    ENDED,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.opinion_bodies import (
    AnswerBody,
    IssueOpinionBody,
    ServeOpinionBody,
)
from services.intake.api.service_bodies import service
from services.intake.api.vault_texts import entry_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, acceptance, answering
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.service import (
    ProofOfAnotherMethod,
    ServedBeforeIssued,
    ServiceNotProven,
)
from services.intake.domain.opinion_text import OpinionLacks
from services.intake.store.person_files import EntryKind
from shared.handling import Prepared, Record
from shared.http import Router
from shared.vault import PersonErased

router = Router(prefix="/cases/{case_id}", tags=["cases"])

_ISSUE = (
    acceptance.CaseNotAccepted,
    answering.CaseAnsweredOtherwise,
    answering.OpinionSentAlready,
    OpinionLacks,
    PersonErased,
)
_SERVE = (NotStatedOnlyByImport, ServiceNotProven, ProofOfAnotherMethod, ServedBeforeIssued)


@router.post("/issue-opinion", **documented(*_ISSUE, *ENDED))
async def issue_opinion(body: IssueOpinionBody, context: ByTheHandler) -> Response:
    """出具处理意见书: the opinion is signed off; no term runs before it is served."""
    return await context.handle(partial(_prepare_issue, context, body))


@router.post(
    "/serve-opinion",
    **documented(
        answering.OpinionNotIssued,
        answering.CaseAnsweredOtherwise,
        acceptance.CaseNotAccepted,
        *_SERVE,
        *ENDED,
    ),
)
async def serve_opinion(body: ServeOpinionBody, context: ByTheHandler) -> Response:
    """送达: the opinion reached the petitioner; the time for review runs from that day [R35]."""
    given = service(body.method, body.proof, at=context.moment(body))
    return await context.handle_command(answering.ServeOpinion(service=given), body)


@router.post("/answer", **documented(*_ISSUE, *_SERVE, *ENDED))
async def answer(body: AnswerBody, context: ByTheHandler) -> Response:
    """答复: the opinion is issued and handed over on the spot; its text goes to the vault."""
    return await context.handle(partial(_prepare_answer, context, body))


async def _prepare_issue(
    context: CaseContext, body: IssueOpinionBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await entry_of(context, EntryKind.OPINION, body.opinion.content())
    return Prepared(
        command=answering.IssueOpinion(
            result=body.result, measures=body.measures, opinion_digest=entry.digest
        ),
        at=context.moment(body),
        side_writes=kept(context, [entry]),
    )


async def _prepare_answer(
    context: CaseContext, body: AnswerBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await entry_of(context, EntryKind.OPINION, body.opinion.content())
    at = context.moment(body)
    given = service(body.method, body.proof, at=at)
    return Prepared(
        command=answering.AnswerCase(
            result=body.result,
            measures=body.measures,
            opinion_digest=entry.digest,
            method=given.method,
            proof=given.proof,
            served_on=given.served_on,
        ),
        at=at,
        side_writes=kept(context, [entry]),
    )
