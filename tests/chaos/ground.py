"""The system that is hurt: one machine's run under its supervisor, reached as its operator would.

It ends with this process, however that ends. Only processes of this very run are ever signalled.
"""

import asyncio
import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from deploy.local.bring_up import bring_up, folder_to_start
from deploy.local.ports import reserved_ports
from deploy.local.programs import Program
from deploy.local.readiness import is_ready
from deploy.local.run_folder import RunFolder
from deploy.local.run_ports import USUAL
from deploy.local.status import status_of
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor
from shared.testing.waiters import eventually
from tests.deploy.commands import System

COUNTY = "519900"
_RESTART_SECONDS = 60.0
Connection = psycopg.Connection[TupleRow]


@dataclass(frozen=True)
class Ground:
    """A running system and how to get at its parts."""

    run: RunFolder
    system: System
    small_disk: bool = False

    async def pid(self, name: str) -> int:
        """The process of that name, once the supervisor has one."""
        return await eventually(lambda: self._pid(name), within=_RESTART_SECONDS, every=0.1)

    def _pid(self, name: str) -> int:
        return Supervisor(self.run).state(name).pid

    async def kill(self, name: str) -> None:
        """kill -9; the supervisor starts another."""
        os.kill(await self.pid(name), signal.SIGKILL)

    async def family(self, name: str) -> list[psutil.Process]:
        """A process with all that it has started."""
        first = psutil.Process(await self.pid(name))
        return [first, *first.children(recursive=True)]

    def database(self, name: str) -> Connection:
        """A superuser's connection: no security binds it, every statement is on its own."""
        address = make_conninfo(
            self.run.superuser_dsn, dbname=name, application_name="chaos", connect_timeout=5
        )
        return psycopg.connect(address, autocommit=True)

    def concord(self, *words: str, expect: int = 0) -> str:
        """What a command says that ends with that code."""
        return self.system.concord(*words, expect=expect)

    async def operate(self, *words: str) -> str:
        """A command, while everything else goes on."""
        return await asyncio.to_thread(self.concord, *words)

    def is_ready(self) -> bool:
        """Whether every process can serve."""
        return all(process.state == "ready" for process in status_of(self.run))

    def serves(self, program: Program) -> bool:
        """Whether one of them can serve."""
        pid = self._pid(program.name)
        return bool(pid) and is_ready(self.run, program, pid)

    def memory(self) -> dict[str, int]:
        """MiB of each process with its children."""
        return {
            process.name: round((process.memory_bytes or 0) / 2**20)
            for process in status_of(self.run)
        }


@contextmanager
def ground(folder: Path, *, small_disk: bool = False) -> Iterator[Ground]:
    """Brought up, and stopped at the end whatever happened. To be called in the main thread."""
    with reserved_ports(len(USUAL), 22000, 22999) as numbers:
        ports = dict(zip(USUAL, numbers, strict=True))
        system = System(folder, ports, whole=True)
        with folder_to_start(folder, ports) as run:
            pass
        try:
            _bring_up(run)
            yield Ground(run, system, small_disk)
        finally:
            stop(run)


def _bring_up(run: RunFolder) -> None:
    with warnings.catch_warnings():
        # nobody waits for the supervisor: it is stopped by what it has written down
        warnings.simplefilter("ignore", ResourceWarning)
        bring_up(run, lambda _: None, with_us=True)


def new_folder() -> Path:
    """Outside the project, passable for the user that PostgreSQL runs as."""
    folder = Path(tempfile.mkdtemp(prefix="concord-chaos-")).resolve()
    folder.chmod(0o711)
    return folder
