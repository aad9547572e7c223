"""Which outcomes of a mediation settle a case: policy data; a change is a new version."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.case_codes import MediationOutcome, ResolvedHow


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionPolicy:
    """On which outcomes of a mediation intake resolves its case by itself."""

    version: str
    resolves_on: Mapping[MediationOutcome, ResolvedHow]
    """The outcomes, and how a case is resolved by each."""


ON_PERFORMANCE = ResolutionPolicy(
    version="on-performance.1",
    resolves_on={MediationOutcome.PERFORMED: ResolvedHow.AGREEMENT_PERFORMED},
)
