"""A good command of every kind about one made-up petition: for the page of states and for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.intake.domain.case import CASE, CaseCommand
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.answer_review import CloseAnswerReview, OpenAnswerReview
from services.intake.domain.case.answering import (
    AnswerCase,
    IssueOpinion,
    ReplyToCase,
    ServeOpinion,
)
from services.intake.domain.case.assigning import AssignCase
from services.intake.domain.case.attaching import AttachFile
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.closing_check import CheckClosing
from services.intake.domain.case.correction import CorrectFiling, VoidFiling
from services.intake.domain.case.declining import DeclineCase
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.dispatching import DispatchDocument
from services.intake.domain.case.extension import GrantExtension
from services.intake.domain.case.filing import CiteFiling, ExternalReference, FileCase
from services.intake.domain.case.forwarding import ForwardCase
from services.intake.domain.case.handing_over import HandCaseOver
from services.intake.domain.case.investigation import RecordHearing, RecordInvestigation
from services.intake.domain.case.linking import LinkCase
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.case.notices import IssueNotice, ServeNotice
from services.intake.domain.case.objection import DecideObjection
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.questions import AnswerQuestion, AskQuestion
from services.intake.domain.case.rating import RateCase
from services.intake.domain.case.receiving import ReceiveCase
from services.intake.domain.case.recusal import RecordRecusal
from services.intake.domain.case.referral import ReferCase
from services.intake.domain.case.remit import (
    LapseRemit,
    ObjectToRemit,
    SettleObjection,
    TakeRemit,
)
from services.intake.domain.case.reopening import ReopenCase
from services.intake.domain.case.resolution import ResolveCase
from services.intake.domain.case.reviews import DecideReview, HandOverReReview, RequestReview
from services.intake.domain.case.routing import RouteCase
from services.intake.domain.case.service_of_documents import Service
from services.intake.domain.case.statements import RecordStatement
from services.intake.domain.case.transfer_note import NoteTransfer
from services.intake.domain.case.withdrawal import (
    EndStatedWithdrawal,
    StateWithdrawal,
    TakeBackWithdrawal,
    WithdrawCase,
)
from shared.clocks.calendar import Calendar
from shared.clocks.due import due_of
from shared.clocks.shipped import shipped_policy
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    LinkReason,
    Measure,
    MediationOutcome,
    OpinionResult,
    Outcome,
    Procedure,
    Purpose,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import (
    AnswerFinding,
    ApproverRole,
    ClosingChecker,
    CorrectionReason,
    DeclineGround,
    DocumentKind,
    FilingFact,
    FilingVoidReason,
    InvestigationStep,
    NoticeKind,
    ReviewLevel,
    ReviewResult,
    ServiceProof,
    StatementKind,
    StatementWay,
)
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.case_question_codes import QuestionCode
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade
from shared.contracts.transfer_codes import ObjectionReason, ReturnReason, TransferStep
from shared.contracts.unit_codes import HandOverReason
from shared.decider import Mark
from shared.state_table import example_event_id


def an_id(number: int) -> str:
    """An id of the demonstration's township, the same one every time."""
    return f"519900101-0198a5c0-0000-7000-8000-{number:012x}"


CASE_ID, MATTER_ID, OTHER_CASE = an_id(1), an_id(0xA), an_id(2)
COMMITTEE = MEDIATION_ID = an_id(0x20)
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64
DUE = due_of("C6", date(2025, 3, 4), policy=shipped_policy(), calendar=Calendar([]))

FILE = FileCase(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    number="519900-2025-LF-000001-0",
    channel=Channel.VISIT,
    purpose=Purpose.REQUEST,
    category=Category.LAND,
    headcount=2,
    joint=False,
    anonymous=False,
    first_or_repeat=FirstOrRepeat.FIRST,
    urgent=None,
    content_digest=DIGEST,
    external=ExternalReference(source="board", number="2549"),
)
CITE = CiteFiling(content_digest=DIGEST)
CORRECT = CorrectFiling(
    why=CorrectionReason.FOUND_OTHERWISE, facts={FilingFact.CATEGORY: Category.LABOUR}
)
VOID = VoidFiling(why=FilingVoidReason.REGISTERED_TWICE)
REPLY = ReplyToCase(reply_digest=DIGEST, origin=Origin.REGISTER)
FORWARD = ForwardCase(to_unit="water-bureau")
REFER = ReferCase(committee_id=COMMITTEE)
NOTE = NoteMediationOutcome(
    mediation_id=MEDIATION_ID,
    outcome=MediationOutcome.PERFORMED,
    cause=an_id(0x21),
    committee_id=COMMITTEE,
)
ACCEPT = AcceptCase(
    handler="post-wu",
    procedure=Procedure.ORDINARY,
    responsible_unit="justice-office",
    co_handlers=(),
    due=DUE,
)
ROUTE = RouteCase(lane=Lane.PETITION, ground=RoutingGround.NO_OTHER_ROUTE, by_post="post-wu")
HAND_CASE_OVER = HandCaseOver(
    to_unit="labour-office", to_post="post-he", reason=HandOverReason.DIVISION_OF_WORK
)
RECUSE = RecordRecusal(post="post-zhou", reason=RecusalReason.RELATIVE)
DECLINE = DeclineCase(ground=DeclineGround.NOT_COMPETENT, competent_unit="county-court")
HANDED_OVER = Service(method=ServiceMethod.IN_PERSON)
ISSUE_NOTICE = IssueNotice(notice=NoticeKind.RECEIPT)
SERVE_NOTICE = ServeNotice(
    notice=NoticeKind.RECEIPT,
    service=Service(method=ServiceMethod.IN_PERSON, proof=ServiceProof.SIGNED),
)
ISSUE_OPINION = IssueOpinion(
    result=OpinionResult.SUPPORTED, measures=(Measure.SOLVE,), opinion_digest=DIGEST
)
SERVE_OPINION = ServeOpinion(
    service=Service(method=ServiceMethod.POST, proof=ServiceProof.POSTING_RECEIPT)
)
DISPATCH = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.POST)
ANSWER = AnswerCase(
    result=OpinionResult.SUPPORTED,
    measures=(Measure.SOLVE,),
    method=ServiceMethod.IN_PERSON,
    opinion_digest=DIGEST,
)
RECORD = RecordStatement(
    statement=StatementKind.OPINION_ACCEPTED,
    way=StatementWay.IN_WRITING,
    taken_by="post-wu",
    statement_digest=DIGEST,
)
INVESTIGATE = RecordInvestigation(steps=(InvestigationStep.FIELD_SURVEY,), record_digest=DIGEST)
HEAR = RecordHearing(representatives=9)
EXTEND = GrantExtension(
    days=20,
    approver_role=ApproverRole.UNIT_HEAD,
    due=due_of(
        "C6", date(2025, 3, 4), policy=shipped_policy(), calendar=Calendar([]), extensions=(20,)
    ),
    reason_digest=DIGEST,
)
REQUEST_REVIEW = RequestReview(
    level=ReviewLevel.REVIEW, way=StatementWay.IN_WRITING, until=date(2025, 4, 8)
)
DECIDE_REVIEW = DecideReview(
    level=ReviewLevel.REVIEW,
    result=ReviewResult.REVOKED,
    by_unit="county-government",
    served_on=date(2025, 3, 20),
)
REQUEST_RE_REVIEW = RequestReview(
    level=ReviewLevel.RE_REVIEW, way=StatementWay.IN_WRITING, until=date(2025, 4, 21)
)
HAND_OVER = HandOverReReview(to_unit="city-government")
RESOLVE = ResolveCase(how=ResolvedHow.OPINION_ACCEPTED, on_site=False)
STATE_WITHDRAWAL = StateWithdrawal(
    way=StatementWay.IN_WRITING,
    taken_by="post-wu",
    takes_effect_at=datetime(2025, 3, 13, 16, tzinfo=UTC),
    statement_digest=DIGEST,
)
TAKE_BACK = TakeBackWithdrawal(way=StatementWay.BY_PHONE, taken_by="post-wu")
END_WITHDRAWAL = EndStatedWithdrawal(statement_id=example_event_id(4))
WITHDRAW = WithdrawCase(statement_recorded=True)
DIVERT = DivertCase(route=Route.LITIGATION)
_EARLIER = Mark(datetime(2025, 3, 3, 2, tzinfo=UTC))
_FILE_OTHER = replace(FILE, case_id=OTHER_CASE, number="519900-2025-LF-000002-Q")
OTHER = CASE.fold_marked(
    (event, _EARLIER) for event in CASE.decide(_FILE_OTHER, CASE.at(CASE.initial, _EARLIER))
)
"""Another case, which was received a day earlier."""
LINK = LinkCase(to_case_id=OTHER_CASE, why=LinkReason.DUPLICATE, other=OTHER)
ATTACH = AttachFile(
    digest=OTHER_DIGEST, media_type=MediaType.JPEG, size=81_920, of=AttachmentOf.EVIDENCE
)
CHECK = CheckClosing(by=ClosingChecker.UNIT_HEAD)
CHECK_BY_OFFICE = CheckClosing(by=ClosingChecker.PETITION_OFFICE)
CLOSE = CloseCase(outcome=Outcome.SUPPORTED)
ASK = AskQuestion(code=QuestionCode.FACTS, digest=DIGEST)
ANSWER_QUESTION = AnswerQuestion(question_id=example_event_id(2), digest=OTHER_DIGEST)
REOPEN = ReopenCase(reason=ReopenReason.NEW_FACTS)

NEIGHBOUR, NEIGHBOURS_CASE = "519900102", "519900102-0198a5c0-0000-7000-8000-00000000e002"
"""Another township, and its case of the matter that is forwarded as the second event."""
FORWARD_ACROSS = ForwardCase(to_unit="petition-office", to_division=NEIGHBOUR)
_FILE_SENT = replace(FILE, case_id=NEIGHBOURS_CASE, number="519900-2025-LF-000003-M")
SENT = CASE.fold_marked(
    (event, _EARLIER) for event in CASE.decide(_FILE_SENT, CASE.at(CASE.initial, _EARLIER))
)
"""The case of another township that passes its matter on to the example's."""
RECEIVE = ReceiveCase(
    case_id=CASE_ID,
    number="519900-2025-LF-000001-0",
    sender=SENT,
    sender_unit="petition-office",
    to_unit="petition-office",
    assigned=False,
    received_on=date(2025, 3, 4),
    person_ref=None,
    content_digest=DIGEST,
)
TAKE = TakeRemit()
OBJECT = ObjectToRemit(
    by_unit="petition-office", reason=ObjectionReason.NOT_COMPETENT, until=date(2025, 3, 11)
)
LAPSE = LapseRemit()
SETTLE = SettleObjection(returned=ReturnReason.OBJECTION_UPHELD)
NOTE_TRANSFER = NoteTransfer(
    receiver_case_id=NEIGHBOURS_CASE,
    to_division=NEIGHBOUR,
    to_unit="petition-office",
    step=TransferStep.OBJECTED,
    objection=an_id(0x22),
)
OPEN_ANSWER_REVIEW = OpenAnswerReview(repeated_by=an_id(0x23))
CLOSE_ANSWER_REVIEW = CloseAnswerReview(finding=AnswerFinding.INCOMPLETE)
RATE = RateCase(grades={RatedSubject.RESPONSIBLE_UNIT: RatingGrade.DISSATISFIED})
DECIDE_OBJECTION = DecideObjection(upheld=True)
COUNTY_CASE = "519900-0198a5c0-0000-7000-8000-000000000001"
ASSIGN = AssignCase(to_unit="petition-office", to_division=NEIGHBOUR)

COMMANDS: tuple[CaseCommand, ...] = (
    *(FILE, CITE, CORRECT, VOID, REPLY, FORWARD, REFER, NOTE),
    *(ROUTE, ACCEPT, HAND_CASE_OVER, RECUSE, DECLINE, ANSWER, RECORD, RESOLVE),
    *(ISSUE_NOTICE, SERVE_NOTICE, ISSUE_OPINION, DISPATCH, SERVE_OPINION),
    *(STATE_WITHDRAWAL, TAKE_BACK, END_WITHDRAWAL, WITHDRAW, DIVERT, LINK),
    *(INVESTIGATE, HEAR, EXTEND, REQUEST_REVIEW, DECIDE_REVIEW, HAND_OVER),
    *(ASK, ANSWER_QUESTION, ATTACH, CHECK, CLOSE, REOPEN),
    *(RECEIVE, TAKE, OBJECT, LAPSE, SETTLE, DECIDE_OBJECTION, ASSIGN, NOTE_TRANSFER),
    *(OPEN_ANSWER_REVIEW, CLOSE_ANSWER_REVIEW, RATE),
)
"""One good command of each kind."""
