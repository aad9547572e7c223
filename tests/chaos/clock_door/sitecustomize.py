"""Python loads this at the start of a process that finds it on PYTHONPATH: a clock that is off.

How far, in seconds, stands in the file that CHAOS_CLOCK names, and may change at any time. Only
the wall clock is off; monotonic time goes on, as when a real clock is set.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

_LOOK_SECONDS = 0.1


def _follow(file: Path) -> None:
    away: time_machine.travel | None = None
    known = 0.0
    while True:
        wanted = float(file.read_text(encoding="ascii"))
        if wanted != known:
            if away is not None:
                away.stop()
            known, away = wanted, None
            if wanted:
                away = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted))
                away.start()
        time.sleep(_LOOK_SECONDS)


threading.Thread(target=_follow, args=(Path(os.environ["CHAOS_CLOCK"]),), daemon=True).start()
