"""What is below a unit complained of, and a post in charge of it, sees nothing of reports and signals."""

from typing import Any

import pytest

from services.grid.policies import STEPS, shipped_terms
from services.grid.stream.outcomes import follow_intake, outcomes_over
from shared.identity import Role
from shared.office.following import Following
from shared.postgres import transaction
from tests.grid.doors import COUNTY, Doors
from tests.grid.test_reports import a_report
from tests.grid.test_signals import a_signal
from tests.shared.registry_events import RegistryLedger

pytestmark = pytest.mark.parts
BELOW: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "pump-team"}}
IN_CHARGE: dict[str, Any] = {
    "role": Role.TOWNSHIP_LEADER,
    "claims": {"unit": "party-office", "post": "deputy"},
}
LEDGER = "/ledgers/519900101/events"
OTHER: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "roads"}}


def fold_of(doors: Doors) -> Following:
    terms = shipped_terms(STEPS)
    return follow_intake(outcomes_over(doors.office.ledger, county=COUNTY, terms=terms))


async def registry(doors: Doors) -> None:
    """The pump team is below the water station, of which the deputy is in charge."""
    ledger = RegistryLedger()
    ledger.unit("water-station")
    ledger.unit("pump-team", parent="water-station")
    ledger.post("deputy", "party-office", "water-station")
    async with transaction(doors.office.pool, COUNTY) as connection:
        await fold_of(doors).apply(connection, ledger.events)


async def found(doors: Doors, path: str, **how: Any) -> bool:
    answer = await doors.get(path, **how)
    assert answer.status_code in {200, 404}, answer.text
    return answer.status_code == 200


async def test_reports_and_signals_are_kept_from_units_below_and_posts_in_charge(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await registry(doors)
    report = await a_report(doors, about_unit="water-station")
    signal = await a_signal(doors, complained_unit="water-station")
    for path, one in (("/reports", report), ("/signals", signal)):
        for who, sees in ((BELOW, False), (IN_CHARGE, False), (OTHER, True)):
            assert await found(doors, f"{path}/{one}", **who) is sees, (path, who)
            assert (one in (await doors.get(path, **who)).text) is sees, (path, who)
        for who, sees in ((BELOW, False), (IN_CHARGE, False), (OTHER, True)):
            page = await doors.get(LEDGER, limit=200, **who | {"role": Role.AUDITOR})
            assert (one in page.text) is sees, who
    assert await found(doors, f"/signals/{signal}/words", **OTHER)
    assert not await found(doors, f"/signals/{signal}/words", **BELOW)


async def test_what_complains_of_a_unit_below_is_shown_above(empty_doors: Doors) -> None:
    doors = empty_doors
    await registry(doors)
    signal = await a_signal(doors, complained_unit="pump-team")
    above = {"role": Role.CLERK, "claims": {"unit": "water-station"}}
    assert await found(doors, f"/signals/{signal}", **above)
