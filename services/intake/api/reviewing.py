"""The routes about reviews: requested by the petitioner, decided by the units above [R35, R36]."""

from functools import partial

from fastapi import Response

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import (
    DEPARTED,
    AtTheDesk,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.vault_texts import entries_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, reviews
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.case.service_of_documents import ServedBeforeIssued
from services.intake.store.person_files import EntryKind
from shared.contracts.case_handling_codes import ReviewLevel, ReviewResult, StatementWay
from shared.contracts.words import UnitRef
from shared.handling import Prepared, Record
from shared.http import Router
from shared.office.occurrence_time import Day, NotYetHappened
from shared.times import china_day
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix="/cases/{case_id}", tags=["reviews"])


class RequestReviewBody(Act):
    """Which review is requested, and by which way."""

    level: ReviewLevel
    way: StatementWay | None = None


class DecideReviewBody(Act):
    """What the review came to, by which unit, and when the petitioner received it."""

    level: ReviewLevel
    result: ReviewResult
    by_unit: UnitRef
    served_on: Day | None = None
    text: Narrative | None = None


class HandOverBody(Act):
    """Which unit decides the re-review."""

    to_unit: UnitRef


@router.post(
    "/request-review",
    **documented(
        CaseNotAnswered,
        ServedBeforeIssued,
        reviews.ReviewRequestedAlready,
        reviews.ReviewTimeIsOver,
        reviews.ReviewNotDecided,
        *DEPARTED,
    ),
)
async def request_review(body: RequestReviewBody, context: AtTheDesk) -> Response:
    """申请复查, 申请复核: within the petitioner's thirty days, once for each level."""
    return await context.handle(partial(_prepare_request, context, body))


@router.post(
    "/decide-review",
    **documented(
        ServedBeforeIssued,
        reviews.ReviewNotRequested,
        reviews.ReReviewNotHandedOver,
        reviews.ReviewedByOneself,
        reviews.ReviewDecidedOtherwise,
        PersonErased,
        *DEPARTED,
    ),
)
async def decide_review(body: DecideReviewBody, context: ByTheHandler) -> Response:
    """复查意见, 复核意见: upheld, changed or revoked, as the deciding unit told."""
    return await context.handle(partial(_prepare_decision, context, body))


@router.post(
    "/hand-over-re-review",
    **documented(reviews.ReviewNotRequested, reviews.HandedOverElsewhere, *DEPARTED),
)
async def hand_over_re_review(body: HandOverBody, context: ByTheHandler) -> Response:
    """复核移送: the file goes to the unit above the county that decides."""
    return await context.handle_command(reviews.HandOverReReview(to_unit=body.to_unit), body)


async def _prepare_request(
    context: CaseContext, body: RequestReviewBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    command = reviews.RequestReview(
        level=body.level, way=body.way, until=context.office.review_until(record.state)
    )
    return Prepared(command=command, at=context.moment(body))


async def _prepare_decision(
    context: CaseContext, body: DecideReviewBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    if body.served_on and body.served_on > china_day(context.now):
        raise NotYetHappened(field="served_on")
    entries = await entries_of(context, EntryKind.REVIEW, body.text)
    command = reviews.DecideReview(
        level=body.level,
        result=body.result,
        by_unit=body.by_unit,
        decision_digest=entries[0].digest if entries else None,
        served_on=body.served_on,
    )
    return Prepared(command=command, at=context.moment(body), side_writes=kept(context, entries))
