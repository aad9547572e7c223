"""A case ends: resolved, withdrawn, diverted, linked, closed; and may be reopened."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake import examples
from services.intake.domain.case import CASE, CaseCommand, CaseState
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.closing import CloseCase, OutcomeNotInRecord
from services.intake.domain.case.departure import (
    DivertCase,
)
from services.intake.domain.case.ended import (
    CaseStillOpen,
    CaseWasClosed,
    CaseWasDiverted,
    CaseWasLinked,
    CaseWasResolved,
    CaseWasWithdrawn,
)
from services.intake.domain.case.linking import CaseLinkedToItself, LinkCase, LinkNeedsACase
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.reopening import ReasonNotInRecord, ReopenCase
from services.intake.domain.case.resolution import CaseResolvedOtherwise, ResolveCase
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.case.withdrawal import WithdrawalWithoutStatement, WithdrawCase
from shared.contracts.case_codes import (
    LinkReason,
    MediationOutcome,
    Outcome,
    ReopenReason,
    ResolvedHow,
    Route,
)
from shared.contracts.case_handling_codes import StatementKind
from shared.contracts.event import Event
from shared.refusals import Refusal
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPT,
    ACCEPTED,
    ANSWER,
    ANSWERED,
    CASE_ID,
    CHECKED,
    DIGEST,
    DIVERTED,
    FILED,
    ISSUED,
    LINKED,
    OTHER_CASE,
    REPLIED,
    REPLY,
    SERVED,
    WITHDRAWN,
    closed,
    fact,
    reopened,
    resolved,
    stated,
)
from tests.intake.mediation_facts import REFERRED, noted

case = Facts(CASE)

ON_THE_SPOT = ResolveCase(how=ResolvedHow.ON_THE_SPOT, on_site=True)
BY_OPINION = ResolveCase(how=ResolvedHow.OPINION_ACCEPTED, on_site=False)
WITHDRAW = WithdrawCase(statement_recorded=True)
DIVERT = DivertCase(route=Route.LITIGATION)
LINK = examples.LINK
REOPEN = ReopenCase(reason=ReopenReason.NEW_FACTS)
OPINION_ACCEPTED = resolved(ResolvedHow.OPINION_ACCEPTED)
SETTLED_ON_SITE = resolved(ResolvedHow.ON_THE_SPOT, on_site=True)
AGREEMENT = resolved(ResolvedHow.AGREEMENT_PERFORMED)


def test_an_accepted_case_is_resolved_on_the_spot() -> None:
    acknowledged = fact(3, date(2025, 3, 6), stated(StatementKind.SETTLED_ON_THE_SPOT))
    grounds = (example_event_id(3),)
    settled = resolved(ResolvedHow.ON_THE_SPOT, on_site=True, grounds=grounds)
    case.given(FILED, ACCEPTED, acknowledged).when(ON_THE_SPOT).then(settled)


def test_nothing_is_resolved_that_nobody_accepted() -> None:
    case.given(FILED).when(ON_THE_SPOT).then_refused(CaseNotAccepted)


@pytest.mark.parametrize(
    "how",
    [ResolvedHow.OPINION_ACCEPTED, ResolvedHow.TIME_FOR_REVIEW_PASSED, ResolvedHow.FINAL_REVIEW],
)
def test_what_rests_on_an_opinion_needs_one_that_was_served(how: ResolvedHow) -> None:
    command = ResolveCase(how=how, on_site=False)
    case.given(FILED, ACCEPTED).when(command).then_refused(CaseNotAnswered)
    case.given(*ANSWERED).when(replace(command, origin=Origin.REGISTER)).then(
        resolved(how).model_copy(update={"imported": True})
    )


def test_a_performed_agreement_resolves_an_accepted_case() -> None:
    command = ResolveCase(how=ResolvedHow.AGREEMENT_PERFORMED, on_site=False)
    performed = fact(4, date(2025, 3, 6), noted(MediationOutcome.PERFORMED))
    case.given(FILED, ACCEPTED, REFERRED, performed).when(command).then(
        resolved(ResolvedHow.AGREEMENT_PERFORMED, grounds=(example_event_id(4),))
    )


def test_resolving_twice_changes_nothing() -> None:
    case.given(*ANSWERED, OPINION_ACCEPTED).when(BY_OPINION).then_nothing()


def test_a_resolved_case_is_not_resolved_in_another_way() -> None:
    case.given(*ANSWERED, OPINION_ACCEPTED).when(ON_THE_SPOT).then_refused(CaseResolvedOtherwise)


def test_a_closed_case_is_resolved_when_the_time_for_review_has_passed() -> None:
    command = ResolveCase(
        how=ResolvedHow.TIME_FOR_REVIEW_PASSED, on_site=False, review_until=date(2025, 4, 9)
    )
    served = fact(4, date(2025, 3, 10), SERVED)
    answered = case.given(FILED, ACCEPTED, ISSUED, served, closed(Outcome.SUPPORTED))
    answered.when(command, on=date(2025, 4, 10)).then(
        resolved(ResolvedHow.TIME_FOR_REVIEW_PASSED, grounds=(example_event_id(4),))
    )


def test_a_withdrawal_is_never_a_resolution() -> None:
    case.given(FILED, ACCEPTED, WITHDRAWN).when(ON_THE_SPOT).then_refused(CaseWasWithdrawn)


def test_a_diversion_is_never_a_resolution() -> None:
    case.given(FILED, ACCEPTED, DIVERTED).when(ON_THE_SPOT).then_refused(CaseWasDiverted)


def test_a_register_may_state_a_resolution_without_its_steps() -> None:
    command = replace(BY_OPINION, origin=Origin.REGISTER)
    case.given(FILED).when(command).then(OPINION_ACCEPTED.model_copy(update={"imported": True}))


@pytest.mark.parametrize("recorded", [False, None])
def test_a_withdrawal_without_a_statement_is_refused(recorded: bool | None) -> None:
    command = WithdrawCase(statement_recorded=recorded)
    case.given(FILED).when(command).then_refused(WithdrawalWithoutStatement)


def test_a_register_may_be_silent_about_the_statement() -> None:
    command = WithdrawCase(statement_recorded=None, origin=Origin.REGISTER)
    case.given(FILED).when(command).then(
        WITHDRAWN.model_copy(update={"statement_recorded": None, "imported": True})
    )


def test_a_register_that_denies_the_statement_is_refused() -> None:
    command = WithdrawCase(statement_recorded=False, origin=Origin.REGISTER)
    case.given(FILED).when(command).then_refused(WithdrawalWithoutStatement)


def test_withdrawing_twice_changes_nothing() -> None:
    case.given(FILED, WITHDRAWN).when(WITHDRAW).then_nothing()


def test_a_case_is_led_to_its_statutory_route() -> None:
    case.given(FILED).when(DIVERT).then(DIVERTED)


def test_diverting_twice_changes_nothing() -> None:
    case.given(FILED, DIVERTED).when(DIVERT).then_nothing()


def test_a_diverted_case_is_not_led_to_another_route() -> None:
    command = DivertCase(route=Route.ARBITRATION)
    case.given(FILED, DIVERTED).when(command).then_refused(CaseWasDiverted)


def test_the_office_names_the_route() -> None:
    command = DivertCase(route=Route.NOT_STATED)
    case.given(FILED).when(command).then_refused(NotStatedOnlyByImport, field="route")


def test_a_register_may_not_know_the_route() -> None:
    command = DivertCase(route=Route.NOT_STATED, origin=Origin.REGISTER)
    case.given(FILED).when(command).then(
        DIVERTED.model_copy(update={"route": Route.NOT_STATED, "imported": True})
    )


def test_a_duplicate_is_linked_to_the_case_it_belongs_with() -> None:
    case.given(fact(1, date(2025, 3, 4), FILED)).when(LINK).then(LINKED)


def test_linking_twice_changes_nothing() -> None:
    case.given(FILED, LINKED).when(LINK).then_nothing()


def test_a_linked_case_is_not_linked_to_another() -> None:
    command = replace(LINK, why=LinkReason.CONCLUDED)
    case.given(FILED, LINKED).when(command).then_refused(CaseWasLinked)


def test_the_office_names_the_other_case() -> None:
    case.given(FILED).when(replace(LINK, to_case_id=None)).then_refused(LinkNeedsACase)


def test_a_register_may_not_know_the_other_case() -> None:
    command = replace(LINK, to_case_id=None, origin=Origin.REGISTER)
    case.given(FILED).when(command).then(
        LINKED.model_copy(update={"to_case_id": None, "imported": True})
    )


def test_a_case_is_not_linked_to_itself() -> None:
    case.given(FILED).when(replace(LINK, to_case_id=CASE_ID)).then_refused(CaseLinkedToItself)


@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        (WITHDRAWN, CaseWasWithdrawn),
        (DIVERTED, CaseWasDiverted),
        (LINKED, CaseWasLinked),
        (SETTLED_ON_SITE, CaseWasResolved),
        (closed(Outcome.SUPPORTED), CaseWasClosed),
    ],
    ids=lambda it: getattr(it, "kind", ""),
)
def test_an_ended_case_does_not_go_on(end: Event, refusal: type[Refusal]) -> None:
    commands: list[tuple[CaseCommand, Event]] = [
        (ACCEPT, FILED),
        (ANSWER, ACCEPTED),
        (WithdrawCase(statement_recorded=True), ACCEPTED),
        (DivertCase(route=Route.ARBITRATION), ACCEPTED),
        (LinkCase(to_case_id=OTHER_CASE, why=LinkReason.CONCLUDED), ACCEPTED),
    ]
    for command, before in commands:
        outcome = case.given(FILED, before, end).when(command)
        if not (isinstance(command, WithdrawCase) and end == WITHDRAWN):
            outcome.then_refused(refusal)


@pytest.mark.parametrize(
    ("history", "outcome"),
    [
        ((FILED, WITHDRAWN), Outcome.WITHDRAWN),
        ((FILED, ACCEPTED, DIVERTED), Outcome.DIVERTED),
        ((FILED, LINKED), Outcome.LINKED),
        (ANSWERED, Outcome.SUPPORTED),
        ((*ANSWERED, OPINION_ACCEPTED), Outcome.SUPPORTED),
        (
            (FILED, ACCEPTED, stated(StatementKind.SETTLED_ON_THE_SPOT), SETTLED_ON_SITE),
            Outcome.EXPLAINED,
        ),
        ((FILED, ACCEPTED, AGREEMENT), Outcome.MEDIATED),
    ],
    ids=lambda it: it.value if isinstance(it, Outcome) else "",
)
def test_a_case_is_closed_with_what_its_record_supports(
    history: tuple[Event, ...], outcome: Outcome
) -> None:
    evidence = None if outcome is Outcome.MEDIATED else (DIGEST,)
    checked = case.given(*history, *CHECKED)
    checked.when(CloseCase(outcome=outcome)).then(closed(outcome, evidence=evidence))


@pytest.mark.parametrize(
    ("history", "outcome"),
    [
        (ANSWERED, Outcome.WITHDRAWN),
        (ANSWERED, Outcome.NOT_SUPPORTED),
        ((FILED, WITHDRAWN), Outcome.SUPPORTED),
        ((FILED, DIVERTED), Outcome.WITHDRAWN),
        ((FILED, LINKED), Outcome.DIVERTED),
        ((FILED, ACCEPTED, SETTLED_ON_SITE), Outcome.MEDIATED),
    ],
)
def test_no_case_is_closed_against_its_record(
    history: tuple[Event, ...], outcome: Outcome
) -> None:
    command = CloseCase(outcome=outcome)
    case.given(*history).when(command).then_refused(OutcomeNotInRecord, outcome=outcome.value)


def test_an_unanswered_case_is_not_closed() -> None:
    command = CloseCase(outcome=Outcome.SUPPORTED)
    case.given(FILED, ACCEPTED).when(command).then_refused(CaseStillOpen)


def test_the_office_states_the_outcome() -> None:
    command = CloseCase(outcome=Outcome.NOT_STATED)
    case.given(*ANSWERED).when(command).then_refused(NotStatedOnlyByImport, field="outcome")


def test_closing_twice_changes_nothing() -> None:
    command = CloseCase(outcome=Outcome.SUPPORTED)
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(command).then_nothing()


def test_a_closed_case_is_not_closed_with_another_outcome() -> None:
    command = CloseCase(outcome=Outcome.PARTLY)
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(command).then_refused(CaseWasClosed)


@pytest.mark.parametrize("outcome", [Outcome.NOT_STATED, Outcome.PARTLY, Outcome.MEDIATED])
def test_a_register_may_close_without_the_steps(outcome: Outcome) -> None:
    command = CloseCase(outcome=outcome, origin=Origin.REGISTER)
    case.given(FILED, REPLIED).when(command).then(closed(outcome, imported=True))


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.DIVERTED, Outcome.LINKED])
def test_a_register_states_a_departure_as_a_fact_of_its_own(outcome: Outcome) -> None:
    command = CloseCase(outcome=outcome, origin=Origin.REGISTER)
    case.given(FILED).when(command).then_refused(OutcomeNotInRecord)


def test_a_register_does_not_close_against_the_record() -> None:
    command = CloseCase(outcome=Outcome.SUPPORTED, origin=Origin.REGISTER)
    case.given(FILED, WITHDRAWN).when(command).then_refused(OutcomeNotInRecord)


@pytest.mark.parametrize(
    "end", [WITHDRAWN, DIVERTED, LINKED, SETTLED_ON_SITE], ids=lambda it: it.kind
)
def test_whatever_ended_a_case_it_can_be_reopened(end: Event) -> None:
    outcome = case.given(FILED, ACCEPTED, end).when(REOPEN)
    outcome.then(reopened(ReopenReason.NEW_FACTS))
    outcome.then_state(lambda state: state.state is CaseState.ACCEPTED)


def test_a_reopened_case_keeps_its_handler_and_needs_a_new_answer() -> None:
    history = (*ANSWERED, closed(Outcome.SUPPORTED), reopened(ReopenReason.NEW_FACTS))
    case.given(*history).when(ACCEPT).then_nothing()
    case.given(*history).when(BY_OPINION).then_refused(CaseNotAnswered)
    case.given(*history).when(ANSWER).then(ISSUED, SERVED)


def test_an_open_case_is_not_reopened() -> None:
    case.given(FILED, ACCEPTED).when(REOPEN).then_refused(CaseStillOpen)


def test_reopening_twice_changes_nothing() -> None:
    history = (*ANSWERED, closed(Outcome.SUPPORTED), reopened(ReopenReason.NEW_FACTS))
    case.given(*history).when(REOPEN).then_nothing()


def test_a_case_that_ended_again_is_reopened_again() -> None:
    history = (FILED, WITHDRAWN, reopened(ReopenReason.NEW_FACTS), DIVERTED)
    case.given(*history).when(REOPEN).then(reopened(ReopenReason.NEW_FACTS))


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        (ReopenReason.WITHDRAWAL_REVOKED, WITHDRAWN),
        (ReopenReason.AGREEMENT_BREACHED, AGREEMENT),
    ],
)
def test_a_reason_that_names_an_end_needs_that_end(reason: ReopenReason, end: Event) -> None:
    command = ReopenCase(reason=reason)
    case.given(FILED, ACCEPTED, end).when(command).then(reopened(reason))
    case.given(FILED, ACCEPTED, DIVERTED).when(command).then_refused(
        ReasonNotInRecord, reason=reason.value
    )


def test_the_office_states_the_reason() -> None:
    command = ReopenCase(reason=ReopenReason.NOT_STATED)
    case.given(FILED, WITHDRAWN).when(command).then_refused(NotStatedOnlyByImport, field="reason")


def test_a_register_that_is_read_again_does_not_end_a_reopened_case_again() -> None:
    stated = closed(Outcome.NOT_STATED, imported=True)
    history = (FILED, REPLIED, stated, reopened(ReopenReason.NEW_FACTS))
    again = CloseCase(outcome=Outcome.NOT_STATED, origin=Origin.REGISTER)
    case.given(*history).when(again).then_nothing()
    case.given(*history).when(REPLY).then_nothing()
