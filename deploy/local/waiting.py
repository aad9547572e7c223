"""Waiting with a deadline, for anything that can be asked "is it so now?"."""

import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Asks until the answer is yes; False when that took too long."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
