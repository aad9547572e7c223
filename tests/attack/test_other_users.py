"""Other users of the machine reach nothing of the running system, and PostgreSQL is one of its own."""

import os
import pwd
import subprocess

import psutil
import pytest

from deploy.local.supervision import Supervisor
from tests.attack.test_ports_of_others import family
from tests.deploy.commands import System

pytestmark = [
    pytest.mark.parts,
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can play another user"),
]


def test_postgresql_of_a_machine_s_root_is_no_other_program_s_user(whole: System) -> None:
    pid = Supervisor(whole.run_folder).state("postgres").pid
    users = {psutil.Process(each).uids().real for each in family(pid)}
    known = {entry.pw_uid for entry in pwd.getpwall()} - {0}
    assert len(users) == 1
    assert not users & known
    folder = (whole.folder / "postgres").stat()
    assert {folder.st_uid} == users
    assert folder.st_mode & 0o077 == 0


def test_a_process_of_nobody_reaches_neither_files_nor_socket(whole: System) -> None:
    run = whole.run_folder
    nobody = pwd.getpwnam("nobody").pw_uid
    places = (run.path, run.postgres.folder / "global", run.postgres.sockets, run.issuer_socket)
    for place in places:
        done = subprocess.run(
            ["/bin/ls", place],
            user=nobody,
            group=nobody,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "denied" in done.stderr
