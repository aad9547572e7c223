"""Runs the `concord` command as a person would, on ports and in a folder of the tests' own."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from deploy.local.run_folder import RunFolder
from deploy.local.run_leftovers import of_run, supervisors_of

_CONCORD = "from cli.main import run; run()"
# the topics are those of all services
_PARTS_ONLY = (
    f"import shared.topics, shared.services as declared; declared.SERVICES = (); {_CONCORD}"
)


@dataclass(frozen=True)
class System:
    """A one-machine run that belongs to a test."""

    folder: Path
    ports: dict[str, int]
    whole: bool = False
    """With the services; without them a start takes a third of the time."""

    @property
    def port_choices(self) -> list[str]:
        return [
            word for name, number in self.ports.items() for word in ("--port", f"{name}={number}")
        ]

    @property
    def run_folder(self) -> RunFolder:
        return RunFolder.open(self.folder)

    def concord(self, *words: str, expect: int = 0) -> str:
        """Both outputs of a command that ends with that code."""
        done = subprocess.run(
            [*self._command, *words],
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == expect, said
        return said

    def up(self, expect: int = 0) -> str:
        return self.concord("up", "--detach", *self.port_choices, expect=expect)

    def status(self) -> dict[str, dict[str, Any]]:
        lines = json.loads(self.concord("status", "--format", "json"))
        return {line["name"]: line for line in lines}

    def begin_up(self) -> subprocess.Popen[str]:
        """`concord up` in the foreground, as its own group like a terminal's job."""
        return subprocess.Popen(
            [*self._command, "up", *self.port_choices],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def processes(self) -> list[psutil.Process]:
        """All that belongs to this system now."""
        return [*supervisors_of(self.run_folder), *of_run(self.run_folder)]

    def is_supervised(self) -> bool:
        return (self.folder / "run.json").exists() and bool(supervisors_of(self.run_folder))

    def supervisor(self) -> psutil.Process:
        (found,) = supervisors_of(self.run_folder)
        return found

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-c", _CONCORD if self.whole else _PARTS_ONLY]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CONCORD_DATA": str(self.folder)}


def wait_for_line(running: subprocess.Popen[str], words: str) -> None:
    """Reads what it says until these words come."""
    assert running.stdout is not None
    said = []
    for line in running.stdout:
        said.append(line)
        if words in line:
            return
    running.communicate()
    raise AssertionError("".join(said))


def kill_and_forget(running: subprocess.Popen[str]) -> None:
    """kill -9, as the kernel does when memory runs out."""
    running.send_signal(signal.SIGKILL)
    running.communicate()
