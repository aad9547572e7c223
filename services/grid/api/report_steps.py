"""The routes of a report's way: checked, dispatched, given back, handled, verified, closed, rated."""

from fastapi import Response
from pydantic import field_validator

from services.grid.api.report_context import (
    ByAnybody,
    ByHandlers,
    ByReporters,
    ByTheDesk,
    RemarkBody,
    ReportOfAnotherGrid,
    ReportOfAnotherUnit,
    carry_out,
    documented,
)
from services.grid.domain.report.about import ReportGoesOneLevelUp
from services.grid.domain.report.checking import RejectReport, ValidateReport
from services.grid.domain.report.closing import (
    CloseReport,
    RateReport,
    ReportClosedWithoutWords,
    ReportRatedOtherwise,
    VerifyReport,
)
from services.grid.domain.report.escalating import EscalateReport, LevelNotLowered
from services.grid.domain.report.handling import (
    DispatchReport,
    HandleReport,
    ReturnReport,
    SolveOnSite,
)
from shared.contracts.report_codes import (
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportGrade,
    ReportRater,
    ReportRejection,
    ReportReturnReason,
    ReportStep,
    VerifiedHow,
)
from shared.contracts.words import UnitRef
from shared.http import Router, YesOrNo
from shared.office import ReportedLater

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class ValidateBody(ReportedLater):
    """Nothing more is to be said."""


class RejectBody(RemarkBody):
    """Why the report is not valid."""

    reason: ReportRejection


class DispatchBody(ReportedLater):
    """Which unit has to handle it."""

    to_unit: UnitRef


class ReturnBody(RemarkBody):
    """Why the unit gives it back."""

    reason: ReportReturnReason


class HandleBody(RemarkBody):
    """What the handling came to."""

    result: HandlingResult


class VerifyBody(ReportedLater):
    """Whether the feedback is true, and how that was found out."""

    confirmed: YesOrNo
    how: VerifiedHow


class CloseBody(RemarkBody):
    """Why nothing is left to do, where the matter ended elsewhere unsettled."""


class RateBody(ReportedLater):
    """How content somebody said to be; who says nothing is not rated for."""

    rater: ReportRater
    grade: ReportGrade


class EscalateBody(ReportedLater):
    """To which level, and why."""

    to_level: LadderLevel
    reason: EscalationReason

    @field_validator("reason")
    @classmethod
    def _is_a_persons(cls, reason: EscalationReason) -> EscalationReason:
        if reason is EscalationReason.TIME_IS_OVER:
            raise ValueError("That the time is over is recorded by the clock alone")
        return reason


@router.post("/validate", **documented())
async def validate(body: ValidateBody, context: ByTheDesk) -> Response:
    """审核通过: the report is of a matter, and it is the office's."""
    return await carry_out(
        context, body, lambda step: ValidateReport(term=step.term(ReportStep.DISPATCH))
    )


@router.post("/reject", **documented())
async def reject(body: RejectBody, context: ByTheDesk) -> Response:
    """驳回: the report is not valid; a matter after all is reported anew."""
    return await carry_out(
        context,
        body,
        lambda step: RejectReport(reason=body.reason, words_digest=step.words_digest),
    )


@router.post("/solve-on-site", **documented(ReportOfAnotherGrid))
async def solve_on_site(body: HandleBody, context: ByReporters) -> Response:
    """现场处置: it was solved on the spot, and no unit is asked."""
    return await carry_out(
        context,
        body,
        lambda step: SolveOnSite(
            result=body.result,
            words_digest=step.words_digest,
            term=step.term(ReportStep.VERIFY),
        ),
    )


@router.post("/dispatch", **documented(ReportGoesOneLevelUp))
async def dispatch(body: DispatchBody, context: ByTheDesk) -> Response:
    """分派: a unit has to handle it, never one that the report is about."""
    return await carry_out(
        context,
        body,
        lambda step: DispatchReport(to_unit=body.to_unit, term=step.term(ReportStep.HANDLE)),
    )


@router.post("/return", **documented(ReportOfAnotherUnit))
async def give_back(body: ReturnBody, context: ByHandlers) -> Response:
    """退回: the unit gives it back, with the reason."""
    return await carry_out(
        context,
        body,
        lambda step: ReturnReport(
            reason=body.reason,
            words_digest=step.words_digest,
            term=step.term(ReportStep.DISPATCH),
        ),
    )


@router.post("/handle", **documented(ReportOfAnotherUnit))
async def handle(body: HandleBody, context: ByHandlers) -> Response:
    """处置反馈: what the unit's handling came to."""
    return await carry_out(
        context,
        body,
        lambda step: HandleReport(
            result=body.result,
            words_digest=step.words_digest,
            term=step.term(ReportStep.VERIFY),
        ),
    )


@router.post("/verify", **documented())
async def verify(body: VerifyBody, context: ByTheDesk) -> Response:
    """核查: whether the feedback is true; if not, the handling goes on."""
    return await carry_out(
        context,
        body,
        lambda step: VerifyReport(
            confirmed=body.confirmed,
            how=body.how,
            term=step.term(ReportStep.CLOSE if body.confirmed else step.report.goes_on_with),
        ),
    )


@router.post("/close", **documented(ReportClosedWithoutWords))
async def close(body: CloseBody, context: ByTheDesk) -> Response:
    """结案: the report's way is over; with words where the matter ended elsewhere unsettled."""
    return await carry_out(context, body, lambda step: CloseReport(words_digest=step.words_digest))


@router.post("/rate", **documented(ReportRatedOtherwise))
async def rate(body: RateBody, context: ByTheDesk) -> Response:
    """评价: what somebody said of the handling; silence is no content."""
    return await carry_out(context, body, lambda _: RateReport(rater=body.rater, grade=body.grade))


@router.post("/escalate", **documented(LevelNotLowered, ReportOfAnotherUnit, ReportOfAnotherGrid))
async def escalate(body: EscalateBody, context: ByAnybody) -> Response:
    """升级: a higher level is responsible from now on; it never goes down again."""
    return await carry_out(
        context,
        body,
        lambda step: EscalateReport(
            to_level=body.to_level,
            reason=body.reason,
            level_term=step.level_term(body.to_level),
        ),
    )
