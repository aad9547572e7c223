"""Becomes one process of a run: `python -S -E launch.py FILE`, where FILE says what, with what.

The supervisor's configuration names nothing but this, so it contains no secret and no odd path.
It needs only the standard library, because it runs at every start of everything.
"""

import json
import os
import sys
from pathlib import Path


def main(file: str) -> None:
    """Set the environment and become the program."""
    launch = json.loads(Path(file).read_text(encoding="utf-8"))
    # a client of PostgreSQL would be turned elsewhere by these
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    command = launch["command"]
    os.execve(command[0], command, {**kept, **launch["environment"]})  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1])
