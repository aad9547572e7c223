"""转送 (forwarding): the case is passed on to the unit that is competent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.crossing import own_division, refuse_forwarding_across
from services.intake.domain.case.ended import refuse_if_elsewhere, refuse_if_ended
from services.intake.domain.case.origin import Origin, refuse_unstated_unit
from services.intake.domain.case.transfers import PETITION_OFFICE
from shared.contracts.event import Event
from shared.contracts.intake import CaseForwarded
from shared.divisions import COUNTY, county_of, division_of
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardCase:
    """转送 [R22]."""

    to_unit: str
    report_due: datetime | None = None
    to_division: str | None = None
    """Another township, or the county; the own division where it is left out."""
    had_it: frozenset[str] = frozenset()
    """The divisions that have a case of the matter, as they were looked up."""
    origin: Origin = Origin.OFFICE


class CaseAlreadyAccepted(Refusal):
    """A unit has accepted this case and keeps it until its end."""

    title = "The case was accepted already"


class GoesOneLevelUp(Refusal):
    """The petition complains about this unit: it goes one level up, never to the unit itself [R30, R46]."""

    title = "The complained unit does not handle the complaint"


def refuse_complained_unit(units: Iterable[str], case: CaseFile, *, field: str) -> None:
    """Raise where one of the units is the one that the petition complains about.

    Where the complaint does not state the division of the unit, it may mean the one of this code
    here. Only a petition office is then always that of the division that first filed the matter.
    """
    own = own_division(case)
    if case.complained_division:
        may_be_here = case.complained_division == own
    else:
        is_at_home = own in {division_of(case.home_case_id or own), county_of(own)}
        may_be_here = is_at_home or not case.complains_of(PETITION_OFFICE)
    if may_be_here and any(case.complains_of(unit) for unit in units):
        raise GoesOneLevelUp(field=field)


def refuse_complained_elsewhere(unit: str, division: str, case: CaseFile) -> None:
    """Raise where a unit of another division may be the one that the petition complains about.

    Where the complaint does not state the division of the unit, it may be any of this code. A
    petition office is then that of the division that first filed the matter. Nobody is below a
    county's petition office who could handle a complaint about it.
    """
    own, stated = own_division(case), case.complained_division
    at, of_office = (
        stated or division_of(case.home_case_id or own),
        case.complains_of(PETITION_OFFICE),
    )
    is_of_the_county = of_office and at == own and len(own) == COUNTY
    means_any = stated is None and not of_office
    if is_of_the_county or (case.complains_of(unit) and (means_any or division == at)):
        raise GoesOneLevelUp(field="to_unit")


def forward(command: ForwardCase, case: CaseFile) -> list[Event]:
    """Only before somebody has accepted the case; within the division, or out of it."""
    about = case.about(command.origin)
    across = command.to_division if command.to_division != own_division(case) else None
    forwarded = CaseForwarded(
        to_unit=command.to_unit, report_due=command.report_due, to_division=across, **about
    )
    if case.holds(forwarded):
        return []
    refuse_if_elsewhere(case)
    refuse_unstated_unit(command.to_unit, command.origin, field="to_unit")
    refuse_if_ended(case)
    if case.accepted:
        raise CaseAlreadyAccepted
    if across:
        refuse_forwarding_across(across, case, had_it=command.had_it)
        refuse_complained_elsewhere(command.to_unit, across, case)
    elif command.origin is Origin.OFFICE:
        refuse_complained_unit([command.to_unit], case, field="to_unit")
    return [forwarded]
