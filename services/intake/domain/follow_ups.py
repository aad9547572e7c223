"""What intake does of itself when a mediation of one of its cases comes to something.

It notes what it hears; what follows for the case is the case's own rule (`case_mediation.py`).
The case is a look-up that the caller brings, so that a fact that asks for nothing is no refused
wish.
"""

from collections.abc import Mapping

from services.intake.domain.case_commands import NoteMediationOutcome
from services.intake.domain.case_file import CaseFile
from services.intake.domain.case_mediation import is_asked_for
from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.contracts.agreements import AgreementBreached, AgreementPerformed, MediationSucceeded
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.mediation import (
    MediationEndVoided,
    MediationEvent,
    MediationFailed,
    MediationNotTakenUp,
    MediationRefused,
    MediationTerminated,
)

OUTCOMES: Mapping[str, MediationOutcome] = {
    MediationNotTakenUp.kind: MediationOutcome.NOT_TAKEN_UP,
    MediationSucceeded.kind: MediationOutcome.SUCCEEDED,
    AgreementPerformed.kind: MediationOutcome.PERFORMED,
    AgreementBreached.kind: MediationOutcome.BREACHED,
    MediationFailed.kind: MediationOutcome.FAILED,
    MediationRefused.kind: MediationOutcome.REFUSED,
    MediationTerminated.kind: MediationOutcome.TERMINATED,
    MediationEndVoided.kind: MediationOutcome.RESUMED,
}
"""What each of these facts of mediation comes to; a petition learns of no other."""


def note_outcome_on_mediation(
    fact: MediationEvent,
    case: CaseFile,
    *,
    committee_id: str | None,
    policy: ResolutionPolicy = ON_PERFORMANCE,
) -> list[NoteMediationOutcome]:
    """The petition learns of an outcome, where intake has asked for that mediation.

    `committee_id` is the committee whose answer to a referral the mediation is.
    """
    outcome = OUTCOMES.get(fact.kind)
    if outcome is None or case.filed is None or case.filed.case_id != fact.case_id:
        return []
    command = NoteMediationOutcome(
        mediation_id=fact.mediation_id,
        outcome=outcome,
        committee_id=committee_id,
        settled_by=policy,
    )
    return [command] if is_asked_for(command, case) else []
