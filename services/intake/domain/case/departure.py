"""How the office ends a case without handling it: 导入法定途径, 并案.

Diverted to a statutory route, or linked to the case that handles the matter.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from shared.contracts.case_codes import LinkReason, Route
from shared.contracts.event import Event
from shared.contracts.intake import CaseDiverted, CaseLinked
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DivertCase:
    """导入法定途径 [R31]."""

    route: Route
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    """并案: the matter is handled under another case [R19, R36]."""

    to_case_id: str | None
    why: LinkReason
    origin: Origin = Origin.OFFICE


class LinkNeedsACase(Refusal):
    """A link names the case under which the matter is handled."""

    status = 422
    title = "The other case is missing"


class CaseLinkedToItself(Refusal):
    """A case cannot be handled under itself."""

    status = 422
    title = "The case is linked to itself"


def divert(command: DivertCase, case: CaseFile) -> list[Event]:
    """To the statutory route that comes before the petition procedure."""
    diverted = CaseDiverted(route=command.route, **case.about(command.origin))
    if case.holds(diverted):
        return []
    if command.route is Route.NOT_STATED and command.origin is Origin.OFFICE:
        raise NotStatedOnlyByImport(field="route")
    refuse_if_ended(case)
    return [diverted]


def link(command: LinkCase, case: CaseFile) -> list[Event]:
    """Under the case that handles the matter; a register may not know which."""
    linked = CaseLinked(
        to_case_id=command.to_case_id, why=command.why, **case.about(command.origin)
    )
    if case.holds(linked):
        return []
    if command.to_case_id is None and command.origin is Origin.OFFICE:
        raise LinkNeedsACase
    if command.to_case_id == linked.case_id:
        raise CaseLinkedToItself
    refuse_if_ended(case)
    return [linked]
