"""How a dispute comes before a committee: applied for, referred, or taken up by a mediator."""

from typing import assert_never

from services.mediation.domain.mediation_commands import (
    ApplyForMediation,
    BeginCommand,
    ConsentToMediation,
    DeclineReferral,
    NameParties,
    RefuseMediation,
    WithdrawConsent,
)
from services.mediation.domain.mediation_consents import consent, refuse, withdraw
from services.mediation.domain.mediation_file import MediationFile, about
from services.mediation.domain.mediation_parties import (
    name_parties,
    refuse_a_party_on_both_sides,
)
from services.mediation.domain.mediation_refusals import (
    ApplicationNeedsAnApplicant,
    GridReferralNeedsItsReport,
    MediationAlreadyApplied,
    OnlyAReferralHasASource,
    PetitionReferralNeedsItsCase,
    ReferralNeedsItsSource,
    ReferralWasDeclined,
)
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationApplied,
    MediationConsented,
    MediationNotTakenUp,
)
from shared.contracts.mediation_codes import (
    ConsentHow,
    MediationOrigin,
    PartySide,
    ReferredBy,
)
from shared.divisions import check_village


def begin(command: BeginCommand, mediation: MediationFile) -> list[Event]:
    """Decide a command of the time before the first session."""
    match command:
        case ApplyForMediation():
            return _apply(command, mediation)
        case DeclineReferral():
            return _decline(command, mediation)
        case NameParties():
            return name_parties(command, mediation)
        case ConsentToMediation():
            return consent(command, mediation)
        case RefuseMediation():
            return refuse(command, mediation)
        case WithdrawConsent():
            return withdraw(command, mediation)
        case never:
            assert_never(never)


def _apply(command: ApplyForMediation, mediation: MediationFile) -> list[Event]:
    check_village(command.village_code, of=command.mediation_id)
    _require_a_source_that_fits(command)
    refuse_a_party_on_both_sides(set(command.applicants), set(command.respondents))
    applied = MediationApplied(
        mediation_id=command.mediation_id,
        matter_id=command.matter_id,
        case_id=command.case_id,
        report_id=command.report_id,
        origin=command.origin,
        category=command.category,
        dispute_kind=command.dispute_kind,
        committee_id=command.committee_id,
        applicants=command.applicants,
        respondents=command.respondents,
        referred_by=command.referred_by,
        village_code=command.village_code,
        application_digest=command.application_digest,
        cause_ref=command.cause_ref,
        complained_unit=command.complained_unit,
        complained_division=command.complained_division,
        complained_mark=command.complained_mark,
    )
    if mediation.declined:
        raise ReferralWasDeclined
    if mediation.applied is None:
        return [applied, *_consent_by_applying(applied)]
    if mediation.applied != applied:
        raise MediationAlreadyApplied
    return []


def _decline(command: DeclineReferral, mediation: MediationFile) -> list[Event]:
    declined = MediationNotTakenUp(
        mediation_id=command.mediation_id,
        matter_id=command.matter_id,
        case_id=command.case_id,
        report_id=command.report_id,
        committee_id=command.committee_id,
        ground=command.ground,
        complained_unit=command.complained_unit,
        complained_division=command.complained_division,
        complained_mark=command.complained_mark,
    )
    if mediation.applied:
        raise MediationAlreadyApplied
    if mediation.declined is None:
        return [declined]
    if mediation.declined != declined:
        raise ReferralWasDeclined
    return []


def _require_a_source_that_fits(command: ApplyForMediation) -> None:
    referred = command.origin is MediationOrigin.REFERRED
    if referred and command.referred_by is None:
        raise ReferralNeedsItsSource(field="referred_by")
    if not referred and command.referred_by:
        raise OnlyAReferralHasASource(field="referred_by")
    if command.referred_by is ReferredBy.PETITION and command.case_id is None:
        raise PetitionReferralNeedsItsCase(field="case_id")
    if command.referred_by is ReferredBy.GRID and command.report_id is None:
        raise GridReferralNeedsItsReport(field="report_id")
    if command.origin is MediationOrigin.APPLIED and not command.applicants:
        raise ApplicationNeedsAnApplicant(field="applicants")


def _consent_by_applying(applied: MediationApplied) -> list[Event]:
    """Whoever applies wants it; who is referred or visited by a mediator has still to say so."""
    if applied.origin is not MediationOrigin.APPLIED:
        return []
    consented = MediationConsented(
        side=PartySide.APPLICANT,
        parties=applied.applicants,
        how=ConsentHow.BY_APPLYING,
        consent_digest=applied.application_digest,
        **about(applied),
    )
    return [consented]
