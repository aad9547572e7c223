"""Removes the folder of the started parts once pytest is gone, even when it was killed.

Waits for the end of its standard input, which is pytest's end, then until nobody works in the
folder any more. Runs by `python -S -E`, so it needs only the standard library.
"""

import os
import shutil
import sys
import time
from pathlib import Path


def _someone_works_in(folder: str) -> bool:
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if str(entry.readlink()).startswith(folder):
                return True
        except OSError:
            continue  # that process has just ended, or is not ours
    return False


def main(folder: str) -> None:
    os.setsid()
    sys.stdin.read()
    deadline = time.monotonic() + 30
    while _someone_works_in(folder) and time.monotonic() < deadline:
        time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
