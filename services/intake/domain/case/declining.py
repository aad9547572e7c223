"""不予受理, 不再受理 (declining): the case is not accepted, with a ground that the law has."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import MatterIsAssigned, refuse_untaken
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.forwarding import CaseAlreadyAccepted
from services.intake.domain.case.origin import Origin
from shared.contracts.case_handling_codes import DeclineGround
from shared.contracts.event import Event
from shared.contracts.intake import CaseDeclined
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCase:
    """不予受理 [R19, R23], 不再受理 [R36]."""

    ground: DeclineGround
    competent_unit: str | None = None
    origin: Origin = Origin.OFFICE


class CompetentUnitMissing(Refusal):
    """Who is not competent tells the petitioner who is [R23]."""

    status = 422
    title = "The competent unit is missing"


class ObjectInstead(Refusal):
    """What another office passed on is objected to, or passed on: not declined as nobody's [R23]."""

    title = "The receiver objects to the matter instead"


def decline(command: DeclineCase, case: CaseFile) -> list[Event]:
    """Only before somebody has accepted the case."""
    declined = CaseDeclined(
        ground=command.ground,
        competent_unit=command.competent_unit,
        **case.about(command.origin),
    )
    if case.holds(declined):
        return []
    if command.ground is DeclineGround.NOT_COMPETENT and command.competent_unit is None:
        raise CompetentUnitMissing(field="competent_unit")
    refuse_if_ended(case)
    if case.accepted:
        raise CaseAlreadyAccepted
    if command.ground is DeclineGround.NOT_COMPETENT:
        if case.remit:
            raise ObjectInstead(field="ground")
        if case.transfers.is_bound:
            raise MatterIsAssigned
    refuse_untaken(case)
    return [declined]
