"""What the petitioner is told: notices and opinions are issued, dispatched, and served."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.case import CASE, CaseCommand, CaseState
from services.intake.domain.case.answering import (
    CaseAnsweredOtherwise,
    IssueOpinion,
    OpinionNotIssued,
    OpinionSentAlready,
    OpinionWithoutText,
    ServeOpinion,
)
from services.intake.domain.case.case_file import about
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.dispatching import (
    DispatchDocument,
    DocumentNotIssued,
    DocumentServedAlready,
    HandedOverIsServed,
)
from services.intake.domain.case.notices import (
    IssueNotice,
    NothingToTell,
    NoticeNotIssued,
    NoticeNotServed,
    NoticeSentAlready,
    NoticeServedOtherwise,
    ServeNotice,
    notice_due,
)
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.service_of_documents import (
    ProofOfAnotherMethod,
    ServedBeforeIssued,
    Service,
    ServiceNotProven,
)
from shared.contracts.case_codes import LinkReason, Outcome, ServiceMethod
from shared.contracts.case_handling_codes import (
    DeclineGround,
    DocumentKind,
    NoticeKind,
    ServiceProof,
)
from shared.contracts.case_notices import DocumentDispatched, NoticeIssued, NoticeServed
from shared.contracts.intake import (
    CaseClosed,
    CaseDeclined,
    CaseLinked,
    OpinionIssued,
    OpinionServed,
)
from shared.testing.given_when_then import Facts, happened
from tests.intake.facts import (
    ACCEPTED,
    ANSWER,
    ANSWERED,
    CASE_ID,
    CHECKED,
    DIGEST,
    FILED,
    FORWARDED,
    ISSUED,
    LINKED,
    MATTER_ID,
    OTHER_DIGEST,
    SERVED,
    closed,
)

case = Facts(CASE)

ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
BY_HAND = Service(method=ServiceMethod.IN_PERSON, proof=ServiceProof.HANDED_OVER)
BY_POST = Service(method=ServiceMethod.POST, proof=ServiceProof.POSTING_RECEIPT)
DECLINED = CaseDeclined(ground=DeclineGround.NOT_COMPETENT, competent_unit="water-bureau", **ABOUT)
CONCLUDED = CaseDeclined(ground=DeclineGround.CONCLUDED, **ABOUT)
ISSUE = IssueOpinion(result=ISSUED.result, measures=ISSUED.measures, opinion_digest=DIGEST)
POSTED = DocumentDispatched(document=DocumentKind.OPINION, method=ServiceMethod.POST, **ABOUT)


def issued(notice: NoticeKind) -> NoticeIssued:
    return NoticeIssued(notice=notice, **ABOUT)


def served(notice: NoticeKind, service: Service = BY_HAND) -> NoticeServed:
    return NoticeServed(
        notice=notice,
        method=service.method,
        proof=service.proof,
        served_on=service.served_on,
        **ABOUT,
    )


RECEIPT = issued(NoticeKind.RECEIPT)


def test_a_notice_is_issued_and_served_in_one_act_on_the_spot() -> None:
    command = IssueNotice(notice=NoticeKind.RECEIPT, service=BY_HAND)
    case.given(FILED).when(command).then(RECEIPT, served(NoticeKind.RECEIPT))


def test_a_notice_that_was_only_issued_is_served_by_another_act() -> None:
    case.given(FILED).when(IssueNotice(notice=NoticeKind.RECEIPT)).then(RECEIPT)
    serve = ServeNotice(notice=NoticeKind.RECEIPT, service=BY_POST)
    case.given(FILED, RECEIPT).when(serve).then(served(NoticeKind.RECEIPT, BY_POST))


def test_a_notice_is_served_on_the_spot_after_it_was_issued() -> None:
    command = IssueNotice(notice=NoticeKind.RECEIPT, service=BY_HAND)
    case.given(FILED, RECEIPT).when(command).then(served(NoticeKind.RECEIPT))


@pytest.mark.parametrize(
    ("history", "notice"),
    [
        ((FILED,), NoticeKind.FORWARDED),
        ((FILED,), NoticeKind.ACCEPTED),
        ((FILED,), NoticeKind.DECLINED),
        ((FILED,), NoticeKind.LINKED),
        ((FILED, ACCEPTED), NoticeKind.EXTENSION),
        ((FILED, DECLINED), NoticeKind.NO_FURTHER_ACCEPTANCE),
        ((FILED, CONCLUDED), NoticeKind.DECLINED),
    ],
)
def test_a_notice_tells_what_the_record_has(
    history: tuple[CaseDeclined, ...], notice: NoticeKind
) -> None:
    case.given(*history).when(IssueNotice(notice=notice)).then_refused(
        NothingToTell, notice=notice.value
    )


@pytest.mark.parametrize(
    ("history", "notice"),
    [
        ((FILED, FORWARDED), NoticeKind.FORWARDED),
        ((FILED, ACCEPTED), NoticeKind.ACCEPTED),
        ((FILED, DECLINED), NoticeKind.DECLINED),
        ((FILED, CONCLUDED), NoticeKind.NO_FURTHER_ACCEPTANCE),
        ((FILED, LINKED), NoticeKind.LINKED),
    ],
)
def test_each_fact_has_its_notice(history: tuple[CaseDeclined, ...], notice: NoticeKind) -> None:
    case.given(*history).when(IssueNotice(notice=notice)).then(issued(notice))


def test_a_second_forwarding_has_a_notice_of_its_own() -> None:
    told = (issued(NoticeKind.FORWARDED), served(NoticeKind.FORWARDED))
    command = IssueNotice(notice=NoticeKind.FORWARDED)
    case.given(FILED, FORWARDED, *told).when(command).then_nothing()
    elsewhere = FORWARDED.model_copy(update={"to_unit": "roads-bureau"})
    case.given(FILED, FORWARDED, *told, elsewhere).when(command).then(issued(NoticeKind.FORWARDED))


def test_a_notice_may_be_made_out_anew_until_it_is_sent() -> None:
    numbered = IssueNotice(notice=NoticeKind.RECEIPT, document_number="青云信告〔2025〕1号")
    case.given(FILED, RECEIPT).when(numbered).then_kinds(NoticeIssued)
    posted = POSTED.model_copy(update={"document": DocumentKind.RECEIPT})
    for sent in (posted, served(NoticeKind.RECEIPT)):
        case.given(FILED, RECEIPT, sent).when(numbered).then_refused(NoticeSentAlready)


def test_a_notice_is_served_once() -> None:
    told = (FILED, RECEIPT, served(NoticeKind.RECEIPT))
    case.given(*told).when(ServeNotice(notice=NoticeKind.RECEIPT, service=BY_HAND)).then_nothing()
    case.given(*told).when(ServeNotice(notice=NoticeKind.RECEIPT, service=BY_POST)).then_refused(
        NoticeServedOtherwise
    )


def test_what_was_not_issued_is_not_served() -> None:
    serve = ServeNotice(notice=NoticeKind.RECEIPT, service=BY_HAND)
    case.given(FILED).when(serve).then_refused(NoticeNotIssued)
    case.given(FILED, ACCEPTED).when(ServeOpinion(service=BY_HAND)).then_refused(OpinionNotIssued)


def test_a_notice_is_not_served_before_it_was_issued() -> None:
    history = (happened(FILED, date(2025, 3, 3)), happened(RECEIPT, date(2025, 3, 5)))
    serve = ServeNotice(
        notice=NoticeKind.RECEIPT, service=replace(BY_POST, served_on=date(2025, 3, 4))
    )
    case.given(*history).when(serve, on=date(2025, 3, 4)).then_refused(
        ServedBeforeIssued, issued_on="2025-03-05"
    )
    serve = replace(serve, service=replace(BY_POST, served_on=date(2025, 3, 5)))
    case.given(*history).when(serve, on=date(2025, 3, 5)).then_kinds(NoticeServed)


@pytest.mark.parametrize("method", [ServiceMethod.POST, ServiceMethod.ONLINE, ServiceMethod.OTHER])
def test_what_nothing_proves_is_no_service(method: ServiceMethod) -> None:
    unproven = Service(method=method)
    for command in (
        ServeOpinion(service=unproven),
        IssueNotice(notice=NoticeKind.RECEIPT, service=unproven),
        replace(ANSWER, method=method),
    ):
        case.given(FILED, ACCEPTED, ISSUED).when(command).then_refused(ServiceNotProven)


@pytest.mark.parametrize(
    ("method", "proof"),
    [
        (ServiceMethod.POST, ServiceProof.HANDED_OVER),
        (ServiceMethod.POST, ServiceProof.REFUSED_WITH_WITNESS),
        (ServiceMethod.IN_PERSON, ServiceProof.POSTING_RECEIPT),
        (ServiceMethod.ONLINE, ServiceProof.HANDED_OVER),
    ],
)
def test_a_proof_belongs_to_its_method(method: ServiceMethod, proof: ServiceProof) -> None:
    command = ServeOpinion(service=Service(method=method, proof=proof))
    case.given(FILED, ACCEPTED, ISSUED).when(command).then_refused(ProofOfAnotherMethod)


def test_the_office_states_how_a_document_was_served() -> None:
    command = ServeOpinion(service=Service(method=ServiceMethod.NOT_STATED))
    case.given(FILED, ACCEPTED, ISSUED).when(command).then_refused(
        NotStatedOnlyByImport, field="method"
    )


def test_an_issued_opinion_does_not_answer_a_case() -> None:
    outcome = case.given(FILED, ACCEPTED).when(ISSUE)
    outcome.then(ISSUED)
    outcome.then_state(lambda file: file.state is CaseState.ACCEPTED)


def test_a_dispatched_opinion_does_not_answer_a_case() -> None:
    command = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.POST)
    outcome = case.given(FILED, ACCEPTED, ISSUED).when(command)
    outcome.then(POSTED)
    outcome.then_state(lambda file: file.state is CaseState.ACCEPTED)


def test_a_served_opinion_answers_a_case_with_the_day_of_the_proof() -> None:
    service = replace(BY_POST, served_on=date(2025, 3, 9))
    outcome = case.given(FILED, ACCEPTED, ISSUED, POSTED).when(ServeOpinion(service=service))
    outcome.then(
        OpinionServed(
            result=ISSUED.result,
            measures=ISSUED.measures,
            method=ServiceMethod.POST,
            served_on=date(2025, 3, 9),
            proof=ServiceProof.POSTING_RECEIPT,
            **ABOUT,
        )
    )
    outcome.then_state(lambda file: file.state is CaseState.ANSWERED)


def test_an_opinion_is_served_once() -> None:
    by_hand = SERVED.model_copy(update={"proof": ServiceProof.HANDED_OVER})
    history = (FILED, ACCEPTED, ISSUED, by_hand)
    case.given(*history).when(ServeOpinion(service=BY_HAND)).then_nothing()
    case.given(*history).when(ServeOpinion(service=BY_POST)).then_refused(CaseAnsweredOtherwise)


def test_an_opinion_has_a_text() -> None:
    for command in (replace(ISSUE, opinion_digest=None), replace(ANSWER, opinion_digest=None)):
        case.given(FILED, ACCEPTED).when(command).then_refused(OpinionWithoutText)


def test_an_opinion_is_replaced_until_it_is_sent() -> None:
    other = replace(ISSUE, opinion_digest=OTHER_DIGEST)
    case.given(FILED, ACCEPTED, ISSUED).when(other).then_kinds(OpinionIssued)
    case.given(FILED, ACCEPTED, ISSUED, POSTED).when(other).then_refused(OpinionSentAlready)
    case.given(*ANSWERED).when(other).then_refused(CaseAnsweredOtherwise)


def test_an_answer_serves_the_opinion_that_was_issued_before() -> None:
    case.given(FILED, ACCEPTED, ISSUED).when(ANSWER).then(SERVED)


def test_what_is_handed_over_is_not_dispatched() -> None:
    command = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.IN_PERSON)
    case.given(FILED, ACCEPTED, ISSUED).when(command).then_refused(HandedOverIsServed)


def test_only_what_was_issued_and_not_served_is_dispatched() -> None:
    command = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.POST)
    case.given(FILED, ACCEPTED).when(command).then_refused(DocumentNotIssued)
    case.given(*ANSWERED).when(command).then_refused(DocumentServedAlready)


def test_what_came_back_is_dispatched_again_on_another_day() -> None:
    command = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.POST)
    history = (FILED, ACCEPTED, ISSUED, happened(POSTED, date(2025, 3, 4)))
    case.given(*history).when(command, on=date(2025, 3, 4)).then_nothing()
    case.given(*history).when(command, on=date(2025, 3, 20)).then(POSTED)


@pytest.mark.parametrize(
    ("declined", "outcome", "notice"),
    [
        (DECLINED, Outcome.DECLINED, NoticeKind.DECLINED),
        (CONCLUDED, Outcome.NO_FURTHER_ACCEPTANCE, NoticeKind.NO_FURTHER_ACCEPTANCE),
    ],
)
def test_a_refused_case_is_closed_when_its_notice_is_served(
    declined: CaseDeclined, outcome: Outcome, notice: NoticeKind
) -> None:
    close: CaseCommand = CloseCase(outcome=outcome)
    for history in ((FILED, declined), (FILED, declined, issued(notice))):
        case.given(*history).when(close).then_refused(NoticeNotServed, notice=notice.value)
    told = case.given(FILED, declined, issued(notice), served(notice), *CHECKED)
    told.when(close).then_kinds(CaseClosed)


def test_no_notice_is_due_to_somebody_who_is_not_known() -> None:
    close = CloseCase(outcome=Outcome.DECLINED)
    for unknown in ({"anonymous": True}, {"contact_unclear": True}):
        filed = FILED.model_copy(update=unknown)
        checked = case.given(filed, DECLINED, *CHECKED)
        checked.when(close).then(closed(Outcome.DECLINED, evidence=(DIGEST,)))


def test_a_departure_shows_the_notice_that_it_still_needs() -> None:
    linked = CaseLinked(to_case_id=None, why=LinkReason.DUPLICATE, **ABOUT)
    assert notice_due(CASE.fold([FILED, DECLINED])) is NoticeKind.DECLINED
    assert notice_due(CASE.fold([FILED, linked])) is NoticeKind.LINKED
    told = [FILED, DECLINED, issued(NoticeKind.DECLINED), served(NoticeKind.DECLINED)]
    assert notice_due(CASE.fold(told)) is None
    assert notice_due(CASE.fold([FILED, ACCEPTED])) is None


def test_a_notice_is_not_dated_before_the_act_that_it_tells() -> None:
    received, refused = happened(FILED, date(2025, 3, 3)), happened(DECLINED, date(2025, 3, 25))
    command = IssueNotice(notice=NoticeKind.DECLINED, service=BY_HAND)
    known = case.given(received, refused)
    known.when(command, on=date(2025, 3, 10)).then_refused(OutOfOrder, act_on="2025-03-25")
    known.when(command, on=date(2025, 3, 25)).then_kinds(NoticeIssued, NoticeServed)


def test_a_document_is_not_dispatched_before_it_is_issued() -> None:
    history = (
        happened(FILED, date(2025, 3, 3)),
        happened(ACCEPTED, date(2025, 3, 4)),
        happened(ISSUED, date(2025, 4, 10)),
    )
    command = DispatchDocument(document=DocumentKind.OPINION, method=ServiceMethod.POST)
    case.given(*history).when(command, on=date(2025, 4, 1)).then_refused(OutOfOrder)
    case.given(*history).when(command, on=date(2025, 4, 10)).then_kinds(DocumentDispatched)
