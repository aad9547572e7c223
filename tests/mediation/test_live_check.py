"""The boards, the roster and the vault of a running mediation are compared with its ledgers."""

import psycopg
import pytest

from services.mediation.live_check import TABLES
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.mediation.doors import CONSENT, COUNTY, KEYS, REFUSE, Doors

pytestmark = pytest.mark.parts

ONE_LEFT = """
    update mediator_roster set on_roster = false
    where mediator_id = (select min(mediator_id) from mediator_roster)
"""


async def found(doors: Doors) -> list[str]:
    return await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run()


@pytest.fixture
async def doors(empty_doors: Doors) -> Doors:
    committee = await empty_doors.set_up()
    await empty_doors.tell(await empty_doors.apply(committee), CONSENT)
    await empty_doors.tell(await empty_doors.apply(committee), REFUSE)
    return empty_doors


async def test_what_the_service_wrote_agrees(doors: Doors) -> None:
    assert await found(doors) == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update mediation_board set state = 'applied' where state = 'refused'", "state"),
        ("update mediation_board set ended_at = null where state = 'refused'", "ended_at"),
        ("update mediation_board set applicants = '{}' where state = 'refused'", "applicants"),
        ("update committee_board set women = women + 1", "women"),
        (
            ONE_LEFT,
            "on_roster",
        ),
    ],
)
async def test_a_row_that_was_changed_is_named(doors: Doors, statement: str, says: str) -> None:
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        connection.execute(statement.encode())
    [finding] = await found(doors)
    assert finding.endswith(f"{says} is not what the ledger comes to")


async def test_texts_whose_seals_were_exchanged_are_named(doors: Doors) -> None:
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        connection.execute(
            "update vault_entry as one set sealed = other.sealed from vault_entry as other"
            " where one.kind = 'application' and other.kind = 'application' and one <> other"
        )
    told = await found(doors)
    assert len(told) == 2
    assert all("is not what its digest says" in each for each in told)
