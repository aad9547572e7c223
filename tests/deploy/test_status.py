"""What a process takes, with its children, and how far it lags by its own metrics."""

import os
import subprocess
import sys

import psutil
import pytest

from deploy.local.status import lag_in, memory_of


def test_the_lags_of_all_ledgers_are_added() -> None:
    page = """
# TYPE concord_consumer_lag_events gauge
concord_consumer_lag_events{service="stats",source="intake"} 40
concord_consumer_lag_events{service="stats",source="grid"} 2
# TYPE concord_relay_lag_seconds gauge
concord_relay_lag_seconds 9
"""
    assert lag_in(page) == 42


def test_a_process_without_a_lag_has_none() -> None:
    assert lag_in('process_cpu_seconds_total{a="b"} 1\n') is None


def test_memory_is_told_though_a_child_ends_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    child = psutil.Process(ended.pid)
    ended.communicate(b"\n")
    monkeypatch.setattr(psutil.Process, "children", lambda *_, **__: [child])
    assert (memory_of(os.getpid()) or 0) > 2**20


def test_a_process_that_is_no_more_takes_nothing_that_could_be_told() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert memory_of(ended.pid) is None
