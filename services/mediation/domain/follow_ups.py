"""What mediation does of itself: from facts of other services to wishes of its own, purely."""

from services.mediation.domain.mediation_commands import ApplyForMediation
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import DisputeKind, MediationOrigin, ReferredBy


def apply_for_mediation_on_case_referred(
    referred: CaseReferredToMediation, *, mediation_id: str
) -> list[ApplyForMediation]:
    """The dispute enters the committee's register; both sides are still asked (M17).

    The same fact has to come with the same id whenever it is read: then the second time is the
    same wish, and yields nothing. A referral is no application: neither side has agreed by it,
    and who the parties are is told to the vault, not by the fact.
    """
    applied = ApplyForMediation(
        mediation_id=mediation_id,
        matter_id=referred.matter_id,
        origin=MediationOrigin.REFERRED,
        referred_by=ReferredBy.PETITION,
        case_id=referred.case_id,
        category=referred.category,
        dispute_kind=referred.dispute_kind or DisputeKind.NOT_STATED,
        committee_id=referred.committee_id,
        village_code=referred.village_code,
    )
    return [applied]
