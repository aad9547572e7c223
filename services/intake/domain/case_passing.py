"""How a case is passed on: to the unit that is competent, or to a committee that may mediate.

Mediation is never a condition of anything, and stops no clock.
"""

from services.intake.domain.case_commands import ForwardCase, Origin, ReferCase
from services.intake.domain.case_ends import refuse_if_ended
from services.intake.domain.case_file import CaseFile
from services.intake.domain.case_refusals import (
    CaseAlreadyAccepted,
    CaseNotFound,
    NotStatedOnlyByImport,
)
from shared.contracts.case_codes import Purpose
from shared.contracts.event import Event
from shared.contracts.intake import CaseForwarded, CaseReferredToMediation
from shared.divisions import county_of
from shared.refusals import Refusal

NOT_STATED = "not-stated"
"""The unit and the handler where an older register is silent about them."""


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


def forward(command: ForwardCase, case: CaseFile) -> list[Event]:
    """转送: before anybody has accepted it."""
    forwarded = CaseForwarded(
        to_unit=command.to_unit, report_due=command.report_due, **case.about(command.origin)
    )
    if case.holds(forwarded):
        return []
    refuse_unstated_unit(command.to_unit, command.origin, field="to_unit")
    refuse_if_ended(case)
    if case.accepted:
        raise CaseAlreadyAccepted
    return [forwarded]


def refuse_unstated_unit(unit: str, origin: Origin, *, field: str) -> None:
    """Only an older register may be silent about the unit."""
    if unit == NOT_STATED and origin is Origin.OFFICE:
        raise NotStatedOnlyByImport(field=field)


def refer(command: ReferCase, case: CaseFile) -> list[Event]:
    """A committee is asked; others may be too, and the same one again when it came to nothing."""
    if case.filed is None:
        raise CaseNotFound
    filed = case.filed
    referred = CaseReferredToMediation(
        committee_id=command.committee_id,
        category=filed.category,
        village_code=filed.village_code,
        dispute_kind=command.dispute_kind,
        **case.about(command.origin),
    )
    asked = case.mediation.still_asks(command.committee_id)
    if asked is not None:
        if command.dispute_kind not in {None, asked.dispute_kind}:
            raise ReferredOtherwise(field="dispute_kind")
        return []
    refuse_if_ended(case)
    if filed.purpose is Purpose.ACCUSATION:
        raise AccusationIsNotMediated
    if county_of(command.committee_id) != county_of(filed.case_id):
        raise CommitteeElsewhere(field="committee_id")
    return [referred]
