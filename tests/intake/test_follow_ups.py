"""Which facts of mediation a petition learns of: those of a mediation that intake asked for."""

import pytest

from services.intake.domain.case import CASE, CaseFile
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.follow_ups import OUTCOMES, note_outcome_on_mediation
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.mediation import MediationEvent
from shared.state_table import example_event_id
from tests.intake.facts import ACCEPTED, FILED, OTHER_CASE, WITHDRAWN
from tests.intake.mediation_facts import (
    BREACHED,
    CONFIRMED,
    END_VOIDED,
    FAILED,
    ID,
    NO_MORE,
    NOT_TAKEN_UP,
    PERFORMED,
    REFERRED,
    REFUSED,
    SUCCEEDED,
    TERMINATED,
)

CAUSE = example_event_id(100)
CASES = {
    "that waits": (FILED, REFERRED),
    "that is accepted": (FILED, REFERRED, ACCEPTED),
    "that has left the office": (FILED, REFERRED, WITHDRAWN),
}
TOLD = {
    MediationOutcome.NOT_TAKEN_UP: NOT_TAKEN_UP,
    MediationOutcome.SUCCEEDED: SUCCEEDED,
    MediationOutcome.PERFORMED: PERFORMED,
    MediationOutcome.BREACHED: BREACHED,
    MediationOutcome.FAILED: FAILED,
    MediationOutcome.REFUSED: REFUSED,
    MediationOutcome.TERMINATED: TERMINATED,
    MediationOutcome.RESUMED: END_VOIDED,
}


def learned(
    fact: MediationEvent,
    case: CaseFile,
    policy: ResolutionPolicy = ON_PERFORMANCE,
    *,
    committee_id: str | None = ID,
) -> list[NoteMediationOutcome]:
    command = note_outcome_on_mediation(
        fact, case, cause=CAUSE, committee_id=committee_id, policy=policy
    )
    return [command] if command else []


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("outcome", MediationOutcome)
def test_a_case_learns_of_every_outcome(outcome: MediationOutcome, case: str) -> None:
    asked = learned(TOLD[outcome], CASE.fold(CASES[case]))
    assert asked == [
        NoteMediationOutcome(
            mediation_id=ID,
            outcome=outcome,
            cause=CAUSE,
            committee_id=ID,
            settled_by=ON_PERFORMANCE,
        )
    ]
    # a policy asks for nothing that the case's own rules refuse
    assert CASE.decide(asked[0], CASE.fold(CASES[case]))


def test_every_outcome_is_some_fact_and_every_fact_another() -> None:
    assert sorted(OUTCOMES.values()) == sorted(MediationOutcome)


@pytest.mark.parametrize("fact", [NO_MORE, CONFIRMED])
def test_it_learns_of_nothing_on_the_way(fact: MediationEvent) -> None:
    assert learned(fact, CASE.fold(CASES["that is accepted"])) == []


def test_a_mediation_of_another_case_or_of_none_is_passed_over() -> None:
    case = CASE.fold(CASES["that is accepted"])
    for case_id in (OTHER_CASE, None):
        other = PERFORMED.model_copy(update={"case_id": case_id})
        assert learned(other, case) == []
    assert learned(PERFORMED, CASE.initial) == []


def test_a_case_learns_only_of_a_mediation_that_intake_has_asked_for() -> None:
    assert learned(PERFORMED, CASE.fold((FILED, ACCEPTED))) == []
    elsewhere = PERFORMED.model_copy(update={"mediation_id": f"519900102{ID[9:]}"})
    assert learned(elsewhere, CASE.fold(CASES["that is accepted"])) == []


def test_it_learns_that_none_could_take_it_only_of_the_committee_that_it_has_asked() -> None:
    for other in (OTHER_CASE, None):
        waiting = CASE.fold(CASES["that waits"])
        assert learned(NOT_TAKEN_UP, waiting, committee_id=other) == []
    assert learned(NOT_TAKEN_UP, CASE.fold((FILED, ACCEPTED))) == []


def test_the_policy_that_settles_goes_along() -> None:
    by_hand = ResolutionPolicy(version="by-hand", resolves_on={})
    [asked] = learned(PERFORMED, CASE.fold(CASES["that waits"]), by_hand)
    assert isinstance(asked, NoteMediationOutcome)
    assert asked.settled_by == by_hand
