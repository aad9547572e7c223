"""A valid command of every kind about one made-up report: for the page of states and for tests."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from services.grid.domain.report import Report, ReportCommand
from services.grid.domain.report.attaching import AttachToReport
from services.grid.domain.report.checking import RejectReport, ValidateReport
from services.grid.domain.report.closing import CloseReport, RateReport, VerifyReport
from services.grid.domain.report.converting import ConvertReport, NoteOutcome
from services.grid.domain.report.correcting import CorrectReport
from services.grid.domain.report.escalating import EscalateReport, MissTerm, StepUp
from services.grid.domain.report.handling import (
    DispatchReport,
    HandleReport,
    ReturnReport,
    SolveOnSite,
)
from services.grid.domain.report.moving import MoveMatter
from services.grid.domain.report.submitting import SubmitReport
from services.grid.domain.report.terms import Term, TermsPolicy
from services.grid.examples import DIGEST, GRID, NEXT_GRID, OTHER_DIGEST, PERSON, WORKER, an_id
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.report_codes import (
    ConvertedTo,
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportCorrectionReason,
    ReportField,
    ReportGrade,
    ReportOutcome,
    ReportRater,
    ReportRejection,
    ReportReturnReason,
    ReportSource,
    ReportTopic,
    Urgency,
    VerifiedHow,
    category_of,
    matter_category_of,
)

COMMITTEE_ID, ORDER_ID = an_id(0x40), an_id(0x31)
REPORT_ID, MATTER_ID = an_id(0x30), an_id(0xA)
LABOUR_OFFICE, WATER_OFFICE = "labour-office", "water-office"
LADDER = TermsPolicy(
    version="example",
    basis="example",
    ladder={level: timedelta(days=1) for level in LadderLevel},
)
TERM = Term(datetime(2025, 3, 5, 2, tzinfo=UTC), "example")

SUBMIT = SubmitReport(
    matter_id=MATTER_ID,
    report_id=REPORT_ID,
    grid_code=GRID,
    topic=ReportTopic.UNPAID_WAGES,
    urgency=Urgency.URGENT,
    source=ReportSource.PATROL,
    words_digest=DIGEST,
    persons=(PERSON,),
    worker_ref=WORKER,
    term=TERM,
    level_term=TERM,
)
CORRECT_REPORT = CorrectReport(
    facts={ReportField.ABOUT_UNIT: LABOUR_OFFICE},
    why=ReportCorrectionReason.STATED_LATER,
    words_digest=OTHER_DIGEST,
    term=TERM,
)
CORRECT_TOPIC = CorrectReport(
    facts={
        ReportField.GRID_CODE: NEXT_GRID,
        ReportField.TOPIC: ReportTopic.WASTE,
        ReportField.CATEGORY: category_of(ReportTopic.WASTE),
        ReportField.MATTER_CATEGORY: matter_category_of(ReportTopic.WASTE),
    },
    why=ReportCorrectionReason.FOUND_OTHERWISE,
)
VALIDATE = ValidateReport(term=TERM)
REJECT = RejectReport(reason=ReportRejection.NO_MATTER)
DISPATCH = DispatchReport(to_unit=LABOUR_OFFICE, term=TERM)
GIVE_BACK = ReturnReport(reason=ReportReturnReason.NOT_OUR_REMIT, term=TERM)
CONVERT = ConvertReport(to=ConvertedTo.CASE, term=TERM)
TO_MEDIATION = ConvertReport(to=ConvertedTo.MEDIATION, committee_id=COMMITTEE_ID, term=TERM)
TO_ORDER = ConvertReport(to=ConvertedTo.WORK_ORDER, order_id=ORDER_ID)
HANDLE = HandleReport(result=HandlingResult.SOLVED, term=TERM)
SOLVE_ON_SITE = SolveOnSite(result=HandlingResult.SOLVED, term=TERM)
CONFIRM = VerifyReport(confirmed=True, how=VerifiedHow.VISIT, term=TERM)
REFUTE = VerifyReport(confirmed=False, how=VerifiedHow.CALL, term=TERM)
CLOSE = CloseReport()
CLOSE_WITH_WORDS = CloseReport(words_digest=OTHER_DIGEST)
RATE = RateReport(rater=ReportRater.AFFECTED, grade=ReportGrade.SATISFIED)
ATTACH = AttachToReport(
    digest=OTHER_DIGEST, media_type=MediaType.JPEG, size=81_920, of=AttachmentOf.EVIDENCE
)
ESCALATE = EscalateReport(
    to_level=LadderLevel.CENTRE, reason=EscalationReason.BEYOND_POWERS, level_term=TERM
)


Make = Callable[[Report], ReportCommand]
"""Makes a command for a report as it is."""


def noting(outcome: ReportOutcome, *, ended: bool = False) -> Make:
    """The command that notes an outcome of what the report was converted to last."""

    def command(report: Report) -> NoteOutcome:
        last = report.conversions[-1].record_id if report.conversions else None
        return NoteOutcome(
            record_id=last or an_id(1),
            outcome=outcome,
            ended=ended,
            step_term=TERM,
            level_term=TERM,
        )

    return command


REGISTERED = noting(ReportOutcome.TAKEN_UP)
COMPLETED = noting(ReportOutcome.COMPLETED)
ACCEPTED = noting(ReportOutcome.ACCEPTED)
RESOLVED = noting(ReportOutcome.RESOLVED, ended=True)
DECLINED = noting(ReportOutcome.DECLINED, ended=True)
VOIDED = noting(ReportOutcome.VOIDED)
REOPENED = noting(ReportOutcome.REOPENED)


def move(report: Report) -> MoveMatter:
    """The case to which the report was converted last repeats one of another matter."""
    last = report.conversions[-1].record_id if report.conversions else None
    return MoveMatter(record_id=last or an_id(1), matter_id=an_id(0xC))


def step_up(report: Report) -> StepUp:
    """The command of the row that the level's current term has."""
    term = report.level_term
    return StepUp(began_with=(term and term.began_with) or an_id(1), policy=LADDER)


def miss(report: Report) -> MissTerm:
    """The command of the row that the step's current term has."""
    term = report.term
    return MissTerm(began_with=(term and term.began_with) or an_id(1))
