"""委托调解 (referral to mediation): a committee is asked to mediate [R33, R37].

Mediation is never a condition of anything, and stops no clock.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile, CaseNotFound
from services.intake.domain.case.crossing import refuse_untaken
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin
from shared.contracts.case_codes import Purpose
from shared.contracts.event import Event
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import DisputeKind
from shared.divisions import county_of
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferCase:
    """委托调解: a committee is asked to mediate [R33, R37]; the term runs on meanwhile."""

    committee_id: str
    dispute_kind: DisputeKind | None = None
    origin: Origin = Origin.OFFICE


class CommitteeElsewhere(Refusal):
    """The committee belongs to another county."""

    status = 422
    title = "The committee is elsewhere"


class ReferredOtherwise(Refusal):
    """This committee was asked already, about another kind of dispute."""

    title = "The committee was asked otherwise"


class AccusationIsNotMediated(Refusal):
    """What somebody is accused of is not for the two of them to agree on."""

    title = "An accusation is not mediated"


def refer(command: ReferCase, case: CaseFile) -> list[Event]:
    """Several committees may be asked, and the same one again after it came to nothing."""
    if case.registration is None:
        raise CaseNotFound
    filed = case.registration
    referred = CaseReferredToMediation(
        committee_id=command.committee_id,
        category=filed.category,
        village_code=filed.village_code,
        dispute_kind=command.dispute_kind,
        cause_ref=filed.cause_ref,
        complained_unit=filed.complained_unit,
        complained_division=filed.complained_division,
        complained_mark=filed.complained_mark,
        **case.about(command.origin),
    )
    asked = case.mediation.still_asks(command.committee_id)
    if asked is not None:
        if command.dispute_kind not in {None, asked.dispute_kind}:
            raise ReferredOtherwise(field="dispute_kind")
        return []
    refuse_if_ended(case)
    refuse_untaken(case)
    if filed.purpose is Purpose.ACCUSATION:
        raise AccusationIsNotMediated
    if county_of(command.committee_id) != county_of(filed.case_id):
        raise CommitteeElsewhere(field="committee_id")
    return [referred]
