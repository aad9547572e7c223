"""Another user of the machine takes our ports, before and while we run, and hears no secret."""

import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from deploy.local.supervision import Supervisor
from deploy.local.waiting import wait_until
from tests.attack.test_private_files import secrets_of
from tests.deploy.commands import System, wait_for_line
from tests.deploy.conftest import PARTS, a_system

pytestmark = [
    pytest.mark.parts,
    pytest.mark.slow,
    # each starts a system of its own, which takes minutes where others need the processors
    pytest.mark.timeout(900),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can play another user"),
]
_PROGRAM = Path(__file__).parent / "squatter.py"


@pytest.fixture
def system() -> Iterator[System]:
    with a_system("data", PARTS, whole=False) as system:
        yield system


@dataclass
class Squatter:
    """A program of another user that holds our ports."""

    file: Path
    process: subprocess.Popen[str] = field(repr=False)
    taken: set[int] = field(default_factory=set)

    def heard(self) -> bytes:
        return self.file.read_bytes()

    def takes(self, port: int) -> None:
        """Each port is taken by a thread of its own, so that they are said in any order."""
        assert self.process.stdout is not None
        while port not in self.taken:
            line = self.process.stdout.readline()
            assert line, "the squatter has ended"
            self.taken.add(int(line.removeprefix("took ")))


@contextmanager
def squatting(*ports: int) -> Iterator[Squatter]:
    nobody = pwd.getpwnam("nobody").pw_uid
    with tempfile.TemporaryDirectory(prefix="concord-squatter-") as folder:
        Path(folder).chmod(0o711)
        heard = Path(folder, "heard")
        heard.touch()
        os.chown(heard, nobody, -1)
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", _PROGRAM, str(nobody), heard, *map(str, ports)],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Squatter(heard, process)
        finally:
            process.kill()
            process.communicate()


def hears_no_secret(squatter: Squatter, system: System) -> None:
    heard = squatter.heard()
    known = [secret.encode() for secret in secrets_of(system.run_folder)]
    assert len(known) > 5
    assert not [secret for secret in known if secret in heard]
    assert b"earer" not in heard


@pytest.mark.parametrize("name", PARTS)
def test_a_port_taken_after_the_checks_ends_the_start_in_one_sentence(
    name: str, system: System
) -> None:
    starting = system.begin_up()
    wait_for_line(starting, "making the PostgreSQL cluster")
    with squatting(system.ports[name]) as squatter:
        squatter.takes(system.ports[name])
        said, _ = starting.communicate(timeout=600)
        hears_no_secret(squatter, system)
    assert starting.returncode == 3, said
    assert f"Port {system.ports[name]}, which {name} needs, is taken" in said.splitlines()[-1]
    assert system.processes() == []


def test_while_the_system_runs_nobody_takes_the_port_of_a_program_that_ended(
    system: System,
) -> None:
    system.up()
    run = system.run_folder
    with squatting(run.ports["issuer"]) as squatter:
        for _ in range(3):
            ended = Supervisor(run).state("issuer").pid
            psutil.Process(ended).kill()
            # the supervisor may have begun it anew before anybody looks
            assert wait_until(
                lambda ended=ended: Supervisor(run).state("issuer").pid not in {0, ended},  # type: ignore[misc]
                seconds=30,
            )
        token = system.concord("token", "--role", "clerk", "--division", "519900101")
        assert token.count(".") == 2
        assert squatter.process.poll() is None
        assert squatter.heard() == b""


def test_when_the_database_is_gone_its_port_is_told_no_password(system: System) -> None:
    system.up()
    run = system.run_folder
    with squatting(run.ports["postgres"]) as squatter:
        psutil.Process(Supervisor(run).state("postgres").pid).kill()
        squatter.takes(run.ports["postgres"])
        assert not run.postgres.is_ready(run.secrets.postgres_superuser)
        system.concord("status", expect=1)
        hears_no_secret(squatter, system)


def test_a_stopped_system_gives_nothing_to_whoever_holds_its_ports(system: System) -> None:
    system.up()
    system.concord("down")
    ports = system.ports.values()
    with squatting(*ports) as squatter:
        for port in ports:
            squatter.takes(port)
        system.concord("token", "--role", "clerk", "--division", "519900101", expect=3)
        system.concord("status", expect=3)
        assert "is taken" in system.up(expect=3)
        assert squatter.heard() == b""


def family(pid: int) -> list[int]:
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def test_no_process_carries_the_environment_of_whoever_started_it(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUD_SECRET", "of another program")
    system.up()
    for process in system.processes():
        for each in family(process.pid):
            assert "CLOUD_SECRET" not in psutil.Process(each).environ()
