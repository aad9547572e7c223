"""What is below a unit complained of, and a post in charge of it, sees nothing of its disputes."""

from typing import Any

import pytest

from services.mediation.stream.policies import follow_intake
from shared.postgres import transaction
from tests.mediation.doors import COUNTY, KEYS, MARKS, Doors
from tests.mediation.test_kept_from import sees
from tests.shared.registry_events import RegistryLedger

pytestmark = pytest.mark.parts


async def test_disputes_are_kept_from_units_below_and_posts_in_charge(doors: Doors) -> None:
    ledger = RegistryLedger()
    ledger.unit("water-station")
    ledger.unit("pump-team", parent="water-station")
    ledger.post("deputy", "party-office", "water-station")
    fold = follow_intake(doors.office.ledger, KEYS, county=COUNTY, marks=MARKS)
    async with transaction(doors.office.pool, COUNTY) as connection:
        await fold.apply(connection, ledger.events)
    committee = await doors.set_up()
    dispute = await doors.apply(committee, complained_unit="water-station")
    wanted: list[tuple[dict[str, Any], bool]] = [
        ({"unit": "pump-team"}, False),
        ({"unit": "party-office", "post": "deputy"}, False),
        ({"unit": "party-office", "post": "post-2"}, True),
    ]
    for claims, seen in wanted:
        assert await sees(doors, dispute, claims=claims) is seen, claims
    shown = await doors.get("/work", claims={"unit": "pump-team"})
    assert dispute not in shown.text
