"""Ends and removes what a process left behind: `janitor.py MARK FOLDER`, either may be empty.

Waits for the end of its standard input, which is the end of the process that started it, however
that ended. Then it ends everything that carries the mark in its environment, and removes the folder
once nobody works there. Runs by `python -S -E`, so it needs only the standard library.
"""

import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PATIENCE = 30.0
_UNTIL_KILLED = 8.0


def _marked(mark: str) -> Iterator[int]:
    for file in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in file.read_bytes():
                yield int(file.parent.name)
        except OSError:
            continue  # that process has just ended, or is not ours


def _works_in(folder: str) -> bool:
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if str(entry.readlink()).startswith(folder):
                return True
        except OSError:
            continue
    return False


def _signal_marked(mark: str, number: signal.Signals) -> bool:
    """Whether there was anyone."""
    found = list(_marked(mark))
    for process in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)
    return bool(found)


def _end_marked(mark: str) -> None:
    """In their own way, if they do it soon; who starts others may have done so meanwhile."""
    _signal_marked(mark, signal.SIGTERM)
    _wait_while(lambda: any(_marked(mark)), _UNTIL_KILLED)
    _wait_while(lambda: _signal_marked(mark, signal.SIGKILL), _PATIENCE)


def _wait_while(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while condition() and time.monotonic() < deadline:
        time.sleep(0.05)


def main(mark: str, folder: str) -> None:
    os.setsid()
    sys.stdin.read()
    if mark:
        _end_marked(mark)
    if folder:
        _wait_while(lambda: _works_in(folder), _PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
