"""A test run that is killed, or one of its workers, leaves no process and no folder behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from shared.testing.waiters import eventually

pytestmark = [pytest.mark.parts, pytest.mark.slow]

_ROOT = Path(__file__).resolve().parents[1]
_RUN = "CONCORD_KILLED_RUN"
_ENDLESS = """
import os, subprocess, time
from pathlib import Path


def test_endless(postgres):
    for detached in (False, True):
        subprocess.Popen(["sleep", "600"], start_new_session=detached)
    begun = Path(__file__).with_suffix(".begun")
    begun.write_text(f"{os.getpid()} {postgres.cluster.home}")
    time.sleep(600)
"""


@dataclass(frozen=True)
class Run:
    """A pytest of its own that never ends, with PostgreSQL and detached processes."""

    folder: Path
    process: subprocess.Popen[bytes]

    def begun(self) -> dict[int, Path]:
        """The processes in which tests have begun, and the folder of their database."""
        lines = [file.read_text().split() for file in self.folder.glob("*.begun")]
        return {int(words[0]): Path(words[1]) for words in lines if len(words) == 2}

    def still_there(self) -> list[psutil.Process]:
        return [
            process
            for process in psutil.process_iter(["environ", "cwd"])
            if (process.info["environ"] or {}).get(_RUN) == str(self.folder)
            or any(str(home) in (process.info["cwd"] or "") for home in self.begun().values())
        ]

    def sleepers_of(self, parent: int) -> list[psutil.Process]:
        return [child for child in psutil.Process(parent).children() if child.name() == "sleep"]

    async def is_gone(self) -> None:
        assert self.begun()
        await eventually(lambda: not self.still_there(), within=30)
        await eventually(lambda: not any(map(Path.exists, self.begun().values())), within=10)


def runs(process: psutil.Process) -> bool:
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


@contextmanager
def endless_run(folder: Path, tests: int, *words: str) -> Iterator[Run]:
    for number in range(tests):
        (folder / f"test_{number}.py").write_text(_ENDLESS)
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(folder), "-c", os.devnull]
    process = subprocess.Popen(
        [*command, "-p", "tests.conftest", *words, str(folder)],
        cwd=_ROOT,
        env={**os.environ, _RUN: str(folder)},
    )
    with process:
        try:
            yield Run(folder, process)
        finally:
            process.kill()


async def test_a_run_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    with endless_run(tmp_path, 1) as run:
        await eventually(lambda: len(run.begun()) == 1, within=60)
        assert len(run.sleepers_of(run.process.pid)) == 2
        run.process.send_signal(signal.SIGKILL)
        run.process.wait()
        await run.is_gone()


async def test_a_worker_that_is_killed_leaves_nothing_and_a_controller_neither(
    tmp_path: Path,
) -> None:
    with endless_run(tmp_path, 2, "-n", "2", "--max-worker-restart", "0") as run:
        await eventually(lambda: len(run.begun()) == 2, within=60)
        killed, other = run.begun()
        sleepers, others = run.sleepers_of(killed), run.sleepers_of(other)
        assert (len(sleepers), len(others)) == (2, 2)
        os.kill(killed, signal.SIGKILL)
        await eventually(lambda: not any(map(runs, sleepers)), within=30)
        assert all(map(runs, others))
        run.process.send_signal(signal.SIGKILL)
        run.process.wait()
        await run.is_gone()
