"""Facts of the release that kept one repeat a case in columns: the repeat is still known."""

import shutil
from datetime import date
from pathlib import Path

import psycopg
import pytest

from services.stats.migrate import VERSIONS
from services.stats.store.case_tables import CASES
from shared.folding import facts
from shared.migrating import migrate
from shared.postgres import new_pool, transaction
from tests.parts import PostgresForTests
from tests.stats.lives import COUNTY, TOWNSHIP

CASE = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001"
_FACT = f"""
    insert into case_fact (division_code, case_id, category, channel, first_or_repeat, imported,
                           filed_at, filed_seq, repeated_at, repeated_seq)
    values ('{TOWNSHIP}', '{CASE}', 'land', 'online', 'first', false,
            '2025-03-04 12:00+08', 1, '2025-05-01 23:59:59.123456+08', 3)
"""


@pytest.mark.parts
async def test_a_repeat_that_was_kept_in_columns_is_one_of_the_repeats(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = postgres.fresh_database("stats")
    for path in VERSIONS.glob("stats_000[1-5].*"):
        shutil.copy(path, tmp_path)
    migrate(database.owner_dsn, service="stats", role=database.role, versions=tmp_path)
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(_FACT.encode())
    migrate(database.owner_dsn, service="stats", role=database.role, versions=VERSIONS)
    async with (
        new_pool(database.dsn, name="stats-test", size=1) as pool,
        transaction(pool, COUNTY) as connection,
    ):
        found = await facts.read(connection, CASES, {TOWNSHIP}, [CASE])
    repeated = found[CASE].repeated
    assert repeated
    assert (repeated.on, repeated.seq, repeated.at.microsecond) == (date(2025, 5, 1), 3, 123456)
