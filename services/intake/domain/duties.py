"""责任清单 (the duty catalogue): which type of unit is competent for which matters: policy data.

It suggests and warns; a person decides, and nothing is refused by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.intake.domain.registry import Registry, Unit
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitLevel, UnitType
from shared.divisions import county_of

_HEIGHT = {UnitLevel.VILLAGE: 0, UnitLevel.TOWNSHIP: 1, UnitLevel.COUNTY: 2}


@dataclass(frozen=True, slots=True)
class Duty:
    """Matters of this kind are a duty of units of this type, at this level."""

    category: Category
    unit_type: UnitType
    level: UnitLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCatalogue:
    """The duties of a county and its townships; a change is a new version."""

    version: str
    duties: tuple[Duty, ...]
    coordinating: frozenset[UnitType]
    """Types that take every matter in, to pass it on or to see to it: no warning is about them."""

    def duty_of(self, category: Category) -> Duty | None:
        """Whose duty matters of the category are; None where the catalogue has none."""
        return next((duty for duty in self.duties if duty.category is category), None)

    def suggested(
        self, category: Category, registry: Registry, *, division: str, on: date
    ) -> tuple[Unit, ...]:
        """The competent units of the division and of its county: those of the duty's level first."""
        duty = self.duty_of(category)
        if duty is None:
            return ()
        found = list(_of_type(duty.unit_type, registry, division, on))
        return tuple(sorted(found, key=lambda unit: (unit.level is not duty.level, unit.place)))

    def pushed_down(self, category: Category, unit: Unit | None) -> Duty | None:
        """The duty of a higher level that the unit would get; None where there is nothing to warn of.

        The branch of a competent authority at a lower level, of the same type, is no lower unit.
        """
        duty = self.duty_of(category)
        if duty is None or unit is None or unit.unit_type in self.coordinating:
            return None
        is_lower = _HEIGHT[unit.level] < _HEIGHT[duty.level]
        return duty if is_lower and unit.unit_type is not duty.unit_type else None

    def warning(self, category: Category, unit: Unit | None) -> dict[str, object] | None:
        """What is said of a duty that is pushed down, in codes."""
        duty = self.pushed_down(category, unit)
        if duty is None or unit is None:
            return None
        return {
            "code": "duty-pushed-down",
            "catalogue": self.version,
            "category": duty.category,
            "unit": unit.code,
            "unit_type": duty.unit_type,
            "level": duty.level,
        }


def _of_type(unit_type: UnitType, registry: Registry, division: str, on: date) -> Iterator[Unit]:
    for unit in registry.units.values():
        near = unit.division in {division, county_of(division)}
        if near and unit.unit_type is unit_type and unit.is_valid(on):
            yield unit


_COUNTY, _TOWNSHIP = UnitLevel.COUNTY, UnitLevel.TOWNSHIP

UNVERIFIED = DutyCatalogue(
    version="duties.1-unverified",
    duties=(
        Duty(Category.AGRICULTURE, UnitType.AGRICULTURE, _TOWNSHIP),
        Duty(Category.LAND, UnitType.NATURAL_RESOURCES, _COUNTY),
        Duty(Category.CONSTRUCTION, UnitType.HOUSING, _COUNTY),
        Duty(Category.LABOUR, UnitType.HUMAN_RESOURCES, _COUNTY),
        Duty(Category.HEALTH, UnitType.HEALTH, _COUNTY),
        Duty(Category.EDUCATION, UnitType.EDUCATION, _COUNTY),
        Duty(Category.CIVIL_AFFAIRS, UnitType.CIVIL_AFFAIRS, _TOWNSHIP),
        Duty(Category.POLITICS_AND_LAW, UnitType.POLITICAL_LEGAL, _COUNTY),
        Duty(Category.ECONOMY, UnitType.COMMERCE, _COUNTY),
        Duty(Category.TRANSPORT_ENERGY_ENVIRONMENT, UnitType.TRANSPORT, _COUNTY),
        Duty(Category.SCIENCE_CULTURE_SPORT, UnitType.CULTURE, _COUNTY),
        Duty(Category.PERSONNEL, UnitType.PERSONNEL, _COUNTY),
        Duty(Category.DISCIPLINE, UnitType.DISCIPLINE, _COUNTY),
        Duty(Category.PARTY_AND_GOVERNMENT, UnitType.GENERAL_OFFICE, _TOWNSHIP),
    ),
    coordinating=frozenset(
        {UnitType.PETITION_OFFICE, UnitType.GOVERNANCE_CENTER, UnitType.LEADERSHIP}
    ),
)
"""A placeholder [unverified]: the summary names a list of responsibilities and not what is in it. A
county puts its own in its place. That duties of departments are not pushed down is [WF24]."""
