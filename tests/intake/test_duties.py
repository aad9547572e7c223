"""The duty catalogue suggests and warns: a county's duty is not pushed to a village in silence."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.intake.domain.duties import UNVERIFIED, Duty
from services.intake.domain.registry import Registry, Unit
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitLevel, UnitType
from tests.intake.doors import COUNTY, TOWNSHIP, Doors
from tests.intake.registry import registered_unit

TODAY = date(2025, 6, 30)
LAND = Duty(Category.LAND, UnitType.NATURAL_RESOURCES, UnitLevel.COUNTY)


def unit(unit_type: UnitType, division: str = TOWNSHIP, code: str = "x", **more: Any) -> Unit:
    name = f"id-{division}-{code}"
    return Unit(
        unit_id=name,
        division=division,
        code=code,
        unit_type=unit_type,
        title="某单位",
        valid_from=date(2025, 1, 1),
        **more,
    )


@pytest.mark.parametrize(
    ("unit_type", "division", "warned"),
    [
        (UnitType.VILLAGE_COMMITTEE, TOWNSHIP, True),
        (UnitType.FINANCE, TOWNSHIP, True),
        (UnitType.NATURAL_RESOURCES, TOWNSHIP, False),
        (UnitType.FINANCE, COUNTY, False),
        (UnitType.PETITION_OFFICE, TOWNSHIP, False),
        (UnitType.GOVERNANCE_CENTER, TOWNSHIP, False),
    ],
)
def test_a_duty_of_the_county_is_pushed_down_to_a_lower_unit_of_another_branch(
    unit_type: UnitType, division: str, *, warned: bool
) -> None:
    found = UNVERIFIED.pushed_down(Category.LAND, unit(unit_type, division))
    assert found == (LAND if warned else None)


def test_of_an_unknown_unit_and_of_a_matter_without_a_duty_there_is_no_warning() -> None:
    village = unit(UnitType.VILLAGE_COMMITTEE)
    assert UNVERIFIED.pushed_down(Category.LAND, None) is None
    assert UNVERIFIED.pushed_down(Category.OTHER, village) is None
    assert UNVERIFIED.suggested(Category.OTHER, Registry.EMPTY, division=TOWNSHIP, on=TODAY) == ()


def test_units_of_the_dutys_level_are_suggested_first_and_no_ended_one() -> None:
    office, bureau = (
        unit(UnitType.NATURAL_RESOURCES),
        unit(UnitType.NATURAL_RESOURCES, COUNTY),
    )
    ended = unit(UnitType.NATURAL_RESOURCES, code="y", ended_on=TODAY)
    elsewhere = unit(UnitType.NATURAL_RESOURCES, "519900102")
    registry = Registry.of([office, bureau, ended, elsewhere, unit(UnitType.FINANCE, code="z")])
    found = UNVERIFIED.suggested(Category.LAND, registry, division=TOWNSHIP, on=TODAY)
    assert found == (bureau, office)


def test_every_category_has_one_duty_or_none() -> None:
    categories = [duty.category for duty in UNVERIFIED.duties]
    assert len(categories) == len(set(categories))
    assert set(Category) - set(categories) == {Category.OTHER, Category.UNCLASSIFIED}


def code(stem: str) -> str:
    """A code that no other test has."""
    return f"{stem}-{uuid4().hex[:8]}"


@pytest.mark.parts
async def test_the_answer_of_a_command_warns_and_refuses_nothing(doors: Doors) -> None:
    village, office = code("village"), code("land")
    await registered_unit(doors, village, unit_type="village-committee", title="某村民委员会")
    await registered_unit(doors, office, unit_type="natural-resources", title="自然资源所")
    case_id = await doors.file(category="land")
    answer = await doors.tell(case_id, ("forward", {"to_unit": village}))
    assert answer.json()["warning"] == {
        "code": "duty-pushed-down",
        "catalogue": UNVERIFIED.version,
        "category": "land",
        "unit": village,
        "unit_type": "natural-resources",
        "level": "county",
    }
    assert "warning" not in (await doors.tell(case_id, ("forward", {"to_unit": office}))).json()
    body = {"responsible_unit": village, "handler": "post-1"}
    answer = await doors.tell(case_id, ("accept", body))
    assert answer.json()["warning"]["unit"] == village
    suggested = (await doors.get(f"/cases/{case_id}/suggested-units")).json()
    assert suggested["warning"]["unit"] == village
    assert office in {each["code"] for each in suggested["units"]}
    assert suggested["duty"] == {
        "category": "land",
        "unit_type": "natural-resources",
        "level": "county",
    }


@pytest.mark.parts
async def test_a_repeat_is_warned_again(doors: Doors) -> None:
    village = code("village")
    await registered_unit(doors, village, unit_type="village-committee", title="某村民委员会")
    case_id, key = await doors.file(category="land"), uuid4().hex
    first, again = [
        await doors.post(f"/cases/{case_id}/forward", {"to_unit": village}, Idempotency_Key=key)
        for _ in range(2)
    ]
    assert first.json() == again.json()
    assert again.json()["warning"]["unit"] == village


@pytest.mark.parts
async def test_the_unit_that_is_complained_about_is_not_suggested(doors: Doors) -> None:
    office = code("land")
    await registered_unit(doors, office, unit_type="natural-resources", title="自然资源所")
    case_id = await doors.file(category="land", complained_unit=office)
    suggested = (await doors.get(f"/cases/{case_id}/suggested-units")).json()
    assert office not in {each["code"] for each in suggested["units"]}


@pytest.mark.parts
async def test_the_catalogue_is_read_with_its_version(doors: Doors) -> None:
    shown = (await doors.get("/duties")).json()
    assert shown["version"] == "duties.1-unverified"
    assert {"category": "land", "unit_type": "natural-resources", "level": "county"} in (
        shown["duties"]
    )
    gone = await doors.get(f"/cases/{COUNTY}-0198a5c0-0000-7000-8000-00000000dead/suggested-units")
    assert gone.status_code == 404
