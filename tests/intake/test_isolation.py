"""What intake's own database role can reach by raw SQL: its scope, and nothing beside it."""

import psycopg
import pytest
from psycopg import errors, sql

from shared.postgres import transaction
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, NEIGHBOUR, TOWNSHIP, Doors

pytestmark = pytest.mark.parts

OF_TOWNSHIPS = ("vault_person", "vault_entry", "case_board", "query_code", "external_reference")
PROTECTED = (*OF_TOWNSHIPS, "case_number_block", "ledger", "event", "command_receipt", "relayed")


async def seen(doors: Doors, scope: str, table: str) -> set[str]:
    query = sql.SQL("select division_code from {}").format(sql.Identifier(table))
    async with transaction(doors.pool, scope) as connection:
        return {row[0] for row in await (await connection.execute(query)).fetchall()}


@pytest.fixture(scope="module", autouse=True)
async def some_cases(doors: Doors) -> None:
    for division in (TOWNSHIP, NEIGHBOUR):
        case_id = await doors.file(division)
        for verb, body in (ACCEPT, ANSWER):
            answer = await doors.post(
                f"/cases/{case_id}/{verb}", body, division=division, Idempotency_Key=case_id
            )
            assert answer.status_code == 200
    async with transaction(doors.pool, COUNTY) as connection:
        for division in (TOWNSHIP, NEIGHBOUR):
            await connection.execute(
                "insert into external_reference values (%s, 'x', %s, %s, %s)",
                (COUNTY, division, division, division),
            )


@pytest.mark.parametrize("table", OF_TOWNSHIPS)
async def test_a_scope_shows_its_own_township_only(doors: Doors, table: str) -> None:
    assert await seen(doors, TOWNSHIP, table) == {TOWNSHIP}
    assert await seen(doors, COUNTY, table) >= {TOWNSHIP, NEIGHBOUR}


@pytest.mark.parametrize("scope", ["", "519901", "519900999"])
@pytest.mark.parametrize("table", PROTECTED)
async def test_no_scope_and_a_strange_scope_show_nothing(
    doors: Doors, table: str, scope: str
) -> None:
    assert await seen(doors, scope, table) == set()


@pytest.mark.parametrize("table", PROTECTED)
async def test_a_connection_that_sets_no_scope_sees_nothing(doors: Doors, table: str) -> None:
    query = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
    async with doors.pool.connection() as connection:
        row = await (await connection.execute(query)).fetchone()
    assert row == (0,)


async def test_a_row_of_another_township_cannot_be_written(doors: Doors) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        async with transaction(doors.pool, TOWNSHIP) as connection:
            await connection.execute(
                "insert into vault_person values (%s, 'p', 'k')", (NEIGHBOUR,)
            )


async def test_a_line_cannot_be_moved_to_another_township(doors: Doors) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        async with transaction(doors.pool, TOWNSHIP) as connection:
            await connection.execute("update case_board set division_code = %s", (NEIGHBOUR,))


async def test_another_townships_line_cannot_be_changed(doors: Doors) -> None:
    async with transaction(doors.pool, TOWNSHIP) as connection:
        changed = await connection.execute(
            "update case_board set state = 'closed' where division_code = %s", (NEIGHBOUR,)
        )
    assert changed.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update event set data = '{}'",
        "delete from event",
        "delete from vault_entry",
        "update vault_person set wrapped_key = ''",
        "delete from case_board",
        "truncate event",
        "drop table event",
        "alter table event disable row level security",
        "create table mine (x int)",
        "update query_code set code_mac = ''",
    ],
)
async def test_the_services_role_may_do_no_more_than_it_needs(
    doors: Doors, statement: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        async with transaction(doors.pool, COUNTY) as connection:
            await connection.execute(statement.encode())


@pytest.mark.parametrize("role", ["postgres", "owner"])
async def test_the_services_role_cannot_become_another(doors: Doors, role: str) -> None:
    owner = psycopg.conninfo.conninfo_to_dict(doors.database.owner_dsn)["user"]
    wanted = sql.Identifier(str(owner) if role == "owner" else role)
    with pytest.raises(errors.InsufficientPrivilege):
        async with doors.pool.connection() as connection:
            await connection.execute(sql.SQL("set role {}").format(wanted))


async def test_every_table_of_the_service_is_protected(doors: Doors) -> None:
    query = """
        select relname, relrowsecurity and relforcerowsecurity from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace
          and relname <> 'schema_version'
    """
    async with doors.pool.connection() as connection:
        tables: dict[str, bool] = dict(await (await connection.execute(query)).fetchall())
    assert set(tables) >= set(PROTECTED)
    assert [name for name, protected in tables.items() if not protected] == []
