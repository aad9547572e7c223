"""What intake does of itself when a mediation of one of its cases comes to something.

Only a kept promise settles a case, unless the policy says otherwise; a signature does not, and
neither do a failure or an end: the case goes on, its term never having stopped. The case is a
look-up that the caller brings, so that a fact that asks for nothing is no refused wish.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.intake.domain.case_commands import CaseCommand, ReopenCase, ResolveCase
from services.intake.domain.case_file import CaseFile
from shared.contracts.agreements import AgreementBreached, AgreementPerformed
from shared.contracts.case_codes import ReopenReason, ResolvedHow
from shared.contracts.mediation import MediationEvent
from shared.divisions import division_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionPolicy:
    """On which facts of mediation intake resolves a case by itself; a change is a new version."""

    version: str
    resolves_on: Mapping[str, ResolvedHow]
    """The kinds of facts, and how a case is resolved by each."""


ON_PERFORMANCE = ResolutionPolicy(
    version="on-performance.1",
    resolves_on={AgreementPerformed.kind: ResolvedHow.AGREEMENT_PERFORMED},
)


def resolve_case_on_mediation(
    fact: MediationEvent, case: CaseFile, policy: ResolutionPolicy = ON_PERFORMANCE
) -> list[CaseCommand]:
    """The case is resolved by a fact that the policy lists, where it is open and accepted."""
    how = policy.resolves_on.get(fact.kind)
    if how is None or not _is_referred_from(case, fact):
        return []
    if case.accepted is None or case.departed or case.resolved:
        return []
    return [ResolveCase(how=how, on_site=False)]


def reopen_case_on_agreement_breached(
    breached: AgreementBreached, case: CaseFile
) -> list[CaseCommand]:
    """A case that counts as resolved by the agreement is open again; any other stays as it is."""
    by_agreement = case.resolved and case.resolved.how is ResolvedHow.AGREEMENT_PERFORMED
    if not by_agreement or not _is_referred_from(case, breached):
        return []
    return [ReopenCase(reason=ReopenReason.AGREEMENT_BREACHED)]


def _is_referred_from(case: CaseFile, fact: MediationEvent) -> bool:
    """Intake itself has asked a committee of that township about this case.

    Whoever names a case in a dispute of their own, in the same township or another, settles
    nothing by it.
    """
    if case.referred is None or case.referred.case_id != fact.case_id:
        return False
    return division_of(case.referred.committee_id) == division_of(fact.mediation_id)
