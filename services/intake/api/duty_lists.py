"""The routes of the duty catalogue: what it has, and which units it suggests for a case."""

from fastapi import Response

from services.intake.api.case_bodies import DutyWarning
from services.intake.api.case_context import find_case
from services.intake.api.office import TheOffice
from services.intake.api.queries import Reader
from services.intake.api.reading import refuse_reader
from services.intake.api.registry_context import wait_for_registry
from services.intake.domain.case import CaseFile, CaseNotFound
from services.intake.domain.complained_unit import complained_units, is_or_is_below
from services.intake.domain.duties import UNVERIFIED, Duty
from services.intake.domain.registry import Registry, Unit
from services.intake.store.case_number import CaseReference
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitLevel, UnitType
from shared.divisions import division_of
from shared.http import AtLeast, Body, Router, answered, refused_with
from shared.times import china_day

router = Router(tags=["units and posts"])


class DutyShown(Body):
    """Matters of this kind are a duty of units of this type, at this level."""

    category: Category
    unit_type: UnitType
    level: UnitLevel


class Duties(Body):
    """The catalogue; a placeholder says so in its version."""

    version: str
    duties: list[DutyShown]
    coordinating: list[UnitType]
    """Types that take every matter in: no warning is about them."""


class UnitSuggested(Body):
    """A competent unit, of the case's division or of its county."""

    unit_id: str
    division: str
    code: str
    title: str
    unit_type: UnitType
    level: UnitLevel


class Suggestions(Body):
    """What the catalogue says of a case; a person decides."""

    catalogue: str
    duty: DutyShown | None
    """Null where the catalogue has no duty for the category."""
    units: list[UnitSuggested]
    """Those at the level of the duty first; never the one that is complained about."""
    warning: DutyWarning | None
    """Of the unit that has the case now."""


@router.get("/duties", response_model=Duties)
async def duties(_: Reader) -> Response:
    """责任清单: which type of unit is competent for which matters."""
    return answered(
        {
            "version": UNVERIFIED.version,
            "duties": [_duty(each) for each in UNVERIFIED.duties],
            "coordinating": UnitType.in_order(UNVERIFIED.coordinating),
        }
    )


@router.get(
    "/cases/{case_id}/suggested-units",
    response_model=Suggestions,
    responses=refused_with(CaseNotFound),
)
async def suggested_units(
    case_id: CaseReference, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The units that the duty catalogue suggests for the case."""
    await wait_for_registry(office, actor, at_least)
    case_id = await find_case(office, actor.scope, case_id)
    record = await office.cases.read(actor.scope, case_id)
    await refuse_reader(office, actor, record.state)
    registry = await office.registry(case_id)
    return answered(_suggestions(record.state, registry, office))


def _suggestions(case: CaseFile, registry: Registry, office: TheOffice) -> dict[str, object]:
    if case.registration is None:
        raise CaseNotFound
    category, today = case.registration.category, china_day(office.now())
    division = division_of(case.registration.case_id)
    complained = complained_units(case, registry)
    units = UNVERIFIED.suggested(category, registry, division=division, on=today)
    duty = UNVERIFIED.duty_of(category)
    holder = registry.unit(*registry.unit_now(division, case.unit, today))
    return {
        "catalogue": UNVERIFIED.version,
        "duty": duty and _duty(duty),
        "units": [
            _unit(each) for each in units if not is_or_is_below(each.place, complained, registry)
        ],
        "warning": UNVERIFIED.warning(category, holder),
    }


def _duty(duty: Duty) -> dict[str, object]:
    return {"category": duty.category, "unit_type": duty.unit_type, "level": duty.level}


def _unit(unit: Unit) -> dict[str, object]:
    return {
        "unit_id": unit.unit_id,
        "division": unit.division,
        "code": unit.code,
        "title": unit.title,
        "unit_type": unit.unit_type,
        "level": unit.level,
    }
