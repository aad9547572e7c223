"""导入法定途径 (diversion): the matter goes to the statutory route that the law has for it [R31]."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import refuse_untaken
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.routing import refuse_another_route
from shared.contracts.case_codes import Route
from shared.contracts.event import Event
from shared.contracts.intake import CaseDiverted


@dataclass(frozen=True, slots=True, kw_only=True)
class DivertCase:
    """导入法定途径 [R31]."""

    route: Route
    origin: Origin = Origin.OFFICE


def divert(command: DivertCase, case: CaseFile) -> list[Event]:
    """To the statutory route that comes before the petition procedure."""
    diverted = CaseDiverted(route=command.route, **case.about(command.origin))
    if case.holds(diverted):
        return []
    if command.route is Route.NOT_STATED and command.origin is Origin.OFFICE:
        raise NotStatedOnlyByImport(field="route")
    refuse_if_ended(case)
    refuse_untaken(case)
    if command.origin is Origin.OFFICE:
        refuse_another_route(command.route, case)
    return [diverted]
