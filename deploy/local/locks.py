"""Locks that vanish with their process: one start, one set-up at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.local.refusals import AnotherIsStarting


@contextmanager
def locked(file: Path, *, wait: bool) -> Iterator[None]:
    """Holds an exclusive lock; BlockingIOError when somebody else does and we do not wait."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def only_one_starts(folder: Path) -> Iterator[None]:
    """AnotherIsStarting when somebody holds it."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(folder / "up.lock", wait=False))
        except BlockingIOError:
            raise AnotherIsStarting(folder) from None
        yield
