"""Becomes one process of a run: `python -S -E launch.py FILE`, where FILE says what, with what.

The supervisor's configuration names nothing but this, so it contains no secret and no odd path.
It needs only the standard library, because it runs at every start of everything.
"""

import json
import os
import sys
from pathlib import Path

LISTEN_FD = 3
"""Where a program finds the socket of its port, if it is handed one."""


def main(file: str) -> None:
    """Set the environment and become the program."""
    launch = json.loads(Path(file).read_text(encoding="utf-8"))
    if launch["listens"]:
        # not as standard input, which the program's own children would get
        os.dup2(0, LISTEN_FD)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    command = launch["command"]
    os.execve(command[0], command, {**os.environ, **launch["environment"]})  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1])
