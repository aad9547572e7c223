"""The steps of a petitioner's case in the order of their times, and places in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.intake.api.resident_places import place_shown
from services.intake.domain.registry import Registry, Unit
from services.intake.domain.resident.hops import hops
from shared.contracts.event import Event
from shared.contracts.transfer_codes import ObjectionReason
from shared.contracts.transfers import CaseAssigned, RemitObjected
from shared.contracts.unit_codes import UnitType
from shared.decider import Mark

MORNING = datetime(2025, 3, 4, 1, tzinfo=UTC)
ON = date(2025, 3, 4)
COUNTY, WEST, EAST = "519900", "519900101", "519900102"


def an_id(division: str) -> str:
    return f"{division}-0198a5c0-0000-7000-8000-000000000001"


def assigned(division: str) -> Event:
    return CaseAssigned(
        case_id=an_id(COUNTY),
        matter_id=an_id(COUNTY),
        to_unit="petition-office",
        to_division=division,
    )


def objected(division: str) -> Event:
    return RemitObjected(
        case_id=an_id(division),
        matter_id=an_id(COUNTY),
        by_unit="petition-office",
        reason_code=ObjectionReason.NOT_COMPETENT,
    )


def unit(code: str, title: str, division: str = WEST, **changes: UnitType) -> Unit:
    return Unit(
        unit_id=f"{division}-{code}",
        division=division,
        code=code,
        unit_type=changes.get("unit_type", UnitType.JUSTICE),
        title=title,
        valid_from=date(2025, 1, 1),
    )


def test_steps_of_one_day_in_several_ledgers_are_in_the_order_of_their_times() -> None:
    home = [(assigned(WEST), 0), (assigned(EAST), 2)]
    receiver = [(objected(WEST), 1)]
    found = hops(
        (event, Mark(MORNING + timedelta(hours=hours))) for event, hours in home + receiver
    )
    assert [(each.step.value, each.division) for each in found] == [
        ("assigned", WEST),
        ("objected", WEST),
        ("assigned", EAST),
    ]


OFFICE = unit("letters", "青云镇信访办", unit_type=UnitType.PETITION_OFFICE)
REGISTRY = Registry.of(
    [
        OFFICE,
        unit("justice", "青云镇司法所"),
        unit("water", "水务站"),
        unit("water", "水务站", EAST),
    ]
)


@pytest.mark.parametrize(
    ("division", "code", "zh"),
    [
        (WEST, "justice", "青云镇司法所"),
        (WEST, None, "青云镇信访办"),
        (WEST, "petition-office", "青云镇信访办"),
        (EAST, None, "信访机构（519900102）"),
        (EAST, "petition-office", "信访机构（519900102）"),
        (WEST, "water", "水务站（519900101）"),
        (WEST, "unknown", "unknown（519900101）"),
    ],
)
def test_a_place_is_named_by_its_title_and_by_its_code_where_it_has_none(
    division: str, code: str | None, zh: str
) -> None:
    assert place_shown(REGISTRY, division, code, on=ON).zh == zh
