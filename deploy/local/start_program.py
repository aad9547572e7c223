"""Becomes one process of a run: `python -m deploy.local.start_program NAME`.

The supervisor's configuration names nothing but this, so no secret and no odd path is ever
written there; what a process needs is looked up when it starts.
"""

import os
import signal
import sys
from pathlib import Path

from deploy.local.death_signal import die_with_parent
from deploy.local.programs import program
from deploy.local.run_folder import RUN_VARIABLE, RunFolder


def main(name: str) -> None:
    """Set the environment and the death signal, and become the program."""
    run = RunFolder.open(Path(os.environ[RUN_VARIABLE]))
    found = program(run, name)
    command = found.command(run)
    die_with_parent(signal.SIGTERM)
    os.execve(command[0], command, {**_environment(), **found.environment})  # noqa: S606


def _environment() -> dict[str, str]:
    """Ours, without what would turn a client of PostgreSQL elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}


if __name__ == "__main__":
    main(sys.argv[1])
