"""What is asked of a committee about a case, and which answers leave it free to be asked again."""

from dataclasses import dataclass

from shared.contracts.case_codes import MediationOutcome
from shared.contracts.intake import CaseReferredToMediation

CAME_TO_NOTHING = {
    MediationOutcome.NOT_TAKEN_UP,
    MediationOutcome.REFUSED,
    MediationOutcome.FAILED,
    MediationOutcome.TERMINATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What a committee was asked, and the mediation that it answered with, once one is heard of."""

    fact: CaseReferredToMediation
    mediation_id: str | None = None
