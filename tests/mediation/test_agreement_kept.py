"""An agreement is kept or broken, and a court may confirm it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    DecideConfirmation,
    FollowUp,
    PerformInstalment,
)
from services.mediation.domain.agreement_refusals import (
    AgreementBreachedOtherwise,
    AgreementWasPerformed,
    CheckedOtherwise,
    ConfirmationAlreadyRequested,
    ConfirmationBeforeAgreement,
    ConfirmationDecidedOtherwise,
    ConfirmationNotJoint,
    ConfirmationNotRequested,
    ConfirmationTooLate,
    DecidedBeforeRequest,
    InstalmentsOutstanding,
    InstalmentWasPerformed,
    NoAgreement,
    NoSuchInstalment,
    NothingWasPerformed,
    NotYetAgreed,
    PerformanceNotYetDue,
    StatusIsNotConfirmed,
)
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_refusals import (
    EnforcementNeedsConfirmation,
    RoutesNotTold,
)
from services.mediation.domain.mediation_state import MediationState
from services.mediation.examples import (
    AFTER_ALL,
    BREACH,
    CHECK,
    CONFIRMED,
    FIRST,
    FIRST_DUE,
    FOLLOW_UP,
    LAST,
    LAST_DAY_FOR_THE_COURT,
    PART_OF_FIRST,
    PERFORM,
    REQUEST,
    ROUTES,
    SIGN,
    SIGNED_ON,
)
from shared.contracts.agreement_codes import (
    BreachGround,
    ConfirmationResult,
    PerformanceFinding,
    StatusMatter,
)
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    ConfirmationDecided,
    ConfirmationRequested,
    InstalmentPartlyPerformed,
    InstalmentPerformed,
    PerformanceChecked,
)
from shared.contracts.mediation_codes import OtherRoute, PartySide
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from tests.mediation.facts import IN_SESSION, IN_SESSION_BY, PERFORMED, SIGNED, SIGNED_BY, facts_of

mediation = Facts(MEDIATION)
BREACHED = facts_of(*SIGNED_BY, BREACH)
ASKED = facts_of(*SIGNED_BY, REQUEST)
UNDATED_BY = (*IN_SESSION_BY, replace(SIGN, instalments=()))


@pytest.mark.parametrize("command", [CHECK, FIRST, PERFORM, BREACH, REQUEST, CONFIRMED])
def test_nothing_is_kept_or_confirmed_before_it_is_agreed_on(command: MediationCommand) -> None:
    mediation.given(*IN_SESSION).when(command).then_refused(NoAgreement)


def test_the_mediator_looks_after_the_promise() -> None:
    mediation.given(*SIGNED).when(CHECK).then_kinds(PerformanceChecked)
    checked = facts_of(*SIGNED_BY, CHECK)
    mediation.given(*checked).when(CHECK).then_nothing()
    other = replace(CHECK, finding=PerformanceFinding.BEHIND)
    mediation.given(*checked).when(other).then_refused(CheckedOtherwise)


def test_the_last_instalment_keeps_the_promise_whichever_it_is() -> None:
    for first, last in ((FIRST, LAST), (LAST, FIRST)):
        outcome = mediation.given(*SIGNED).when(first)
        outcome.then_kinds(InstalmentPerformed)
        outcome.then_state(lambda it: it.state is MediationState.PARTLY_PERFORMED)
        begun = facts_of(*SIGNED_BY, first)
        mediation.given(*begun).when(last).then_kinds(InstalmentPerformed, AgreementPerformed)


def test_a_part_of_an_instalment_leaves_the_rest_owed() -> None:
    outcome = mediation.given(*SIGNED).when(PART_OF_FIRST)
    outcome.then_kinds(InstalmentPartlyPerformed)
    outcome.then_state(lambda it: it.agreement.outstanding == (1, 2))
    partly = facts_of(*SIGNED_BY, PART_OF_FIRST)
    mediation.given(*partly).when(PART_OF_FIRST).then_nothing()
    mediation.given(*partly).when(FIRST).then_kinds(InstalmentPerformed)
    mediation.given(*facts_of(*SIGNED_BY, LAST, PART_OF_FIRST)).when(PERFORM).then_refused(
        InstalmentsOutstanding, instalment=1
    )


def test_an_instalment_is_performed_once() -> None:
    mediation.given(*PERFORMED).when(FIRST).then_nothing()
    mediation.given(*PERFORMED).when(PART_OF_FIRST).then_refused(InstalmentWasPerformed)


@pytest.mark.parametrize("number", [0, 3])
def test_only_agreed_instalments_are_performed(number: int) -> None:
    command = replace(FIRST, instalment=number)
    mediation.given(*SIGNED).when(command).then_refused(NoSuchInstalment, instalment=number)


@pytest.mark.parametrize("command", [FIRST, PART_OF_FIRST])
def test_no_instalment_is_performed_before_the_day_of_the_agreement(
    command: PerformInstalment,
) -> None:
    early = replace(command, on=SIGNED_ON - timedelta(days=1))
    mediation.given(*SIGNED).when(early).then_refused(NotYetAgreed)
    outcome = mediation.given(*SIGNED).when(replace(command, on=SIGNED_ON))
    assert len(outcome.events) == 1


def test_nothing_is_performed_as_a_whole_before_that_day() -> None:
    undated = facts_of(*UNDATED_BY)
    early = replace(PERFORM, on=SIGNED_ON - timedelta(days=1))
    mediation.given(*undated).when(early).then_refused(NotYetAgreed)
    on_the_day = replace(PERFORM, on=SIGNED_ON)
    mediation.given(*undated).when(on_the_day).then_kinds(AgreementPerformed)


def test_an_agreement_without_a_day_is_performed_as_a_whole() -> None:
    mediation.given(*facts_of(*UNDATED_BY)).when(PERFORM).then_kinds(AgreementPerformed)
    mediation.given(*facts_of(*UNDATED_BY, PERFORM)).when(PERFORM).then_nothing()


def test_one_with_instalments_is_not_performed_while_some_are_owed() -> None:
    mediation.given(*SIGNED).when(PERFORM).then_refused(InstalmentsOutstanding, instalment=1)


def test_a_broken_promise_is_told_with_the_other_routes() -> None:
    outcome = mediation.given(*SIGNED).when(BREACH)
    outcome.then_kinds(AgreementBreached)
    assert outcome.events[0].to_data()["routes_offered"] == ["court", "arbitration"]
    outcome.then_state(lambda it: it.state is MediationState.BREACHED)
    mediation.given(*BREACHED).when(BREACH).then_nothing()


def test_a_breach_is_stated_on_one_ground() -> None:
    other = replace(BREACH, ground=BreachGround.REFUSED)
    mediation.given(*BREACHED).when(other).then_refused(AgreementBreachedOtherwise)


def test_another_instalment_may_be_broken_as_well() -> None:
    other = replace(BREACH, instalment=2, on=AFTER_ALL)
    mediation.given(*BREACHED).when(other).then_kinds(AgreementBreached)
    mediation.given(*facts_of(*SIGNED_BY, BREACH, other)).when(BREACH).then_nothing()


def test_an_instalment_that_was_made_good_may_prove_defective() -> None:
    made_good = facts_of(*SIGNED_BY, BREACH, FIRST)
    command = replace(BREACH, ground=BreachGround.DEFECTIVE)
    mediation.given(*made_good).when(command).then_kinds(AgreementBreached)
    again = facts_of(*SIGNED_BY, BREACH, FIRST, command)
    mediation.given(*again).when(command).then_nothing()


def test_no_promise_is_broken_before_its_day_has_passed() -> None:
    early = replace(BREACH, on=FIRST_DUE)
    mediation.given(*SIGNED).when(early).then_refused(PerformanceNotYetDue)
    as_a_whole = replace(BREACH, instalment=None, on=FIRST_DUE)
    mediation.given(*SIGNED).when(as_a_whole).then_refused(PerformanceNotYetDue)
    undated = replace(BREACH, instalment=None)
    mediation.given(*facts_of(*UNDATED_BY)).when(undated).then_refused(PerformanceNotYetDue)


def test_a_clear_no_breaks_it_before_the_day() -> None:
    refused = replace(BREACH, ground=BreachGround.REFUSED, on=FIRST_DUE)
    mediation.given(*SIGNED).when(refused).then_kinds(AgreementBreached)


def test_a_broken_promise_may_still_be_kept() -> None:
    mediation.given(*BREACHED).when(FIRST).then_kinds(InstalmentPerformed)
    outcome = mediation.given(*facts_of(*SIGNED_BY, BREACH, FIRST)).when(LAST)
    outcome.then_kinds(InstalmentPerformed, AgreementPerformed)
    outcome.then_state(lambda it: it.state is MediationState.PERFORMED)


def test_a_breach_that_was_made_good_is_none_any_more() -> None:
    outcome = mediation.given(*BREACHED).when(FIRST)
    outcome.then_state(lambda it: it.state is MediationState.PARTLY_PERFORMED)
    other = replace(BREACH, ground=BreachGround.REFUSED, instalment=2)
    both = mediation.given(*facts_of(*SIGNED_BY, BREACH, other)).when(FIRST)
    both.then_state(lambda it: it.state is MediationState.BREACHED)


@pytest.mark.parametrize("ground", [BreachGround.DEFECTIVE, BreachGround.UNDONE])
def test_an_instalment_that_was_undone_is_owed_again(ground: BreachGround) -> None:
    undone = replace(BREACH, ground=ground)
    mediation.given(*facts_of(*SIGNED_BY, FIRST, undone)).when(LAST).then_kinds(
        InstalmentPerformed
    )
    owed = facts_of(*SIGNED_BY, FIRST, undone, LAST)
    mediation.given(*owed).when(PERFORM).then_refused(InstalmentsOutstanding, instalment=1)
    mediation.given(*owed).when(FIRST).then_kinds(InstalmentPerformed, AgreementPerformed)
    after_all = facts_of(*SIGNED_BY, FIRST, LAST, undone)
    mediation.given(*after_all).when(FIRST).then_kinds(InstalmentPerformed, AgreementPerformed)


def test_what_was_undone_as_a_whole_is_not_made_good_by_an_instalment() -> None:
    undone = replace(BREACH, ground=BreachGround.UNDONE, instalment=None)
    mediation.given(*facts_of(*SIGNED_BY, FIRST, undone)).when(LAST).then_kinds(
        InstalmentPerformed
    )
    kept = facts_of(*SIGNED_BY, FIRST, undone, LAST)
    mediation.given(*kept).when(PERFORM).then_kinds(AgreementPerformed)


def test_what_was_performed_was_not_left_undone() -> None:
    mediation.given(*PERFORMED).when(BREACH).then_refused(AgreementWasPerformed)
    half = facts_of(*SIGNED_BY, FIRST)
    mediation.given(*half).when(BREACH).then_refused(InstalmentWasPerformed, instalment=1)


@pytest.mark.parametrize("ground", [BreachGround.DEFECTIVE, BreachGround.UNDONE])
def test_what_was_performed_may_prove_defective_or_be_undone_and_made_good(
    ground: BreachGround,
) -> None:
    command = replace(BREACH, ground=ground, instalment=None)
    mediation.given(*SIGNED).when(command).then_refused(NothingWasPerformed)
    mediation.given(*PERFORMED).when(command).then_kinds(AgreementBreached)
    undone = facts_of(*SIGNED_BY, FIRST, LAST, command)
    mediation.given(*undone).when(PERFORM).then_kinds(AgreementPerformed)


@pytest.mark.parametrize("ground", [BreachGround.DEFECTIVE, BreachGround.UNDONE])
def test_what_was_never_performed_is_not_told_to_have_been_undone(ground: BreachGround) -> None:
    whole, second = (replace(BREACH, ground=ground, instalment=which) for which in (None, 2))
    for facts in (SIGNED, BREACHED, facts_of(*SIGNED_BY, replace(BREACH, instalment=None))):
        mediation.given(*facts).when(whole).then_refused(NothingWasPerformed, field="ground")
    half = mediation.given(*facts_of(*SIGNED_BY, FIRST))
    half.when(second).then_refused(NothingWasPerformed, field="ground")
    half.when(whole).then_kinds(AgreementBreached)


@pytest.mark.parametrize(
    ("routes", "refusal"),
    [
        (frozenset[OtherRoute](), RoutesNotTold),
        (ROUTES | {OtherRoute.ENFORCEMENT}, EnforcementNeedsConfirmation),
    ],
)
def test_the_routes_are_those_that_are_open(
    routes: frozenset[OtherRoute], refusal: type[Refusal]
) -> None:
    command = replace(BREACH, routes_offered=routes)
    mediation.given(*SIGNED).when(command).then_refused(refusal, field="routes_offered")


def test_what_a_court_confirmed_can_be_enforced() -> None:
    confirmed = facts_of(*SIGNED_BY, REQUEST, CONFIRMED)
    command = replace(BREACH, routes_offered=ROUTES | {OtherRoute.ENFORCEMENT})
    mediation.given(*confirmed).when(command).then_kinds(AgreementBreached)


def test_both_sides_ask_the_court_together() -> None:
    mediation.given(*SIGNED).when(REQUEST).then_kinds(ConfirmationRequested)
    mediation.given(*ASKED).when(REQUEST).then_nothing()
    alone = replace(REQUEST, jointly_by=frozenset({PartySide.APPLICANT}))
    mediation.given(*SIGNED).when(alone).then_refused(ConfirmationNotJoint)


def test_the_court_is_asked_up_to_the_last_day() -> None:
    in_time = replace(REQUEST, on=LAST_DAY_FOR_THE_COURT)
    mediation.given(*SIGNED).when(in_time).then_kinds(ConfirmationRequested)
    late = replace(REQUEST, on=date(2025, 5, 21))
    mediation.given(*SIGNED).when(late).then_refused(ConfirmationTooLate, last_day="2025-05-20")
    early = replace(REQUEST, on=date(2025, 4, 19))
    mediation.given(*SIGNED).when(early).then_refused(ConfirmationBeforeAgreement)


@pytest.mark.parametrize("status", StatusMatter)
def test_no_court_confirms_status(status: StatusMatter) -> None:
    signed = facts_of(*IN_SESSION_BY, replace(SIGN, status_matters=frozenset({status})))
    mediation.given(*signed).when(REQUEST).then_refused(StatusIsNotConfirmed, matter=status.value)


def test_another_court_is_not_asked_while_one_is() -> None:
    other = replace(REQUEST, court="district-court")
    mediation.given(*ASKED).when(other).then_refused(ConfirmationAlreadyRequested)


@pytest.mark.parametrize("result", ConfirmationResult)
def test_the_court_decides_once(result: ConfirmationResult) -> None:
    decide = DecideConfirmation(result=result, on=LAST_DAY_FOR_THE_COURT)
    mediation.given(*SIGNED).when(decide).then_refused(ConfirmationNotRequested)
    mediation.given(*ASKED).when(decide).then_kinds(ConfirmationDecided)
    decided = facts_of(*SIGNED_BY, REQUEST, decide)
    mediation.given(*decided).when(decide).then_nothing()
    (other, *_) = set(ConfirmationResult) - {result}
    mediation.given(*decided).when(
        DecideConfirmation(result=other, on=LAST_DAY_FOR_THE_COURT)
    ).then_refused(ConfirmationDecidedOtherwise)


def test_the_court_decides_when_it_was_asked() -> None:
    early = replace(CONFIRMED, on=REQUEST.on - timedelta(days=1))
    mediation.given(*ASKED).when(early).then_refused(DecidedBeforeRequest)
    at_once = replace(CONFIRMED, on=REQUEST.on)
    mediation.given(*ASKED).when(at_once).then_kinds(ConfirmationDecided)


@pytest.mark.parametrize(
    "command", [CHECK, FOLLOW_UP, replace(BREACH, ground=BreachGround.REFUSED)], ids=repr
)
def test_nothing_comes_of_an_agreement_before_its_day(
    command: CheckPerformance | FollowUp | BreachAgreement,
) -> None:
    the_day_before = replace(command, on=SIGNED_ON - timedelta(days=1))
    mediation.given(*SIGNED).when(the_day_before).then_refused(NotYetAgreed)
    (fact,) = mediation.given(*SIGNED).when(replace(command, on=SIGNED_ON)).events
    # what is told again is the same on whichever day
    mediation.given(*SIGNED, fact).when(the_day_before).then_nothing()


@pytest.mark.parametrize("result", ConfirmationResult)
def test_a_request_that_was_not_heard_may_be_made_again(result: ConfirmationResult) -> None:
    decided = facts_of(
        *SIGNED_BY, REQUEST, DecideConfirmation(result=result, on=LAST_DAY_FOR_THE_COURT)
    )
    another_day = replace(REQUEST, on=date(2025, 5, 7))
    for command in (another_day, REQUEST):
        outcome = mediation.given(*decided).when(command)
        if result in {ConfirmationResult.WITHDRAWN, ConfirmationResult.NOT_DOCKETED}:
            outcome.then_kinds(ConfirmationRequested)
        elif command is REQUEST:
            outcome.then_nothing()
        else:
            outcome.then_refused(ConfirmationAlreadyRequested)
