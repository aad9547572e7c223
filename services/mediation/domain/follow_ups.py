"""What mediation does of itself: from facts of other services to commands of its own."""

from services.mediation.domain.mediation_commands import ApplyForMediation, DeclineReferral
from services.mediation.domain.referral import Referral
from shared.contracts.mediation_codes import MediationOrigin, NotTakenUpGround
from shared.divisions import division_of, in_scope


def apply_for_mediation_on_referral(referral: Referral, *, mediation_id: str) -> ApplyForMediation:
    """The dispute enters the committee's register; both sides are still asked (M17).

    The same fact has to come with the same id whenever it is read: then the second command is a
    repeat, and yields nothing. A referral is no application: neither side has agreed by it, and
    the parties' names are in the vault, not in the fact. A committee of another township
    takes the dispute without the village, which is none of that township's.
    """
    return ApplyForMediation(
        mediation_id=mediation_id,
        matter_id=referral.matter_id,
        origin=MediationOrigin.REFERRED,
        referred_by=referral.referred_by,
        case_id=referral.case_id,
        report_id=referral.report_id,
        category=referral.category,
        dispute_kind=referral.dispute_kind,
        committee_id=referral.committee_id,
        village_code=_own_village(referral.village_code, of=mediation_id),
        cause_ref=referral.cause_ref,
        complained_unit=referral.complained_unit,
        complained_division=referral.complained_division,
        complained_mark=referral.complained_mark,
    )


def decline_on_referral(
    referral: Referral, *, mediation_id: str, ground: NotTakenUpGround
) -> DeclineReferral:
    """Whoever referred it learns that no committee could take it, and why."""
    return DeclineReferral(
        mediation_id=mediation_id,
        matter_id=referral.matter_id,
        case_id=referral.case_id,
        report_id=referral.report_id,
        committee_id=referral.committee_id,
        ground=ground,
        complained_unit=referral.complained_unit,
        complained_division=referral.complained_division,
        complained_mark=referral.complained_mark,
    )


def _own_village(code: str | None, *, of: str) -> str | None:
    return code if code and in_scope(division_of(of), code) else None
