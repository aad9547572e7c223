"""What a case learns of its mediation, and what follows: only a kept promise settles it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseCommand, CaseFile, CaseNotFound
from services.intake.domain.case.mediation_outcome import (
    MediationNotAskedFor,
    NoteMediationOutcome,
)
from services.intake.domain.case.referral import ReferCase
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.contracts.case_codes import MediationOutcome, Outcome, ReopenReason, ResolvedHow
from shared.contracts.event import Event
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPT,
    ACCEPTED,
    ANSWERED,
    DIVERTED,
    FILED,
    LINKED,
    ROUTED,
    WITHDRAWN,
    closed,
    fact,
    reopened,
    resolved,
)
from tests.intake.mediation_facts import ID, REFERRED, noted

case = Facts(CASE)
NEXT = f"519900102{ID[9:]}"
"""Of another township."""
SECOND = f"{ID[:-1]}1"
"""Of the same one."""
NOT_TAKEN_UP, SUCCEEDED, PERFORMED, BREACHED, FAILED, REFUSED, TERMINATED, RESUMED = (
    MediationOutcome
)
CAUSE = example_event_id(100)
BY_AGREEMENT = resolved(ResolvedHow.AGREEMENT_PERFORMED, grounds=(CAUSE,))
BY_WHAT_WAS_NOTED = resolved(ResolvedHow.AGREEMENT_PERFORMED, grounds=(example_event_id(9),))
AGAIN = reopened(ReopenReason.AGREEMENT_BREACHED)
OPEN = (FILED, REFERRED, ACCEPTED)
BY_HAND = ResolutionPolicy(version="by-hand", resolves_on={})
BY_SIGNATURE = ResolutionPolicy(
    version="by-signature", resolves_on={SUCCEEDED: ResolvedHow.AGREEMENT_PERFORMED}
)
ACCEPT_NOW = replace(ACCEPT, settled_by=ON_PERFORMANCE)


def hear(
    outcome: MediationOutcome,
    *,
    mediation: str = ID,
    committee: str | None = ID,
    policy: ResolutionPolicy = ON_PERFORMANCE,
) -> NoteMediationOutcome:
    return NoteMediationOutcome(
        mediation_id=mediation,
        outcome=outcome,
        cause=CAUSE,
        committee_id=committee,
        settled_by=policy,
    )


def test_a_kept_promise_is_noted_and_resolves_the_case() -> None:
    case.given(*OPEN).when(hear(PERFORMED)).then(noted(PERFORMED), BY_AGREEMENT)


@pytest.mark.parametrize("outcome", set(MediationOutcome) - {PERFORMED})
def test_every_other_outcome_is_noted_and_moves_nothing(outcome: MediationOutcome) -> None:
    before = CASE.fold(OPEN)
    told = case.given(*OPEN).when(hear(outcome))
    told.then(noted(outcome))
    assert (told.state.state, told.state.accepted) == (before.state, before.accepted)
    assert told.state.version == before.version + 1


def test_what_was_noted_last_is_not_noted_again() -> None:
    heard = case.given(*OPEN, noted(PERFORMED), BY_AGREEMENT)
    heard.when(hear(PERFORMED)).then_nothing()
    heard.when(hear(BREACHED)).then_kinds(type(noted(BREACHED)), type(AGAIN))


@pytest.mark.parametrize("departure", [WITHDRAWN, DIVERTED, LINKED])
@pytest.mark.parametrize("outcome", MediationOutcome)
def test_a_case_that_has_left_the_office_learns_of_it_and_nothing_follows(
    outcome: MediationOutcome, departure: Event
) -> None:
    case.given(*OPEN, departure).when(hear(outcome)).then(noted(outcome))


def test_a_case_that_was_resolved_otherwise_stays_as_it_is() -> None:
    by_opinion = (*ANSWERED, REFERRED, resolved(ResolvedHow.OPINION_ACCEPTED))
    for outcome in (PERFORMED, BREACHED):
        case.given(*by_opinion).when(hear(outcome)).then(noted(outcome))


def test_a_closed_case_is_resolved_all_the_same() -> None:
    answered = case.given(*ANSWERED, REFERRED, closed(Outcome.SUPPORTED))
    answered.when(hear(PERFORMED)).then(noted(PERFORMED), BY_AGREEMENT)


def test_a_breach_opens_again_what_the_agreement_had_resolved() -> None:
    for facts in ((), (closed(Outcome.MEDIATED),)):
        kept = case.given(*OPEN, noted(PERFORMED), BY_AGREEMENT, *facts)
        kept.when(hear(BREACHED)).then(noted(BREACHED), AGAIN)


def test_made_good_after_all_it_is_resolved_again() -> None:
    broken = (*OPEN, noted(PERFORMED), BY_AGREEMENT, noted(BREACHED), AGAIN)
    case.given(*broken).when(hear(PERFORMED)).then(noted(PERFORMED), BY_AGREEMENT)


def test_what_settles_a_case_is_policy() -> None:
    case.given(*OPEN).when(hear(PERFORMED, policy=BY_HAND)).then(noted(PERFORMED))
    signed = case.given(*OPEN).when(hear(SUCCEEDED, policy=BY_SIGNATURE))
    signed.then(noted(SUCCEEDED), BY_AGREEMENT)


def test_a_promise_kept_before_anybody_accepted_the_case_settles_it_on_acceptance() -> None:
    waiting = case.given(FILED, REFERRED)
    waiting.when(hear(PERFORMED)).then(noted(PERFORMED))
    performed = fact(9, date(2025, 3, 6), noted(PERFORMED))
    kept = case.given(FILED, REFERRED, noted(SUCCEEDED), performed)
    accepted = kept.when(ACCEPT_NOW)
    accepted.then(ROUTED, ACCEPTED, BY_WHAT_WAS_NOTED)
    afterwards = case.given(FILED, REFERRED, noted(PERFORMED), *accepted.events)
    afterwards.when(hear(BREACHED)).then(noted(BREACHED), AGAIN)
    afterwards.when(ACCEPT_NOW).then_nothing()


@pytest.mark.parametrize("outcome", set(MediationOutcome) - {PERFORMED})
def test_no_other_outcome_settles_a_case_on_acceptance(outcome: MediationOutcome) -> None:
    heard = case.given(FILED, REFERRED, noted(PERFORMED), noted(outcome))
    heard.when(ACCEPT_NOW).then(ROUTED, ACCEPTED)


def test_an_acceptance_that_is_stated_afterwards_settles_nothing_by_itself() -> None:
    case.given(FILED, REFERRED, noted(PERFORMED)).when(ACCEPT).then(ROUTED, ACCEPTED)


def test_the_promise_of_one_mediation_stands_though_another_came_to_nothing() -> None:
    asked_next = REFERRED.model_copy(update={"committee_id": NEXT})
    performed = fact(9, date(2025, 3, 6), noted(PERFORMED))
    heard = (FILED, REFERRED, performed, asked_next, noted(FAILED, NEXT))
    case.given(*heard).when(ACCEPT_NOW).then(ROUTED, ACCEPTED, BY_WHAT_WAS_NOTED)


def test_what_the_first_committee_comes_to_is_heard_after_a_second_was_asked() -> None:
    asked_next = REFERRED.model_copy(update={"committee_id": NEXT})
    broken = (*OPEN, noted(PERFORMED), BY_AGREEMENT, noted(BREACHED), AGAIN, asked_next)
    case.given(*broken).when(hear(PERFORMED)).then(noted(PERFORMED), BY_AGREEMENT)
    case.given(*OPEN, asked_next, AGAIN).when(hear(FAILED)).then(noted(FAILED))


def test_nothing_is_noted_of_what_was_not_asked_for() -> None:
    case.when(hear(PERFORMED)).then_refused(CaseNotFound)
    case.given(FILED, ACCEPTED).when(hear(PERFORMED)).then_refused(MediationNotAskedFor)
    elsewhere = hear(PERFORMED, mediation=NEXT)
    case.given(*OPEN).when(elsewhere).then_refused(MediationNotAskedFor)


def test_a_committee_that_could_not_take_it_may_be_asked_again() -> None:
    ask = ReferCase(committee_id=ID)
    case.given(*OPEN).when(ask).then_nothing()
    declined = case.given(*OPEN, noted(NOT_TAKEN_UP))
    declined.when(ask).then(REFERRED)
    declined.when(hear(NOT_TAKEN_UP)).then_nothing()
    # what was read before is read again, and does not undo the second referral
    asked_again = case.given(*OPEN, noted(NOT_TAKEN_UP), REFERRED)
    asked_again.when(hear(NOT_TAKEN_UP)).then_nothing()
    asked_again.when(hear(SUCCEEDED)).then(noted(SUCCEEDED))


@pytest.mark.parametrize("outcome", [REFUSED, FAILED, TERMINATED])
def test_what_came_to_nothing_may_be_asked_for_again_of_the_same_committee(
    outcome: MediationOutcome,
) -> None:
    ask = ReferCase(committee_id=ID)
    case.given(*OPEN, noted(outcome)).when(ask).then(REFERRED)
    # what another township's committee came to takes nothing from the one that is asked now
    asked_next = REFERRED.model_copy(update={"committee_id": NEXT})
    heard = case.given(*OPEN, asked_next, noted(outcome))
    heard.when(ReferCase(committee_id=NEXT)).then_nothing()


def test_of_two_committees_of_one_township_each_is_asked_until_its_own_answer() -> None:
    second = REFERRED.model_copy(update={"committee_id": SECOND})
    both = (*OPEN, second)
    for outcome in (NOT_TAKEN_UP, REFUSED, FAILED, TERMINATED):
        heard = case.given(*both, noted(outcome))
        heard.when(ReferCase(committee_id=SECOND)).then_nothing()
        heard.when(ReferCase(committee_id=ID)).then(REFERRED)
        other = noted(outcome, SECOND, committee_id=SECOND)
        heard.when(hear(outcome, mediation=SECOND, committee=SECOND)).then(other)
    # nor is the first one asked twice since another was asked
    case.given(*both).when(ReferCase(committee_id=ID)).then_nothing()


def test_an_earlier_answer_of_a_committee_takes_nothing_from_what_it_is_asked_now() -> None:
    ask, again = ReferCase(committee_id=ID), (*OPEN, noted(FAILED), REFERRED)
    case.given(*again).when(ask).then_nothing()
    case.given(*again, noted(RESUMED), noted(TERMINATED)).when(ask).then_nothing()
    case.given(*again, noted(FAILED, SECOND)).when(ask).then(REFERRED)


def test_a_mediation_that_goes_on_after_all_is_what_its_committee_is_asked() -> None:
    ask = ReferCase(committee_id=ID)
    case.given(*OPEN, noted(FAILED), noted(RESUMED)).when(ask).then_nothing()
    case.given(*OPEN, noted(FAILED), noted(RESUMED), noted(FAILED)).when(ask).then(REFERRED)


def test_a_dispute_that_its_committee_registered_itself_answers_no_referral() -> None:
    own = noted(FAILED, SECOND, committee_id=None)
    case.given(*OPEN).when(hear(FAILED, mediation=SECOND, committee=None)).then(own)
    case.given(*OPEN, own).when(ReferCase(committee_id=ID)).then_nothing()


def test_what_was_noted_before_a_case_was_opened_again_does_not_settle_it() -> None:
    opened = (FILED, REFERRED, WITHDRAWN, noted(PERFORMED), reopened(ReopenReason.NEW_FACTS))
    case.given(*opened).when(ACCEPT_NOW).then(ROUTED, ACCEPTED)
    kept = fact(9, date(2025, 3, 6), noted(PERFORMED, SECOND))
    case.given(*opened, kept).when(ACCEPT_NOW).then(ROUTED, ACCEPTED, BY_WHAT_WAS_NOTED)


def test_that_none_could_take_it_stands_in_the_ledger_of_the_case_s_own_township() -> None:
    elsewhere = hear(NOT_TAKEN_UP, mediation=NEXT)
    case.given(*OPEN).when(elsewhere).then_refused(MediationNotAskedFor)
    case.given(FILED, ACCEPTED).when(hear(NOT_TAKEN_UP)).then_refused(MediationNotAskedFor)


@st.composite
def courses(draw: st.DrawFn) -> list[MediationOutcome]:
    """What a mediation publishes in its life: ends that are taken back, then one that stays."""
    ends = st.sampled_from([FAILED, REFUSED, TERMINATED])
    course = [each for end in draw(st.lists(ends, max_size=3)) for each in (end, RESUMED)]
    if draw(st.booleans()):
        return [*course, draw(ends)]
    kept_or_not = st.lists(st.sampled_from([PERFORMED, BREACHED]), max_size=5)
    return [*course, SUCCEEDED, *draw(kept_or_not)]


def lived(commands: list[tuple[object, CaseCommand]]) -> CaseFile:
    """The case after these commands, each under a key that lets it have its effect once."""
    state, carried_out = CASE.fold((FILED, REFERRED)), set[object]()
    for key, command in commands:
        if key not in carried_out:
            state = CASE.fold(CASE.decide(command, state), state)
            carried_out.add(key)
    return state


def way(case: CaseFile) -> ResolvedHow | None:
    """How it was resolved; the ground is the mediation's event or what was noted of it before."""
    return case.resolved.how if case.resolved else None


@given(courses(), st.data())
def test_whenever_it_is_accepted_and_whatever_is_read_again_it_ends_the_same(
    course: list[MediationOutcome], data: st.DataObject
) -> None:
    facts: list[tuple[object, CaseCommand]] = [
        (place, hear(outcome)) for place, outcome in enumerate(course)
    ]
    accepting: tuple[object, CaseCommand] = ("accept", ACCEPT_NOW)
    plainly = lived([accepting, *facts])
    reads: list[tuple[object, CaseCommand]] = []
    for upto in range(len(facts)):
        begins = data.draw(st.integers(0, upto))
        reads += facts[begins : upto + 1]
    at_the_end = st.just(len(reads))
    reads.insert(data.draw(at_the_end | st.integers(0, len(reads))), accepting)
    other = lived(reads)
    assert (other.state, other.mediation.noted, way(other)) == (
        plainly.state,
        plainly.mediation.noted,
        way(plainly),
    )
    assert (plainly.resolved is not None) == (course[-1] is PERFORMED)
