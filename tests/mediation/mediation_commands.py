"""Commands of every kind about one mediation, good and bad ones, for Hypothesis."""

from datetime import date

from hypothesis import strategies as st

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    DecideConfirmation,
    DraftAgreement,
    FollowUp,
    Legality,
    Override,
    PerformInstalment,
    RequestConfirmation,
    SignAgreement,
)
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_commands import (
    AssignMediator,
    ConsentToMediation,
    ExtendPeriod,
    FailMediation,
    FillInPaper,
    HoldSession,
    NameParties,
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
from services.mediation.examples import (
    AFTER_ALL,
    AGREEMENT,
    APPLICANT,
    APPLY,
    ASSIGN,
    CAUCUS,
    CONFIRMED,
    CONSENT,
    DIGEST,
    DRAFT,
    DUE,
    FAIL,
    FIRST,
    FIRST_DUE,
    HER_BROTHER,
    HOLD,
    LAST,
    LAST_DAY_FOR_THE_COURT,
    LAST_DUE,
    LATER,
    MEDIATOR_HE,
    MEDIATOR_WU,
    OTHER_AGREEMENT,
    OTHER_DIGEST,
    OTHER_SESSION,
    PERFORM,
    PROACTIVE,
    REFUSE,
    REQUEST,
    RESPONDENT,
    SESSION,
    SIGN,
    SIGNED_ON,
    TERMINATE,
    UNDONE,
    VOID_END,
    WITHDRAW,
    an_id,
)
from services.mediation.state_table import COMMANDS
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    ConfirmationResult,
    FollowUpMethod,
    FollowUpOutcome,
    LegalityPoint,
    OverrideReason,
    PerformanceFinding,
    StatusMatter,
)
from shared.contracts.mediation_codes import (
    ConsentHow,
    FailureGround,
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

sides = st.sampled_from(PartySide)
both = st.just(frozenset(PartySide)) | st.frozensets(sides)
mediators = st.sampled_from([MEDIATOR_WU, MEDIATOR_HE])
sessions = st.sampled_from([SESSION, OTHER_SESSION])
agreements = st.just(AGREEMENT) | st.sampled_from([AGREEMENT, OTHER_AGREEMENT])
digests = st.sampled_from([DIGEST, OTHER_DIGEST])
papers = st.none() | digests
reasons = st.sampled_from(VoidReason)
routes = st.just(frozenset({OtherRoute.COURT})) | st.frozensets(st.sampled_from(OtherRoute))
moments = st.sampled_from([DUE, LATER])
days = st.sampled_from([SIGNED_ON, FIRST_DUE, LAST_DUE, AFTER_ALL, date(2025, 5, 6)])
parties = st.sampled_from([(APPLICANT,), (RESPONDENT,), (RESPONDENT, HER_BROTHER), ()])

applying = st.sampled_from([APPLY, PROACTIVE])
legalities = st.just(SIGN.legality) | st.builds(
    Legality,
    checked=st.just(frozenset(LegalityPoint)),
    objections=st.frozensets(st.sampled_from(LegalityPoint), max_size=2),
    override=st.none()
    | st.builds(Override, reason=st.sampled_from(OverrideReason), by=st.just("post-wu")),
)
signing = st.builds(
    SignAgreement,
    agreement_id=agreements,
    form=st.sampled_from(AgreementForm),
    mediator_id=mediators,
    parts=st.just(frozenset(AgreementPart)) | st.frozensets(st.sampled_from(AgreementPart)),
    instalments=st.just((FIRST_DUE, LAST_DUE)) | st.lists(days, max_size=3).map(tuple),
    effective_on=st.just(SIGNED_ON),
    legality=legalities,
    agreement_digest=digests,
    number=st.sampled_from(["2025-7", None]),
    status_matters=st.frozensets(st.sampled_from(StatusMatter), max_size=1),
)
beginning: st.SearchStrategy[MediationCommand] = st.one_of(
    applying,
    st.just(CONSENT),
    st.builds(NameParties, side=sides, parties=parties),
    st.builds(
        ConsentToMediation,
        side=sides,
        parties=parties,
        how=st.sampled_from(ConsentHow),
        period=st.just(CONSENT.period),
        paper=papers,
    ),
    st.builds(RefuseMediation, side=sides, routes_told=routes),
    st.builds(WithdrawConsent, side=sides, routes_told=routes),
)
going_on: st.SearchStrategy[MediationCommand] = st.one_of(
    st.builds(AssignMediator, mediator_id=mediators, on_roster=st.just(True) | st.booleans()),
    st.builds(RecuseMediator, mediator_id=mediators, ground=st.sampled_from(RecusalGround)),
    st.builds(ExtendPeriod, due_at=moments, agreed_by=both, at=moments),
    st.builds(
        HoldSession,
        session_id=sessions,
        mode=st.sampled_from(SessionMode),
        place_kind=st.sampled_from(PlaceKind),
        mediator_id=mediators,
        people=st.just({RoomRole.PARTY: 2})
        | st.dictionaries(st.sampled_from(RoomRole), st.integers(0, 3), max_size=3),
        side=st.none() | sides,
    ),
    st.builds(
        DraftAgreement,
        agreement_id=agreements,
        form=st.sampled_from(AgreementForm),
        draft_digest=digests,
    ),
    signing,
)
ending: st.SearchStrategy[MediationCommand] = st.one_of(
    st.builds(
        FailMediation,
        ground=st.sampled_from(FailureGround),
        routes_told=routes,
        at=moments,
        paper=papers,
    ),
    st.builds(
        TerminateMediation,
        ground=st.sampled_from(TerminationGround),
        routes_told=routes,
        paper=papers,
    ),
    st.builds(VoidConsent, side=sides, reason=reasons),
    st.builds(VoidAssignment, mediator_id=mediators, reason=reasons),
    st.builds(VoidRecusal, mediator_id=mediators, reason=reasons),
    st.builds(VoidExtension, due_at=moments, reason=reasons),
    st.builds(VoidSession, session_id=sessions, reason=reasons),
    st.builds(VoidDraft, agreement_id=agreements, reason=reasons),
    st.builds(VoidEnd, reason=reasons),
)
keeping: st.SearchStrategy[MediationCommand] = st.one_of(
    st.builds(
        CheckPerformance, check_id=st.just(an_id(1)), finding=st.sampled_from(PerformanceFinding)
    ),
    st.builds(PerformInstalment, instalment=st.integers(0, 3), in_full=st.booleans()),
    st.just(PERFORM),
    st.builds(
        BreachAgreement,
        ground=st.sampled_from(BreachGround),
        routes_offered=routes,
        on=days,
        instalment=st.none() | st.integers(0, 3),
    ),
    st.builds(
        RequestConfirmation,
        court=st.sampled_from(["county-court", "district-court"]),
        on=days,
        last_day=st.just(LAST_DAY_FOR_THE_COURT),
        jointly_by=both,
    ),
    st.builds(DecideConfirmation, result=st.sampled_from(ConfirmationResult)),
    st.builds(
        FollowUp,
        follow_up_id=st.just(an_id(2)),
        method=st.sampled_from(FollowUpMethod),
        outcome=st.sampled_from(FollowUpOutcome),
    ),
)
filling: st.SearchStrategy[MediationCommand] = st.one_of(
    st.builds(
        FillInPaper,
        form=st.sampled_from(PaperForm),
        digest=digests,
        dated=days,
        number=st.sampled_from(["2025-7", None]),
    ),
    st.builds(VoidPaper, digest=digests, reason=reasons),
)
good: st.SearchStrategy[MediationCommand] = st.sampled_from([*COMMANDS, CAUCUS, LAST, UNDONE])
commands: st.SearchStrategy[MediationCommand] = st.one_of(
    good, beginning, going_on, ending, keeping, filling
)

LIFE: tuple[MediationCommand, ...] = (
    *(APPLY, CONSENT, ASSIGN, HOLD, DRAFT, SIGN),
    *(FIRST, LAST, PERFORM, REQUEST, CONFIRMED),
)
ends: st.SearchStrategy[MediationCommand] = st.sampled_from(
    [REFUSE, WITHDRAW, FAIL, TERMINATE, VOID_END]
)


@st.composite
def histories(draw: st.DrawFn) -> list[MediationCommand]:
    """A mediation's good course with some steps left out, and others put in between."""
    issued: list[MediationCommand] = []
    for step in LIFE:
        issued += [step] * draw(st.sampled_from([1, 1, 1, 1, 0]))
        if draw(st.booleans()):
            issued.append(draw(commands | ends))
    return issued
