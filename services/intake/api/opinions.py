"""The routes about the handling opinion: issued, dispatched, served, or all of it on the spot."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from fastapi import Response

from services.intake.api.case_context import (
    ENDED,
    ByTheHandler,
    CaseContext,
    documented,
    documented_issue,
)
from services.intake.api.case_papers import (
    PRINT_REFUSALS,
    PrintedDocument,
    issued_members,
    print_document,
)
from services.intake.api.opinion_bodies import (
    AnswerBody,
    IssueOpinionBody,
    OpinionIssue,
    ServeOpinionBody,
)
from services.intake.api.service_bodies import service
from services.intake.api.vault_texts import entry_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, acceptance, answering
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case.service_of_documents import (
    ProofOfAnotherMethod,
    ServedBeforeIssued,
    ServiceNotProven,
)
from services.intake.domain.opinion_text import OpinionLacks, words_of_the_answer
from services.intake.papers.wordings import of_the_opinion
from services.intake.store.person_files import EntryKind
from shared.contracts.case_handling_codes import DocumentKind
from shared.handling import Prepared, Record
from shared.http import Router
from shared.times import china_day
from shared.vault import Entry, PersonErased

router = Router(prefix="/cases/{case_id}", tags=["cases"])

_ISSUE = (
    acceptance.CaseNotAccepted,
    answering.CaseAnsweredOtherwise,
    answering.OpinionSentAlready,
    OpinionLacks,
    PersonErased,
)
_SERVE = (NotStatedOnlyByImport, ServiceNotProven, ProofOfAnotherMethod, ServedBeforeIssued)


@router.post("/issue-opinion", **documented_issue(*_ISSUE, *PRINT_REFUSALS, *ENDED))
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


@router.post("/answer", **documented_issue(*_ISSUE, *_SERVE, *PRINT_REFUSALS, *ENDED))
async def answer(body: AnswerBody, context: ByTheHandler) -> Response:
    """答复: the opinion is issued and handed over on the spot; its text goes to the vault."""
    return await context.handle(partial(_prepare_answer, context, body))


async def _prepare_issue(
    context: CaseContext, body: IssueOpinionBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    made = await _made_out(context, body, record.state, at=context.moment(body))
    return _prepared(context, made.issue, made, at=context.moment(body))


async def _prepare_answer(
    context: CaseContext, body: AnswerBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    at = context.moment(body)
    made = await _made_out(context, body, record.state, at=at)
    given, issue = service(body.method, body.proof, at=at), made.issue
    command = answering.AnswerCase(
        result=issue.result,
        measures=issue.measures,
        opinion_digest=issue.opinion_digest,
        document_number=issue.document_number,
        paper_digest=issue.paper_digest,
        text_mark=issue.text_mark,
        method=given.method,
        proof=given.proof,
        served_on=given.served_on,
    )
    return _prepared(context, command, made, at=at)


@dataclass(frozen=True)
class _MadeOut:
    """An opinion as it is issued, with what of it goes to the vault."""

    issue: answering.IssueOpinion
    entries: list[Entry]
    printed: PrintedDocument | None


async def _made_out(
    context: CaseContext, body: OpinionIssue, case: CaseFile, *, at: datetime
) -> _MadeOut:
    content = body.opinion.content()
    entry = await entry_of(context, EntryKind.OPINION, content)
    printed = await print_document(
        context,
        case,
        DocumentKind.OPINION,
        body,
        on=china_day(at),
        fixed=of_the_opinion(content),
    )
    issue = answering.IssueOpinion(
        result=body.result,
        measures=body.measures,
        opinion_digest=entry.digest,
        document_number=printed.number if printed else None,
        paper_digest=printed.entry.digest if printed else None,
        text_mark=context.office.marks.of_text(words_of_the_answer(content)),
    )
    return _MadeOut(issue, [entry, *([printed.entry] if printed else [])], printed)


def _prepared(
    context: CaseContext, command: CaseCommand, made: _MadeOut, *, at: datetime
) -> Prepared[CaseCommand, CaseFile]:
    return Prepared(
        command=command,
        at=at,
        side_writes=kept(context, made.entries),
        further=issued_members(made.printed),
        private=made.printed.unprinted_in_private() if made.printed else None,
    )
