"""A valid command of every kind about one made-up dispute: for the page of states and for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    DecideConfirmation,
    DraftAgreement,
    FollowUp,
    Legality,
    PerformAgreement,
    PerformInstalment,
    RequestConfirmation,
    SignAgreement,
)
from services.mediation.domain.mediation_commands import (
    ApplyForMediation,
    AssignMediator,
    ConsentToMediation,
    DeclineReferral,
    ExtendPeriod,
    FailMediation,
    FillInPaper,
    HoldSession,
    NameParties,
    Period,
    RecuseMediator,
    RefuseMediation,
    TerminateMediation,
    WithdrawConsent,
)
from services.mediation.domain.void_commands import (
    VoidAssignment,
    VoidConsent,
    VoidDraft,
    VoidEnd,
    VoidExtension,
    VoidPaper,
    VoidRecusal,
    VoidSession,
)
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    ConfirmationResult,
    FollowUpMethod,
    FollowUpOutcome,
    LegalityPoint,
    PerformanceFinding,
)
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import (
    ConsentHow,
    DisputeKind,
    FailureGround,
    MediationOrigin,
    NotTakenUpGround,
    OtherRoute,
    PaperForm,
    PartySide,
    PlaceKind,
    RecusalGround,
    RoomRole,
    SessionMode,
    TerminationGround,
    VoidReason,
)


def an_id(number: int) -> str:
    """An id of the demonstration's township, the same one every time."""
    return f"519900101-0198a5c0-0000-7000-8000-{number:012x}"


MEDIATION_ID, MATTER_ID, CASE_ID, REPORT_ID = an_id(0x20), an_id(0xA), an_id(1), an_id(0x30)
COMMITTEE, MEDIATOR_WU, MEDIATOR_HE = an_id(0x40), an_id(0x50), an_id(0x51)
APPLICANT, RESPONDENT, HER_BROTHER = an_id(0xB1), an_id(0xB2), an_id(0xB3)
SESSION, OTHER_SESSION, AGREEMENT, OTHER_AGREEMENT = (
    an_id(0x60),
    an_id(0x61),
    an_id(0x70),
    an_id(0x71),
)
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64

DUE = datetime(2025, 5, 3, 16, tzinfo=UTC)
LATER = datetime(2025, 5, 18, 16, tzinfo=UTC)
SIGNED_ON, FIRST_DUE, LAST_DUE = date(2025, 4, 20), date(2025, 6, 30), date(2025, 12, 31)
AFTER_THE_FIRST, AFTER_ALL = date(2025, 7, 1), date(2026, 1, 1)
LAST_DAY_FOR_THE_COURT = date(2025, 5, 20)

BOTH = frozenset(PartySide)
ROUTES = frozenset({OtherRoute.COURT, OtherRoute.ARBITRATION})

APPLY = ApplyForMediation(
    mediation_id=MEDIATION_ID,
    matter_id=MATTER_ID,
    origin=MediationOrigin.APPLIED,
    category=Category.LAND,
    dispute_kind=DisputeKind.HOUSE_AND_HOMESTEAD,
    committee_id=COMMITTEE,
    applicants=(APPLICANT,),
    respondents=(RESPONDENT,),
    village_code="519900101201",
    application_digest=DIGEST,
)
PROACTIVE = replace(APPLY, origin=MediationOrigin.PROACTIVE, applicants=(), respondents=())
DECLINE = DeclineReferral(
    mediation_id=MEDIATION_ID,
    matter_id=MATTER_ID,
    case_id=CASE_ID,
    committee_id=COMMITTEE,
    ground=NotTakenUpGround.COMMITTEE_DISSOLVED,
)
NAME_PARTIES = NameParties(side=PartySide.RESPONDENT, parties=(RESPONDENT, HER_BROTHER))
CONSENT = ConsentToMediation(
    side=PartySide.RESPONDENT,
    parties=(RESPONDENT,),
    how=ConsentHow.IN_WRITING,
    period=Period(due_at=DUE, policy_version="national", calendar_version="test"),
    consent_digest=DIGEST,
)
REFUSE = RefuseMediation(side=PartySide.RESPONDENT, routes_told=ROUTES)
WITHDRAW = WithdrawConsent(side=PartySide.APPLICANT, routes_told=ROUTES)
ASSIGN = AssignMediator(mediator_id=MEDIATOR_WU, on_roster=True)
RECUSE = RecuseMediator(mediator_id=MEDIATOR_WU, ground=RecusalGround.RELATIVE)
EXTEND = ExtendPeriod(due_at=LATER, agreed_by=BOTH, at=datetime(2025, 4, 21, tzinfo=UTC))
HOLD = HoldSession(
    session_id=SESSION,
    mode=SessionMode.JOINT,
    place_kind=PlaceKind.VILLAGE_OFFICE,
    mediator_id=MEDIATOR_WU,
    people={RoomRole.PARTY: 2, RoomRole.MEDIATOR: 1, RoomRole.GRID_WORKER: 1},
    record_digest=DIGEST,
)
CAUCUS = replace(
    HOLD,
    session_id=OTHER_SESSION,
    mode=SessionMode.CAUCUS,
    side=PartySide.APPLICANT,
    people={RoomRole.PARTY: 1, RoomRole.MEDIATOR: 1},
)
DRAFT = DraftAgreement(
    agreement_id=AGREEMENT, form=AgreementForm.WRITTEN, draft_digest=OTHER_DIGEST
)
SIGN = SignAgreement(
    agreement_id=AGREEMENT,
    form=AgreementForm.WRITTEN,
    mediator_id=MEDIATOR_WU,
    parts=frozenset(AgreementPart),
    instalments=(FIRST_DUE, LAST_DUE),
    effective_on=SIGNED_ON,
    legality=Legality(checked=frozenset(LegalityPoint)),
    agreement_digest=DIGEST,
    number="2025-7",
)
FAIL = FailMediation(
    ground=FailureGround.NO_AGREEMENT, routes_told=ROUTES, at=datetime(2025, 4, 21, tzinfo=UTC)
)
TERMINATE = TerminateMediation(ground=TerminationGround.PARTY_NOT_FOUND, routes_told=ROUTES)
FILL_IN = FillInPaper(form=PaperForm.AGREEMENT, digest=DIGEST, dated=SIGNED_ON, number="2025-7")
VOID_CONSENT = VoidConsent(side=PartySide.RESPONDENT, reason=VoidReason.BY_MISTAKE)
VOID_ASSIGNMENT = VoidAssignment(mediator_id=MEDIATOR_WU, reason=VoidReason.BY_MISTAKE)
VOID_RECUSAL = VoidRecusal(mediator_id=MEDIATOR_WU, reason=VoidReason.BY_MISTAKE)
VOID_EXTENSION = VoidExtension(due_at=LATER, reason=VoidReason.BY_MISTAKE)
VOID_SESSION = VoidSession(session_id=SESSION, reason=VoidReason.BY_MISTAKE)
VOID_DRAFT = VoidDraft(agreement_id=AGREEMENT, reason=VoidReason.BY_MISTAKE)
VOID_END = VoidEnd(reason=VoidReason.BY_MISTAKE)
VOID_PAPER = VoidPaper(digest=DIGEST, reason=VoidReason.BY_MISTAKE)
CHECK = CheckPerformance(check_id=an_id(0x80), finding=PerformanceFinding.ON_COURSE, on=FIRST_DUE)
FIRST = PerformInstalment(instalment=1, on=FIRST_DUE)
LAST = PerformInstalment(instalment=2, on=LAST_DUE)
PERFORM = PerformAgreement(on=LAST_DUE)
PART_OF_FIRST = replace(FIRST, in_full=False)
BREACH = BreachAgreement(
    ground=BreachGround.NOT_PERFORMED, routes_offered=ROUTES, on=AFTER_THE_FIRST, instalment=1
)
UNDONE = replace(BREACH, ground=BreachGround.UNDONE, instalment=None)
REQUEST = RequestConfirmation(
    court="county-court", on=date(2025, 5, 6), last_day=LAST_DAY_FOR_THE_COURT, jointly_by=BOTH
)
CONFIRMED = DecideConfirmation(result=ConfirmationResult.CONFIRMED, on=LAST_DAY_FOR_THE_COURT)
FOLLOW_UP = FollowUp(
    follow_up_id=an_id(0x90),
    method=FollowUpMethod.VISIT,
    outcome=FollowUpOutcome.SETTLED,
    on=LAST_DUE,
)
