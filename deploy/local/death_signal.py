"""Runs a program that gets a signal when the process that started it dies, however it dies.

Used as `python -S -E death_signal.py SIGNAL PROGRAM ARGUMENT...`, so it needs only the standard
library and starts in a few milliseconds.
"""

import ctypes
import os
import signal
import sys

PARENT = "CONCORD_PARENT_PID"
_PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> None:
    """From now on the parent's death sends us this signal; ends us when it has died already.

    A change of user clears the setting, so set it afterwards. The parent is known by the
    number it left in the environment: "my parent is process 1" means nothing in a container.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal_number)
    if os.environ.get(PARENT) not in {None, str(os.getppid())}:
        sys.exit(1)


def mortal(command: list[str], signal_number: int = signal.SIGTERM) -> list[str]:
    """The command that runs another one so."""
    return [sys.executable, "-S", "-E", __file__, str(int(signal_number)), *command]


def main() -> None:
    """Put the death signal in place and become the program."""
    die_with_parent(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the argument list is our own


if __name__ == "__main__":
    main()
