"""Schema changes: forward only, additive, one migrator at a time, repeatable."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from shared.migrating import DatabaseNewer, migrate
from tests.parts import PostgresForTests
from tests.shared.ledgers import fresh_ledgers

ROOT = Path(__file__).resolve().parents[2]
REVISIONS = sorted(
    path
    for path in [
        *ROOT.glob("shared/migrations/versions/*"),
        *ROOT.glob("services/*/store/migrations/versions/*"),
    ]
    if path.suffix in {".py", ".sql"}
)
BREAKS_WHAT_RUNS = re.compile(
    r"\b(drop\s+(table|column|function|index|type|schema)|rename\s+(to|column)|"
    r"alter\s+column\s+\w+\s+(type|set\s+not\s+null)|truncate|delete\s+from|update\s+event)\b",
    re.IGNORECASE,
)


def test_there_are_revisions_to_look_at() -> None:
    assert {path.stem for path in REVISIONS} >= {"scope_0001", "ledger_0001", "inbox_0001"}


@pytest.mark.parametrize(
    "path", [p for p in REVISIONS if p.suffix == ".sql"], ids=lambda p: p.name
)
def test_no_revision_breaks_a_process_of_the_release_before(path: Path) -> None:
    found = BREAKS_WHAT_RUNS.search(path.read_text(encoding="utf-8"))
    assert found is None, path.name


@pytest.mark.parametrize(
    "path", [p for p in REVISIONS if p.suffix == ".sql"], ids=lambda p: p.name
)
def test_every_table_is_protected(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    made = set(re.findall(r"create table (?:if not exists )?(\w+)", script))
    protected = set(re.findall(r"concord_protect\('(\w+)'", script))
    assert made == protected


@pytest.mark.parametrize("path", [p for p in REVISIONS if p.suffix == ".py"], ids=lambda p: p.name)
def test_there_is_no_way_back(path: Path) -> None:
    assert "def downgrade" not in path.read_text(encoding="utf-8")


@pytest.mark.parts
def test_migrators_at_the_same_time_wait_for_each_other(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)

    def again(_: int) -> None:
        migrate(database.owner_dsn, service="trial", role=database.role, versions=tmp_path)

    with ThreadPoolExecutor(4) as several:
        list(several.map(again, range(8)))
    with psycopg.connect(database.owner_dsn) as connection:
        found = connection.execute("select version_num from schema_version").fetchall()
    assert {row[0] for row in found} == {"trial_0001"} | (
        {row[0] for row in found} & {"ledger_0001", "inbox_0001", "scope_0001"}
    )


@pytest.mark.parts
def test_a_database_of_a_newer_release_is_refused_in_a_sentence_and_left_as_it_is(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    with psycopg.connect(database.owner_dsn) as connection:
        connection.execute("update schema_version set version_num = 'trial_0099'")
    with pytest.raises(DatabaseNewer, match=r"trial was made by a newer release \(trial_0099"):
        migrate(database.owner_dsn, service="trial", role=database.role, versions=tmp_path)
    with psycopg.connect(database.owner_dsn) as connection:
        found = connection.execute("select version_num from schema_version").fetchall()
    assert {row[0] for row in found} == {"trial_0099"}


def test_only_postgresql_is_migrated() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        migrate("sqlite://", service="x", role="x", versions=Path())
