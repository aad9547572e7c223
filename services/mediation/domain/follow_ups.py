"""What mediation does of itself: from facts of other services to commands of its own."""

from services.mediation.domain.mediation_commands import ApplyForMediation, DeclineReferral
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import (
    DisputeKind,
    MediationOrigin,
    NotTakenUpGround,
    ReferredBy,
)
from shared.divisions import division_of, in_scope


def apply_for_mediation_on_case_referred(
    referred: CaseReferredToMediation, *, mediation_id: str
) -> ApplyForMediation:
    """The dispute enters the committee's register; both sides are still asked (M17).

    The same fact has to come with the same id whenever it is read: then the second command is a
    repeat, and yields nothing. A referral is no application: neither side has agreed by it, and
    the parties' names are in the vault, not in the fact. A committee of another township
    takes the dispute without the village, which is none of that township's.
    """
    return ApplyForMediation(
        mediation_id=mediation_id,
        matter_id=referred.matter_id,
        origin=MediationOrigin.REFERRED,
        referred_by=ReferredBy.PETITION,
        case_id=referred.case_id,
        category=referred.category,
        dispute_kind=referred.dispute_kind or DisputeKind.NOT_STATED,
        committee_id=referred.committee_id,
        village_code=_own_village(referred.village_code, of=mediation_id),
    )


def decline_on_case_referred(
    referred: CaseReferredToMediation, *, mediation_id: str, ground: NotTakenUpGround
) -> DeclineReferral:
    """Whoever referred it learns that no committee could take it, and why."""
    return DeclineReferral(
        mediation_id=mediation_id,
        matter_id=referred.matter_id,
        case_id=referred.case_id,
        committee_id=referred.committee_id,
        ground=ground,
    )


def _own_village(code: str | None, *, of: str) -> str | None:
    return code if code and in_scope(division_of(of), code) else None
