"""交办 (assignment): a superior names who handles the matter, and oversees it [R22(3)]."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import own_division, refuse_crossing
from services.intake.domain.case.ended import refuse_if_elsewhere, refuse_if_ended
from services.intake.domain.case.forwarding import (
    CaseAlreadyAccepted,
    refuse_complained_elsewhere,
)
from services.intake.domain.case.origin import Origin, refuse_unstated_unit
from shared.contracts.event import Event
from shared.contracts.transfers import CaseAssigned
from shared.divisions import COUNTY
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignCase:
    """交办: which unit of which division handles the matter, and when its report is due."""

    to_unit: str
    to_division: str
    report_due: datetime | None = None


class OnlyASuperiorAssigns(Refusal):
    """A township forwards a matter; the county, which is above it, assigns one."""

    title = "Only a superior assigns"


class AssignedToItself(Refusal):
    """The superior handles a matter itself by accepting it."""

    status = 422
    title = "The division is the superior's own"


def assign(command: AssignCase, case: CaseFile) -> list[Event]:
    """Before anybody has accepted it; there is no objection to it."""
    assigned = CaseAssigned(
        to_unit=command.to_unit,
        to_division=command.to_division,
        report_due=command.report_due,
        **case.about(Origin.OFFICE),
    )
    if case.transfers.passed == assigned:
        return []
    refuse_if_elsewhere(case)
    own = own_division(case)
    if len(own) != COUNTY:
        raise OnlyASuperiorAssigns
    if command.to_division == own:
        raise AssignedToItself(field="to_division")
    refuse_if_ended(case)
    if case.accepted:
        raise CaseAlreadyAccepted
    refuse_unstated_unit(command.to_unit, Origin.OFFICE, field="to_unit")
    refuse_crossing(command.to_division, case)
    refuse_complained_elsewhere(command.to_unit, command.to_division, case)
    return [assigned]
