"""A backup of a running system, and the data folder that is made of it."""

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.deploy.commands import System

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(900)]


def test_a_restored_system_knows_what_the_backup_knew(fresh_system: System) -> None:
    fresh_system.up()
    _write(fresh_system, "before")
    backup = fresh_system.folder.parent / "backup"
    assert "checked" in fresh_system.concord("backup", str(backup))
    _write(fresh_system, "after")
    fresh_system.concord("down")
    restored = replace(fresh_system, folder=fresh_system.folder.parent / "restored")
    restored.concord("restore", str(backup))
    try:
        restored.up()
        assert _written(restored) == ["before"]
    finally:
        restored.concord("down")
    assert "not empty" in restored.concord("restore", str(backup), expect=2)
    _everything_is_private(backup)
    _damage(backup)
    unborn = replace(restored, folder=restored.folder.parent / "unborn")
    assert "damaged" in unborn.concord("restore", str(backup), expect=1)
    assert not unborn.folder.exists()


def test_what_is_stopped_or_no_backup_is_told_in_a_sentence(fresh_system: System) -> None:
    folder = fresh_system.folder.parent
    assert "no system" in fresh_system.concord("backup", str(folder / "copy"), expect=3)
    assert "no backup" in fresh_system.concord("restore", str(folder), expect=2)


def _everything_is_private(backup: Path) -> None:
    for place in (backup, *backup.rglob("*")):
        assert not place.stat().st_mode & 0o077, place


def _damage(backup: Path) -> None:
    Path(backup, "postgres", "PG_VERSION").write_text("19\n", encoding="utf-8")


def _write(system: System, word: str) -> None:
    with psycopg.connect(system.run_folder.superuser_dsn, autocommit=True) as connection:
        connection.execute("create table if not exists said (word text)")
        connection.execute("insert into said values (%s)", (word,))


def _written(system: System) -> list[str]:
    with psycopg.connect(system.run_folder.superuser_dsn) as connection:
        return [word for (word,) in connection.execute("select word from said")]
