"""Facts of a mediation that intake had asked for, as mediation publishes them."""

from typing import TypedDict

from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    ConfirmationResult,
    LegalityPoint,
)
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    ConfirmationDecided,
    MediationSucceeded,
)
from shared.contracts.case_codes import Category, MediationOutcome
from shared.contracts.intake import CaseReferredToMediation, MediationOutcomeNoted
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationEndVoided,
    MediationFailed,
    MediationNotTakenUp,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import (
    FailureGround,
    NotTakenUpGround,
    OtherRoute,
    PartySide,
    TerminationGround,
    VoidReason,
)
from tests.intake.facts import CASE_ID, DIGEST, DUE, MATTER_ID

ID = "519900101-0198a5c0-0000-7000-8000-000000000020"


class About(TypedDict):
    mediation_id: str
    matter_id: str
    case_id: str


ABOUT: About = {"mediation_id": ID, "matter_id": MATTER_ID, "case_id": CASE_ID}
COURT = (OtherRoute.COURT,)
SUCCEEDED = MediationSucceeded(
    agreement_id=ID,
    form=AgreementForm.WRITTEN,
    mediator_id=ID,
    parts=tuple(AgreementPart),
    instalments=(),
    effective_on=DUE.due_on,
    legality_checked=tuple(LegalityPoint),
    legality_objections=(),
    agreement_digest=DIGEST,
    **ABOUT,
)
PERFORMED = AgreementPerformed(agreement_id=ID, **ABOUT)
BREACHED = AgreementBreached(
    agreement_id=ID, ground=BreachGround.UNDONE, routes_offered=COURT, **ABOUT
)
CONFIRMED = ConfirmationDecided(agreement_id=ID, result=ConfirmationResult.CONFIRMED, **ABOUT)
FAILED = MediationFailed(ground=FailureGround.NO_AGREEMENT, routes_told=COURT, **ABOUT)
REFUSED = MediationRefused(side=PartySide.RESPONDENT, routes_told=COURT, **ABOUT)
TERMINATED = MediationTerminated(
    ground=TerminationGround.PARTY_NOT_FOUND, routes_told=COURT, **ABOUT
)
END_VOIDED = MediationEndVoided(reason=VoidReason.BY_MISTAKE, **ABOUT)
NOT_TAKEN_UP = MediationNotTakenUp(
    committee_id=ID, ground=NotTakenUpGround.COMMITTEE_NOT_SITTING, **ABOUT
)
NO_MORE = ConsentWithdrawn(side=PartySide.APPLICANT, **ABOUT)
REFERRED = CaseReferredToMediation(
    case_id=CASE_ID, matter_id=MATTER_ID, committee_id=ID, category=Category.LAND
)


def noted(
    outcome: MediationOutcome, mediation_id: str = ID, *, committee_id: str | None = ID
) -> MediationOutcomeNoted:
    return MediationOutcomeNoted(
        case_id=CASE_ID,
        matter_id=MATTER_ID,
        mediation_id=mediation_id,
        outcome=outcome,
        committee_id=committee_id,
    )
