"""Becomes the supervisor: `python -m deploy.local.supervise [--with-parent] CONFIGURATION`."""

import contextlib
import os
import signal
import sys
from typing import Any

from supervisor import loggers, supervisord

from deploy.local.death_signal import PARENT, die_with_parent


class LossyWhenFull(loggers.RotatingFileHandler):  # type: ignore[misc]  # ships no types
    """A full disk costs lines of the log and nothing else.

    As supervisor has it, a line that cannot be written ends the reading of that process's output,
    for good: the process stands still as soon as the pipe is full, long after the disk is not.
    """

    def emit(self, record: Any) -> None:
        """Write the line if there is room, and turn the file over when it is due."""
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self) -> None:  # noqa: N802  supervisor's name
        """Nowhere to say it: the supervisor's own outputs are files on the same disk."""


def main(arguments: list[str]) -> None:
    """Tell the children who their parent is, and supervise."""
    if arguments[0] == "--with-parent":
        die_with_parent(signal.SIGTERM)
    os.environ[PARENT] = str(os.getpid())
    loggers.RotatingFileHandler = LossyWhenFull
    supervisord.main(["-c", arguments[-1]])


if __name__ == "__main__":
    main(sys.argv[1:])
