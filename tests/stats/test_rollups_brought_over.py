"""A database of the release that kept one row a counter: its counts are brought over."""

import shutil
from pathlib import Path

import psycopg
import pytest

from services.stats.migrate import VERSIONS
from shared.migrating import migrate
from tests.parts import FreshDatabase, PostgresForTests
from tests.stats.lives import TOWNSHIP

_CELLS = f"""
    insert into case_rollup (division_code, counter, day, category, village_code, value) values
        ('{TOWNSHIP}', 'filed', '2025-03-04', 'land', '', 3),
        ('{TOWNSHIP}', 'answered_within_15', '2025-03-04', 'land', '', 2),
        ('{TOWNSHIP}', 'filed', '2025-03-05', 'water', '{TOWNSHIP}201', 1),
        ('{TOWNSHIP}', 'resolved', '2025-03-04', 'land', '', 0);
    insert into case_rollup_month (division_code, counter, month, value) values
        ('{TOWNSHIP}', 'filed', '2025-03-01', 4),
        ('{TOWNSHIP}', 'answered_within_15', '2025-03-01', 2);
"""


@pytest.fixture
def database(postgres: PostgresForTests, tmp_path: Path) -> FreshDatabase:
    """Filled as it was before, then brought to this release."""
    database = postgres.fresh_database("stats")
    for path in VERSIONS.glob("stats_000[12].*"):
        shutil.copy(path, tmp_path)
    migrate(database.owner_dsn, service="stats", role=database.role, versions=tmp_path)
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(_CELLS.encode())
    migrate(database.owner_dsn, service="stats", role=database.role, versions=VERSIONS)
    return database


@pytest.mark.parts
def test_every_count_finds_its_place(database: FreshDatabase) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        days = connection.execute(
            "select anchor, day::text, counts from case_day_rollup"
        ).fetchall()
        months = connection.execute("select anchor, counts from case_month_rollup").fetchall()
    assert sorted(days) == [
        ("filed", "2025-03-04", [3, 0, 0, 0, 0, 0, 2, 0, 0]),
        ("filed", "2025-03-05", [1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("resolved", "2025-03-04", [0]),
    ]
    assert months == [("filed", [4, 0, 0, 0, 0, 0, 2, 0, 0])]


@pytest.mark.parts
def test_a_process_of_the_release_before_is_refused_what_stands_still(
    database: FreshDatabase,
) -> None:
    with psycopg.connect(database.dsn) as connection, pytest.raises(psycopg.ProgrammingError):
        connection.execute("select * from case_rollup")
