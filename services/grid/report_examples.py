"""A valid command of every kind about one made-up report: for the page of states and for tests."""

from datetime import UTC, datetime, timedelta

from services.grid.domain.report import Report
from services.grid.domain.report.checking import RejectReport, ValidateReport
from services.grid.domain.report.closing import CloseReport, RateReport, VerifyReport
from services.grid.domain.report.escalating import EscalateReport, MissTerm, StepUp
from services.grid.domain.report.handling import (
    DispatchReport,
    HandleReport,
    ReturnReport,
    SolveOnSite,
)
from services.grid.domain.report.submitting import SubmitReport
from services.grid.domain.report.terms import Term, TermsPolicy
from services.grid.examples import DIGEST, GRID, PERSON, WORKER, an_id
from shared.contracts.report_codes import (
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportGrade,
    ReportRater,
    ReportRejection,
    ReportReturnReason,
    ReportSource,
    ReportTopic,
    Urgency,
    VerifiedHow,
)

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
VALIDATE = ValidateReport(term=TERM)
REJECT = RejectReport(reason=ReportRejection.NO_MATTER)
DISPATCH = DispatchReport(to_unit=LABOUR_OFFICE, term=TERM)
GIVE_BACK = ReturnReport(reason=ReportReturnReason.NOT_OUR_REMIT, term=TERM)
HANDLE = HandleReport(result=HandlingResult.SOLVED, term=TERM)
SOLVE_ON_SITE = SolveOnSite(result=HandlingResult.SOLVED, term=TERM)
CONFIRM = VerifyReport(confirmed=True, how=VerifiedHow.VISIT, term=TERM)
REFUTE = VerifyReport(confirmed=False, how=VerifiedHow.CALL, term=TERM)
CLOSE = CloseReport()
RATE = RateReport(rater=ReportRater.AFFECTED, grade=ReportGrade.SATISFIED)
ESCALATE = EscalateReport(
    to_level=LadderLevel.CENTRE, reason=EscalationReason.BEYOND_POWERS, level_term=TERM
)


def step_up(report: Report) -> StepUp:
    """The command of the row that the level's current term has."""
    term = report.level_term
    return StepUp(began_with=(term and term.began_with) or an_id(1), policy=LADDER)


def miss(report: Report) -> MissTerm:
    """The command of the row that the step's current term has."""
    term = report.term
    return MissTerm(began_with=(term and term.began_with) or an_id(1))
