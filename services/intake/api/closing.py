"""The routes by which a case is closed: two checks, then the closing on evidence of the case."""

from fastapi import Response

from services.intake.api.answer_reviews_shown import refuse_hidden_review
from services.intake.api.case_bodies import Act, CloseBody
from services.intake.api.case_context import AtTheDesk, ByTheHandler, documented
from services.intake.api.whoever_asks import participant
from services.intake.domain.case import (
    CaseCommand,
    CaseFile,
    answer_review,
    closing,
    closing_check,
    ended,
    evidence,
)
from services.intake.domain.case.notices import NoticeNotServed
from services.intake.domain.case.origin import NotStatedOnlyByImport
from services.intake.domain.case_rights import CheckOfAnother, refuse_unless_checking
from shared.contracts.case_handling_codes import AnswerFinding, ClosingChecker
from shared.handling import Prepared, Record
from shared.http import Router
from shared.times import china_day

router = Router(prefix="/cases/{case_id}", tags=["cases"])


class CheckBody(Act):
    """As what the post that asks has checked the case."""

    by: ClosingChecker


@router.post(
    "/check-closing",
    **documented(
        ended.CaseStillOpen,
        ended.CaseWasClosed,
        ended.CaseWasVoided,
        ended.CaseWasWithdrawn,
        closing_check.ClosingCheckedByAnother,
        closing_check.ClosingCheckedByTheSamePost,
        CheckOfAnother,
    ),
)
async def check_closing(body: CheckBody, context: AtTheDesk) -> Response:
    """办结审核: the head of the unit and the petition office check a case, two different posts."""
    names = frozenset(context.actor.names_in(context.division))

    async def prepare(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile]:
        registry = await context.office.registry(context.division)
        who, today = participant(context.actor), china_day(context.now)
        refuse_unless_checking(record.state, who, registry, on=today, by=body.by)
        command = closing_check.CheckClosing(by=body.by, names=names)
        return Prepared(command=command, at=context.moment(body))

    return await context.handle(prepare)


class CloseAnswerReviewBody(Act):
    """What was found of the answer."""

    finding: AnswerFinding


@router.post(
    "/close-answer-review",
    **documented(answer_review.NoAnswerReviewOpen, answer_review.AnswerReviewedByItsAuthor),
)
async def close_answer_review(body: CloseAnswerReviewBody, context: AtTheDesk) -> Response:
    """答复质量复核: another post says what it found of an answer after which the matter came again."""
    names = frozenset(context.actor.names_in(context.division))
    command = answer_review.CloseAnswerReview(finding=body.finding, names=names)

    async def prepare(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile]:
        await refuse_hidden_review(context.office, context.actor, record.state)
        return Prepared(command=command, at=context.moment(body))

    return await context.handle(prepare)


@router.post(
    "/close",
    **documented(
        ended.CaseStillOpen,
        ended.CaseWasClosed,
        ended.CaseWasWithdrawn,
        closing.OutcomeNotInRecord,
        NoticeNotServed,
        closing_check.ClosingNotChecked,
        evidence.EvidenceMissing,
        evidence.EvidenceNotInRecord,
        NotStatedOnlyByImport,
    ),
)
async def close(body: CloseBody, context: ByTheHandler) -> Response:
    """办结: with an outcome that the record supports, checked by two, on evidence of the case."""
    command = closing.CloseCase(outcome=body.outcome, evidence=body.evidence)
    return await context.handle_command(command, body)
