"""Properties of a case after any commands in any order."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseCommand, CaseFile, CaseState
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.answering import (
    AnswerCase,
    IssueOpinion,
    ReplyToCase,
    ServeOpinion,
)
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.closing_check import CheckClosing
from services.intake.domain.case.declining import DeclineCase
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.dispatching import DispatchDocument
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.filing import CiteFiling
from services.intake.domain.case.forwarding import ForwardCase
from services.intake.domain.case.investigation import RecordHearing, RecordInvestigation
from services.intake.domain.case.linking import LinkCase
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.case.notices import IssueNotice, ServeNotice
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.referral import ReferCase
from services.intake.domain.case.reopening import ReopenCase
from services.intake.domain.case.resolution import ResolveCase
from services.intake.domain.case.reviews import DecideReview, HandOverReReview, RequestReview
from services.intake.domain.case.service_of_documents import Service
from services.intake.domain.case.statements import RecordStatement
from services.intake.domain.case.withdrawal import (
    EndStatedWithdrawal,
    StateWithdrawal,
    TakeBackWithdrawal,
    WithdrawCase,
)
from services.intake.domain.resolution_policy import ON_PERFORMANCE
from services.intake.examples import EXTEND, OTHER
from services.intake.store.case_board import OPEN_STATES
from shared.contracts.case_codes import (
    LinkReason,
    MediationOutcome,
    OpinionResult,
    Outcome,
    Procedure,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling import ReviewDecided, StatementRecorded
from shared.contracts.case_handling_codes import (
    ClosingChecker,
    DeclineGround,
    DocumentKind,
    InvestigationStep,
    NoticeKind,
    ReviewLevel,
    ReviewResult,
    ServiceProof,
    StatementKind,
    StatementWay,
)
from shared.contracts.catalogue import decode_data, event_classes
from shared.contracts.event import Event
from shared.contracts.intake import MediationOutcomeNoted, OpinionServed
from shared.decider import Mark
from shared.refusals import Refusal
from shared.state_table import example_event_id
from tests.intake.facts import (
    ACCEPTED,
    DIGEST,
    DIVERTED,
    DUE,
    FILE,
    FILED,
    FORWARDED,
    ISSUED,
    LINKED,
    OTHER_CASE,
    OTHER_DIGEST,
    REPLIED,
    SERVED,
    WITHDRAWN,
    closed,
    reopened,
    resolved,
)
from tests.intake.mediation_facts import ID, REFERRED, noted

DAY, AT = date(2025, 3, 4), datetime(2025, 3, 4, 4, tzinfo=UTC)
CAUSE = example_event_id(100)
IDS = [example_event_id(number) for number in range(1, 6)]
origins = st.sampled_from(Origin)
digests = st.sampled_from([DIGEST, OTHER_DIGEST])
units = st.sampled_from(["water-bureau", "roads-bureau", "not-stated"])

services = st.builds(
    Service,
    method=st.sampled_from(ServiceMethod),
    proof=st.none() | st.sampled_from(ServiceProof),
    served_on=st.none() | st.just(date(2025, 4, 1)),
)

commands: st.SearchStrategy[CaseCommand] = st.one_of(
    st.just(FILE),
    st.builds(CiteFiling, content_digest=st.none() | digests),
    st.builds(ReplyToCase, reply_digest=digests, origin=origins),
    st.builds(ForwardCase, to_unit=units, origin=origins),
    st.builds(
        AcceptCase,
        handler=st.sampled_from(["post-wu", "post-he"]),
        procedure=st.sampled_from(Procedure),
        responsible_unit=units,
        co_handlers=st.sampled_from([(), ("roads-bureau",)]),
        due=st.just(DUE),
        settled_by=st.sampled_from([ON_PERFORMANCE, None]),
        origin=origins,
    ),
    st.builds(
        AnswerCase,
        result=st.sampled_from(OpinionResult),
        measures=st.just(()),
        method=st.sampled_from(ServiceMethod),
        opinion_digest=st.none() | digests,
        origin=origins,
    ),
    st.builds(
        ResolveCase,
        how=st.sampled_from(ResolvedHow),
        on_site=st.booleans(),
        grounds=st.none() | st.tuples(st.sampled_from(IDS)),
        review_until=st.sampled_from([None, DAY, DAY - timedelta(days=1)]),
        origin=origins,
    ),
    st.builds(
        RecordStatement,
        statement=st.sampled_from(StatementKind),
        way=st.sampled_from(StatementWay),
        taken_by=st.just("post-wu"),
    ),
    st.builds(
        StateWithdrawal,
        way=st.sampled_from(StatementWay),
        taken_by=st.just("post-wu"),
        takes_effect_at=st.just(AT + timedelta(days=8)),
    ),
    st.builds(TakeBackWithdrawal, way=st.sampled_from(StatementWay), taken_by=st.just("post-wu")),
    st.builds(EndStatedWithdrawal, statement_id=st.sampled_from(IDS)),
    st.builds(WithdrawCase, statement_recorded=st.none() | st.booleans(), origin=origins),
    st.builds(DivertCase, route=st.sampled_from(Route), origin=origins),
    st.builds(
        LinkCase,
        other=st.sampled_from([None, OTHER]),
        to_case_id=st.none() | st.just(OTHER_CASE),
        why=st.sampled_from(LinkReason),
        origin=origins,
    ),
    st.builds(ReferCase, committee_id=st.just(ID)),
    st.builds(
        IssueNotice,
        notice=st.sampled_from(NoticeKind),
        document_number=st.none() | st.just("青云镇信〔2025〕1号"),
        service=st.none() | services,
    ),
    st.builds(ServeNotice, notice=st.sampled_from(NoticeKind), service=services),
    st.builds(
        IssueOpinion,
        result=st.sampled_from(OpinionResult),
        measures=st.just(()),
        opinion_digest=st.none() | digests,
    ),
    st.builds(ServeOpinion, service=services),
    st.builds(
        DispatchDocument,
        document=st.sampled_from(DocumentKind),
        method=st.sampled_from(ServiceMethod),
    ),
    st.builds(
        DeclineCase, ground=st.sampled_from(DeclineGround), competent_unit=st.none() | units
    ),
    st.builds(RecordInvestigation, steps=st.just((InvestigationStep.INTERVIEW,))),
    st.builds(RecordHearing, representatives=st.integers(1, 9)),
    st.just(EXTEND),
    st.builds(
        RequestReview,
        level=st.sampled_from(ReviewLevel),
        way=st.none(),
        until=st.sampled_from([None, date.min, date.max]),
    ),
    st.builds(
        DecideReview,
        level=st.sampled_from(ReviewLevel),
        result=st.sampled_from(ReviewResult),
        by_unit=units,
        served_on=st.none() | st.just(date(2025, 4, 1)),
    ),
    st.builds(HandOverReReview, to_unit=units),
    st.builds(
        NoteMediationOutcome,
        mediation_id=st.sampled_from([ID, OTHER_CASE]),
        outcome=st.sampled_from(MediationOutcome),
        cause=st.just(CAUSE),
    ),
    st.builds(CheckClosing, by=st.sampled_from(ClosingChecker)),
    st.builds(CloseCase, outcome=st.sampled_from(Outcome), origin=origins),
    st.builds(ReopenCase, reason=st.sampled_from(ReopenReason), origin=origins),
)

facts = st.sampled_from(
    [
        FILED,
        FORWARDED,
        ACCEPTED,
        REPLIED,
        ISSUED,
        SERVED,
        WITHDRAWN,
        DIVERTED,
        LINKED,
        resolved(ResolvedHow.ON_THE_SPOT),
        closed(Outcome.PARTLY),
        reopened(ReopenReason.OFFICE_ERROR),
        REFERRED,
        noted(MediationOutcome.BREACHED),
    ]
)

RESTS_ON = {
    ResolvedHow.ON_THE_SPOT: {StatementRecorded.kind},
    ResolvedHow.AGREEMENT_PERFORMED: {MediationOutcomeNoted.kind},
    ResolvedHow.OPINION_ACCEPTED: {StatementRecorded.kind},
    ResolvedHow.TIME_FOR_REVIEW_PASSED: {OpinionServed.kind},
    ResolvedHow.FINAL_REVIEW: {ReviewDecided.kind},
}


def decided(command: CaseCommand, case: CaseFile) -> list[Event]:
    try:
        return CASE.decide(command, CASE.at(case, Mark(AT)))
    except Refusal:
        return []


def after(events: list[Event], case: CaseFile) -> CaseFile:
    """The case after events of its day, each with an id of its own."""
    ids = (example_event_id(case.version + number) for number in count(1))
    return CASE.fold_marked(((each, Mark(AT, next(ids))) for each in events), case)


@given(st.lists(facts, max_size=12))
def test_no_sequence_of_facts_is_refused(history: list[Event]) -> None:
    case = CASE.fold(history)
    assert case.version == len(history)
    assert case.state in CaseState


@given(st.lists(commands, max_size=15))
def test_a_command_that_was_done_brings_nothing_the_second_time(
    issued: list[CaseCommand],
) -> None:
    case = CASE.initial
    for command in [FILE, *issued]:
        events = decided(command, case)
        case = after(events, case)
        if events:
            assert CASE.decide(command, CASE.at(case, Mark(AT))) == []


@given(st.lists(commands, max_size=15))
def test_what_is_decided_reads_back_as_it_was_written(issued: list[CaseCommand]) -> None:
    published = {event for _, event in event_classes()}
    case = CASE.initial
    for command in [FILE, *issued]:
        for event in decided(command, case):
            assert type(event) in published
            assert decode_data(event.kind, event.schema_version, event.to_data()) == event
            case = after([event], case)


@given(st.lists(commands, max_size=15))
def test_a_case_never_ends_in_two_ways_at_once(issued: list[CaseCommand]) -> None:
    case = CASE.initial
    for command in [FILE, *issued]:
        case = after(decided(command, case), case)
        assert not (case.departed and case.resolved)
        if case.departed and case.closed:
            assert case.closed.outcome in {
                Outcome.WITHDRAWN,
                Outcome.DIVERTED,
                Outcome.LINKED,
                Outcome.DECLINED,
                Outcome.NO_FURTHER_ACCEPTANCE,
                Outcome.NOT_STATED,
            }


@given(st.lists(commands, max_size=15))
def test_the_office_resolves_nothing_that_was_not_accepted(issued: list[CaseCommand]) -> None:
    case = CASE.initial
    for command in [FILE, *issued]:
        case = after(decided(command, case), case)
        if case.resolved and not case.resolved.imported:
            assert case.accepted


@given(st.lists(commands, max_size=15))
def test_the_office_resolves_on_what_the_record_has(issued: list[CaseCommand]) -> None:
    case, recorded = CASE.initial, dict[str, str]()
    for command in [FILE, *issued]:
        events = decided(command, case)
        new = [example_event_id(case.version + number) for number in range(1, len(events) + 1)]
        case = after(events, case)
        recorded |= zip(new, (each.kind for each in events), strict=True)
        if case.resolved and not case.resolved.imported:
            [ground] = case.resolved.grounds or ()
            kind = recorded.get(ground, MediationOutcomeNoted.kind)
            assert ground == CAUSE or ground in recorded
            assert kind in RESTS_ON[case.resolved.how]


@given(st.lists(commands, max_size=15))
def test_a_case_is_listed_as_open_while_commands_may_go_on_with_it(
    issued: list[CaseCommand],
) -> None:
    case = CASE.initial
    for command in [FILE, *issued]:
        case = after(decided(command, case), case)
        assert (case.state in OPEN_STATES) == goes_on(case)


def goes_on(case: CaseFile) -> bool:
    try:
        refuse_if_ended(case)
    except Refusal:
        return False
    return True
