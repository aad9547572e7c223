"""Processes that start are waited for as long as they work, and no longer."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from deploy.local.patience import COMPUTING_SECONDS, Patience
from deploy.local.waiting import wait_until


@contextmanager
def running(program: str) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", f"print(flush=True)\n{program}"], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process.pid
    finally:
        process.kill()
        process.communicate()


class Clock:
    """Goes on by a minute whenever it is looked at."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 60
        return self.now


def test_one_that_computes_is_waited_for_however_long_it_takes_on_the_wall() -> None:
    with running("while True: pass") as pid:
        patience = Patience(quiet=90, clock=Clock())
        assert [patience.is_over([pid]) for _ in range(50)] == [None] * 50
        assert patience.waited > 2000


def test_one_that_does_nothing_is_given_up() -> None:
    with running("import signal; signal.pause()") as pid:
        patience = Patience(quiet=90, clock=Clock())
        # it may still be on its way to its pause when it is first looked at
        said = [patience.is_over([pid]) for _ in range(200)]
        assert said[-1] == "did nothing for 90 seconds and was not ready"


def test_what_a_process_started_counts_as_its_work() -> None:
    starter = "import os; os.fork() or exec('while True: pass'); os.wait()"
    with running(starter) as pid:
        assert wait_until(lambda: bool(psutil.Process(pid).children()), seconds=10)
        (child,) = psutil.Process(pid).children()
        patience = Patience(quiet=90, clock=Clock())
        assert [patience.is_over([pid]) for _ in range(5)] == [None] * 5
        child.kill()


def test_one_that_computes_and_never_gets_there_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr("deploy.local.patience._spent_by", lambda _: clock.now * 2)
    with running("import signal; signal.pause()") as pid:
        patience = Patience(quiet=90, clock=clock)
        said = [patience.is_over([pid]) for _ in range(6)]
    assert said[:2] == [None] * 2
    assert str(said[-1]).startswith("was not ready after")
    assert patience.computed > COMPUTING_SECONDS


def test_one_that_is_gone_does_nothing() -> None:
    patience = Patience(quiet=100, clock=Clock())
    assert patience.is_over([2**22 + 1]) is None
    assert patience.is_over([2**22 + 1]) is not None
