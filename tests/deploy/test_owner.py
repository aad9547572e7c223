"""Who PostgreSQL runs as where root starts it: nobody that the machine knows."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.listeners import listens
from deploy.local.owner import Owner, choose_owner
from deploy.local.parts import start_postgres
from deploy.local.ports import reserved_ports
from deploy.local.postgres import Postgres, binaries
from tests.running_parts import folder_that_vanishes

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs somebody else")


@pytest.fixture
def home() -> Iterator[Path]:
    with folder_that_vanishes() as folder:
        folder.chmod(0o711)
        made = folder / "data"
        made.mkdir(mode=0o700)
        yield made


def chosen(home: Path) -> Owner:
    return choose_owner(binaries() / "postgres", home)


def test_it_is_a_number_that_no_user_has_and_stays_the_same(home: Path) -> None:
    owner = chosen(home)
    assert owner.uid == owner.gid
    assert owner.uid not in {entry.pw_uid for entry in pwd.getpwall()}
    assert chosen(home) == owner
    assert home.stat().st_gid == owner.gid
    assert home.stat().st_mode & 0o777 == 0o710


def test_the_owner_of_the_data_goes_before_what_the_path_gives(home: Path) -> None:
    (home / "postgres").mkdir()
    os.chown(home / "postgres", 48_777, 48_777)
    assert chosen(home).uid == 48_777


def test_data_that_nobody_owned_is_taken_whole_also_after_a_kill(home: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    data = home / "postgres"
    (data / "base").mkdir(parents=True)
    for place in (data, data / "base"):
        os.chown(place, nobody, -1)
    owner = chosen(home)
    assert owner.uid not in {None, nobody}
    os.chown(data / "base", owner.uid or 0, -1)
    owner.take(data)
    assert {place.stat().st_uid for place in (data, data / "base")} == {owner.uid}


@pytest.mark.parts
@pytest.mark.slow
def test_in_a_folder_that_only_root_may_enter_it_runs_in_a_user_namespace(home: Path) -> None:
    home.parent.chmod(0o700)
    try:
        owner = chosen(home)
    except Exception as reason:  # noqa: BLE001  a container may forbid user namespaces
        pytest.skip(str(reason))
    assert owner.uid is None
    with reserved_ports(1) as (port,):
        cluster = Postgres.in_folder(home, port)
        part = start_postgres(cluster, "password")
        try:
            assert listens(part.process.pid, port)
            assert cluster.folder.stat().st_uid == 0
        finally:
            part.stop()
