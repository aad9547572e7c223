"""The legality check list: mediation may not agree on what the law forbids [M3, JC7].

Every point is looked at. An objection stands against the signing, unless a post answers for a
reason that fits it; against an unfree will or unclear terms no reason does.
"""

from collections.abc import Mapping

from services.mediation.domain.agreement_commands import Legality
from services.mediation.domain.agreement_refusals import (
    AgreementAgainstTheLaw,
    LegalityNotChecked,
    OverrideDoesNotFit,
    OverrideWithoutObjection,
)
from shared.contracts.agreement_codes import LegalityPoint, OverrideReason

_OPINION = OverrideReason.LEGAL_OPINION
_EXCEPTION = OverrideReason.STATUTORY_EXCEPTION
_RIGHTHOLDER = OverrideReason.RIGHTHOLDER_AGREED

OVERRIDES: Mapping[LegalityPoint, frozenset[OverrideReason]] = {
    LegalityPoint.FREE_WILL: frozenset(),
    LegalityPoint.MANDATORY_LAW: frozenset({_OPINION, _EXCEPTION}),
    # 农村土地承包法 28: not within the term, but after a natural disaster and with approval
    LegalityPoint.CONTRACTED_LAND: frozenset({_EXCEPTION}),
    LegalityPoint.PUBLIC_INTEREST: frozenset({_OPINION}),
    LegalityPoint.RIGHTS_OF_OTHERS: frozenset({_OPINION, _RIGHTHOLDER}),
    LegalityPoint.GOOD_MORALS: frozenset({_OPINION}),
    LegalityPoint.CLEAR_TERMS: frozenset(),
}
"""Which reasons answer an objection; a closed table, so that no point is forgotten."""


def require_legality(legality: Legality) -> None:
    """Refuse what was not looked at, and what was objected to without a reason that fits."""
    unchecked = LegalityPoint.in_order(set(LegalityPoint) - legality.checked)
    if unchecked:
        raise LegalityNotChecked(field="legality", point=unchecked[0].value)
    if legality.override and not legality.objections:
        raise OverrideWithoutObjection(field="legality")
    for point in LegalityPoint.in_order(legality.objections):
        _require_answer(point, legality)


def _require_answer(point: LegalityPoint, legality: Legality) -> None:
    if legality.override is None or not OVERRIDES[point]:
        raise AgreementAgainstTheLaw(field="legality", point=point.value)
    if legality.override.reason not in OVERRIDES[point]:
        raise OverrideDoesNotFit(field="legality", point=point.value)
