"""What stats folds of a dispute is what the dispute's own service makes of the same facts."""

from hypothesis import given

from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_state import MediationState
from services.mediation.examples import MEDIATION_ID
from services.stats.domain.mediation_fact import End, MediationFact, evolve
from services.stats.domain.mediation_step import mediation_steps
from shared.contracts.event import Event
from tests.mediation.mediation_commands import histories
from tests.mediation.test_mediation_properties import course
from tests.shared.recorded import recorded

OUTCOMES = {
    MediationState.APPLIED: None,
    MediationState.OPEN: None,
    MediationState.REFUSED: End.REFUSED,
    MediationState.FAILED: End.FAILED,
    MediationState.TERMINATED: End.TERMINATED,
}
"""All other states are those of an agreement."""


def folded(fact: MediationFact | None, events: list[Event]) -> MediationFact | None:
    for event in events:
        for step in mediation_steps(recorded("/mediation", MEDIATION_ID, event), event):
            fact = evolve(fact, step)
    return fact


@given(histories())
def test_ends_sessions_and_promises_are_told_alike(issued: list[MediationCommand]) -> None:
    fact: MediationFact | None = None
    for _, _, events, mediation in course(issued):
        fact = folded(fact, events)
        if fact is None:
            continue
        assert fact.outcome == OUTCOMES.get(mediation.state, End.SUCCEEDED)
        assert {session.session_id for session in fact.sessions} == set(mediation.sessions)
        assert (fact.performed is not None) == (mediation.state is MediationState.PERFORMED)
        assert fact.breached or mediation.state is not MediationState.BREACHED
