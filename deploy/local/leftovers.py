"""Processes that an earlier run left in a folder, found by where they work, and ended."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil


def working_in(folder: Path, name: str) -> Iterator[psutil.Process]:
    """Every process of that name whose working folder is this one."""
    wanted = str(folder.resolve())
    for process in psutil.process_iter(["name", "cwd"]):
        if process.info["name"] == name and process.info["cwd"] == wanted:
            yield process


def mentioning(path: Path, program: str) -> Iterator[psutil.Process]:
    """Every process of whose command line this program and this path are each a word."""
    for process in psutil.process_iter(["cmdline"]):
        if {str(path), program} <= set(process.info["cmdline"] or []):
            yield process


def end_leftovers(folder: Path, name: str, how: signal.Signals, patience: float = 5.0) -> int:
    """Ends them, by force after `patience` seconds; tells how many there were."""
    return end(list(working_in(folder, name)), how, patience)


def end(processes: list[psutil.Process], how: signal.Signals, patience: float = 5.0) -> int:
    """Signals these processes and waits until all are gone."""
    _signal_all(processes, how)
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    _signal_all(stubborn, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=patience)
    return len(processes)


def _signal_all(processes: list[psutil.Process], how: signal.Signals) -> None:
    for process in processes:
        try:
            process.send_signal(how)
        except psutil.NoSuchProcess:
            continue  # it ended by itself meanwhile, which is what was wanted
