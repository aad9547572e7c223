"""The boards, the roster and the vault of a running mediation are compared with its ledgers."""

import psycopg
import pytest

from services.mediation.live_check import TABLES
from services.mediation.store.vault_files import EntryKind
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_files
from shared.vault import Vault
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    REFUSE,
    Doors,
    assign,
    hold,
    sign,
)
from tests.mediation.filling import done_at_once, fill_in, history

pytestmark = pytest.mark.parts

FAILED = ("fail", {"ground": "no-agreement", "routes_told": ["court", "arbitration"]})
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


async def test_an_erased_party_is_no_finding(empty_doors: Doors) -> None:
    dispute = await a_dispute_with_every_text(empty_doors)
    await empty_doors.tell(dispute, FAILED)
    party = (await history(empty_doors, dispute))[0]["data"]["applicants"][0]
    body = {"reason_code": "at-request"}
    path = f"/parties/{party}/erase"
    answer = await empty_doors.post(path, body, role=Role.TOWNSHIP_LEADER)
    assert answer.status_code == 200, answer.text
    assert await found(empty_doors) == []
    assert delete_files(empty_doors.database.owner_dsn, COUNTY) == (2, [])
    assert await found(empty_doors) == []


async def a_dispute_with_every_text(doors: Doors) -> str:
    committee = await doors.set_up()
    dispute = await doors.apply(committee)
    await doors.tell(dispute, (CONSENT[0], CONSENT[1] | {"text": "愿意"}), assign(committee))
    await doors.tell(dispute, hold(committee), ("draft", {"dictation": "沟归两家共用。"}))
    await fill_in(doors, dispute, done_at_once())
    return dispute


@pytest.mark.parametrize("kind", sorted(set(EntryKind) - {EntryKind.PERSON, EntryKind.AGREEMENT}))
async def test_a_text_that_is_gone_is_named(empty_doors: Doors, kind: EntryKind) -> None:
    dispute = await a_dispute_with_every_text(empty_doors)
    assert await found(empty_doors) == []
    with psycopg.connect(empty_doors.database.superuser_dsn) as connection:
        gone = connection.execute("delete from vault_entry where kind = %s", (kind,))
        assert gone.rowcount == 1
    [finding] = await found(empty_doors)
    assert f"the vault lacks a text of {dispute}: " in finding


async def test_the_text_of_an_agreement_that_is_gone_is_named(empty_doors: Doors) -> None:
    committee = await empty_doors.set_up()
    dispute = await empty_doors.apply(committee)
    await empty_doors.tell(dispute, CONSENT, assign(committee), hold(committee), sign(committee))
    with psycopg.connect(empty_doors.database.superuser_dsn) as connection:
        gone = connection.execute("delete from vault_entry where kind = 'agreement'")
        assert gone.rowcount == 1
    [finding] = await found(empty_doors)
    assert f"the vault lacks a text of {dispute}: " in finding


@pytest.mark.parametrize(
    "tables", [("vault_person",), ("vault_entry",), ("vault_entry", "vault_person")]
)
@pytest.mark.parametrize("whose", ["applicants", "mediation_id"])
async def test_a_file_that_is_gone_without_an_erasure_is_named(
    doors: Doors, tables: tuple[str, ...], whose: str
) -> None:
    [dispute, *_] = (await doors.get("/mediations")).json()["items"]
    applied = (await history(doors, dispute["mediation_id"]))[0]["data"]
    ref = applied["mediation_id"] if whose == "mediation_id" else applied[whose][0]
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        for table in tables:
            gone = connection.execute(
                f"delete from {table} where person_ref = %s".encode(), (ref,)
            )
            assert gone.rowcount == 1
    finding = (await found(doors))[0]
    assert ref in finding


async def test_texts_whose_seals_were_exchanged_are_named(doors: Doors) -> None:
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        connection.execute(
            "update vault_entry as one set sealed = other.sealed from vault_entry as other"
            " where one.kind = 'application' and other.kind = 'application' and one <> other"
        )
    told = await found(doors)
    assert len(told) == 2
    assert all("is not what its digest says" in each for each in told)
