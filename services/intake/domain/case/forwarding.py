"""转送 (forwarding): the case is passed on to the unit that is competent."""

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin, refuse_unstated_unit
from shared.contracts.event import Event
from shared.contracts.intake import CaseForwarded
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardCase:
    """转送 [R22]."""

    to_unit: str
    report_due: datetime | None = None
    origin: Origin = Origin.OFFICE


class CaseAlreadyAccepted(Refusal):
    """A unit has accepted this case and keeps it until its end."""

    title = "The case was accepted already"


def forward(command: ForwardCase, case: CaseFile) -> list[Event]:
    """Only before somebody has accepted the case."""
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
