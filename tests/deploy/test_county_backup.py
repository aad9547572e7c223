"""The scripts by which a county's run is backed up and restored, in folders of the test."""

import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.postgres import binaries
from shared.services import LEDGER_KEEPERS as KEEPERS
from tests.parts import PostgresForTests

SCRIPTS = Path(__file__).parents[2] / "deploy" / "compose"


@dataclass(frozen=True)
class County:
    """The volumes that the scripts see, below one folder."""

    home: Path

    @property
    def databases(self) -> Path:
        return self.home / "postgresql" / "18" / "docker"

    def journal(self, service: str) -> Path:
        return self.home / "journals" / service / f"{service}.journal"

    def run(
        self, script: str, *words: str, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        text = (SCRIPTS / script).read_text("utf-8")
        for place in ("/backups", "/journals", "/run/secrets"):
            text = text.replace(place, f"{self.home}{place.replace('/run', '')}")
        text = text.replace("--host postgres", "--host 127.0.0.1")
        given = {"PATH": os.environ["PATH"], "PGDATA": str(self.databases), **environment}
        command = ["bash", "-c", text, script, *words]
        return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


@pytest.fixture
def county(tmp_path: Path) -> County:
    county = County(tmp_path)
    for service in KEEPERS:
        county.journal(service).parent.mkdir(parents=True)
        county.journal(service).write_text(f"seals of {service}\n")
    (tmp_path / "backups").mkdir()
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "postgres_superuser_password").write_text("secret\n")
    return county


def lose(county: County, *, journals: bool) -> None:
    shutil.rmtree(county.home / "postgresql", ignore_errors=True)
    for service in KEEPERS if journals else []:
        county.journal(service).unlink()


def a_copied_cluster(county: County, name: str = "first") -> Path:
    """As `pg_basebackup` leaves one: the server's files and the log apart."""
    folder = county.home / "backups" / name / "postgres"
    files = county.home / "files"
    (files / "pg_wal").mkdir(parents=True)
    (files / "PG_VERSION").write_text("18\n")
    folder.mkdir(parents=True)
    with tarfile.open(folder / "base.tar.gz", "w:gz") as archive:
        archive.add(files / "PG_VERSION", "PG_VERSION")
        archive.add(files / "pg_wal", "pg_wal")
    (files / "000000010000000000000002").write_text("log")
    with tarfile.open(folder / "pg_wal.tar.gz", "w:gz") as archive:
        archive.add(files / "000000010000000000000002", "000000010000000000000002")
    for service in KEEPERS:
        with tarfile.open(folder.parent / f"journal-{service}.tar", "w") as archive:
            archive.add(county.journal(service).parent, ".")
    return folder


def test_a_restore_puts_the_log_in_and_journals_that_are_gone(county: County) -> None:
    a_copied_cluster(county)
    lose(county, journals=True)
    done = county.run("restore.sh", "first")
    assert done.returncode == 0, done.stderr
    assert (county.databases / "PG_VERSION").read_text() == "18\n"
    assert (county.databases / "pg_wal" / "000000010000000000000002").read_text() == "log"
    assert county.journal("intake").read_text() == "seals of intake\n"
    assert "accept-restore" not in done.stdout


def test_a_restore_keeps_a_journal_that_outlived_the_databases(county: County) -> None:
    """It is what shows that recorded events are missing."""
    a_copied_cluster(county)
    lose(county, journals=False)
    county.journal("grid").write_text("later seals of grid\n")
    done = county.run("restore.sh", "first")
    assert done.returncode == 0, done.stderr
    assert county.journal("grid").read_text() == "later seals of grid\n"
    assert "accept-restore --reason backup-restored --service grid" in done.stdout


def test_a_restore_that_breaks_off_leaves_no_database(county: County) -> None:
    folder = a_copied_cluster(county)
    lose(county, journals=False)
    log = folder / "pg_wal.tar.gz"
    log.write_bytes(log.read_bytes()[:-12])
    assert county.run("restore.sh", "first").returncode != 0
    assert not county.databases.exists()


def test_a_restore_leaves_databases_that_are_there(county: County) -> None:
    a_copied_cluster(county)
    county.databases.mkdir(parents=True)
    (county.databases / "PG_VERSION").write_text("17\n")
    done = county.run("restore.sh", "first")
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (county.databases / "PG_VERSION").read_text() == "17\n"


def test_a_backup_that_fails_leaves_nothing_and_counts_as_none(
    county: County, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pg_basebackup"
    program.write_text("#!/bin/sh\necho 'the server is away' >&2\nexit 1\n")
    program.chmod(0o755)
    done = county.run("backup.sh", "night", PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert done.returncode != 0
    assert list((tmp_path / "backups").iterdir()) == []
    assert not county.journal("intake").with_name("last-backup").exists()


@pytest.mark.parametrize(("code", "made"), [(1, True), (2, False)])
def test_a_seal_that_is_written_meanwhile_spoils_no_backup(
    county: County, tmp_path: Path, code: int, made: bool
) -> None:
    """`tar` then ends with 1; with 2 something could not be read."""
    (tmp_path / "bin").mkdir()
    for name, does in (
        ("tar", f'{shutil.which("tar")} "$@"; exit {code}'),
        ("pg_basebackup", ":"),
    ):
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
    done = county.run("backup.sh", "night", PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert (done.returncode == 0) is made
    assert (tmp_path / "backups" / "night" / "journal-intake.tar").exists() is made


@pytest.mark.parts
@pytest.mark.slow
def test_a_backup_has_the_log_that_was_written_meanwhile(
    county: County, postgres: PostgresForTests
) -> None:
    (county.home / "secrets" / "postgres_superuser_password").write_text(postgres.password)
    path = f"{binaries()}:{os.environ['PATH']}"
    done = county.run("backup.sh", "night", PATH=path, PGPORT=str(postgres.port))
    assert done.returncode == 0, done.stderr
    copied = county.home / "backups" / "night"
    assert copied.stat().st_mode & 0o077 == 0
    assert county.journal("intake").with_name("last-backup").exists()
    lose(county, journals=True)
    done = county.run("restore.sh", "night")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((copied / "postgres" / "backup_manifest").read_text())
    assert all((county.databases / each["Path"]).exists() for each in manifest["Files"])
    [log] = manifest["WAL-Ranges"]
    high, low = (int(part, 16) for part in log["Start-LSN"].split("/"))
    segment = f"{log['Timeline']:08X}{high:08X}{low >> 24:08X}"
    assert (county.databases / "pg_wal" / segment).exists()
