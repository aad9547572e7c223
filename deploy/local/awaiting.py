"""Waiting for a process to be ready, and saying what is wrong when it never will be."""

import time

from deploy.local.programs import Program
from deploy.local.readiness import is_ready
from deploy.local.refusals import PartDied
from deploy.local.run_folder import RunFolder
from deploy.local.supervision import ProcessState, Supervisor

_PATIENCE = 90.0
_STARTS = 3


def await_ready(
    run: RunFolder, supervisor: Supervisor, program: Program, patience: float = _PATIENCE
) -> None:
    """Returns when it can serve; PartDied when it keeps ending or takes too long."""
    deadline = time.monotonic() + patience
    seen: set[int] = set()
    while not is_ready(run, program):
        state = supervisor.state(program.name)
        seen.add(state.pid)
        if _is_hopeless(state, seen):
            raise PartDied(program.name, "ends as soon as it starts")
        if time.monotonic() > deadline:
            raise PartDied(program.name, f"was not ready after {patience:.0f} seconds")
        time.sleep(0.1)


def _is_hopeless(state: ProcessState, seen: set[int]) -> bool:
    """A first failure may heal by itself; the same one again and again does not."""
    return state.state == "FATAL" or len(seen - {0}) > _STARTS
