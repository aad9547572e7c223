"""What a test process starts carries its mark, and ends with it, however it ends."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "CONCORD_TESTED_BY"
_JANITOR = Path(__file__).with_name("janitor.py")


@contextmanager
def marked() -> Iterator[None]:
    """Whatever is started meanwhile is killed at the end of this process, if it still runs.

    A worker of pytest-xdist inherits the mark of its controller and adds its own, so that it ends
    with the controller, and what it started ends with either.
    """
    outer = os.environ.get(MARK, "")
    os.environ[MARK] = f"{outer}/{secrets.token_hex(8)}"
    try:
        with janitor(f"{MARK}={os.environ[MARK]}", ""):
            yield
    finally:
        os.environ[MARK] = outer


@contextmanager
def janitor(mark: str, folder: str) -> Iterator[None]:
    """A process that outlives this one for a moment and cleans up behind it."""
    unmarked = {name: value for name, value in os.environ.items() if name != MARK}
    command = [sys.executable, "-S", "-E", str(_JANITOR), mark, folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/", env=unmarked):
        yield
