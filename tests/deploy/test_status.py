"""What a process takes, with its children, and how far it lags by its own metrics."""

import os
import subprocess
import sys
from pathlib import Path

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


_TWO_THAT_SHARE = """
import mmap, os
pages = mmap.mmap(-1, 64 << 20)
pages.write(b"x" * len(pages))
if not os.fork():
    pages.seek(0)
    pages.read()
    print("shared", flush=True)
    input()
os.wait()
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the kernel tells no PSS")
def test_pages_that_two_processes_share_are_counted_once() -> None:
    command = [sys.executable, "-c", _TWO_THAT_SHARE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        first.stdout.readline()
        told = memory_of(first.pid) or 0
        first.communicate(b"\n")
    assert 64 << 20 < told < 110 << 20
