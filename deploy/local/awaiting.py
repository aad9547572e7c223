"""Waiting for a process to be ready, and saying what is wrong when it never will be."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deploy.local.patience import QUIET_SECONDS, Patience
from deploy.local.ports import holder_of
from deploy.local.programs import Program
from deploy.local.readiness import is_ready, taken_port, what_is_missing
from deploy.local.refusals import PartDied, PortTaken
from deploy.local.run_folder import RunFolder
from deploy.local.supervision import ProcessState, Supervisor

_STARTS = 3
_TELL_EVERY = 15.0
_PAUSE = 0.1

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Awaiting:
    """What a wait looks at: the run, its supervisor, and who is told that it goes on."""

    run: RunFolder
    supervisor: Supervisor
    tell: Tell
    quiet: float = QUIET_SECONDS

    def until_ready(self, program: Program, together: Sequence[Program] = ()) -> None:
        """Returns when it can serve. Raises PartDied, and PortTaken when another listens there.

        It may wait for those that start together with it, so their work counts as its own.
        """
        patience, seen, reported_at = Patience(self.quiet), set[int](), 0.0
        names = {program.name, *(each.name for each in together)}
        while True:
            states = {s.name: s for s in self.supervisor.states() if s.name in names}
            state = states[program.name]
            if state.pid and is_ready(self.run, program, state.pid):
                return
            seen.add(state.pid)
            self._check_port(program, state)
            if _is_hopeless(state, seen):
                raise PartDied(program.name, "ends as soon as it starts")
            if why := patience.is_over(each.pid for each in states.values() if each.pid):
                raise PartDied(program.name, _with(why, what_is_missing(self.run, program)))
            if patience.waited - reported_at > _TELL_EVERY:
                reported_at = patience.waited
                self.tell(_so_far(program, patience, what_is_missing(self.run, program)))
            time.sleep(_PAUSE)

    def _check_port(self, program: Program, state: ProcessState) -> None:
        if (port := taken_port(self.run, program, state.pid)) is None:
            return
        again = self.supervisor.state(program.name)  # it may have been started again meanwhile
        if (port := taken_port(self.run, program, again.pid)) is not None:
            names = {self.run.ports[name]: name for name in self.run.ports}
            raise PortTaken(names[port], port, holder_of(port))


def wait_for_supervisor(supervisor: Supervisor, process: subprocess.Popen[bytes]) -> bool:
    """Until it answers; False when it ended or does nothing."""
    patience = Patience(QUIET_SECONDS)
    while not supervisor.is_running():
        if process.poll() is not None or patience.is_over([process.pid]):
            return False
        time.sleep(_PAUSE)
    return True


def _so_far(program: Program, patience: Patience, missing: str) -> str:
    so_far = f"still waiting for {program.name}, {patience.waited:.0f} s so far"
    return _with(f"{so_far} ({patience.computed:.0f} s of them computing)", missing)


def _with(words: str, missing: str) -> str:
    return f"{words}; it says {missing}" if missing else words


def _is_hopeless(state: ProcessState, seen: set[int]) -> bool:
    """A first failure may heal by itself; the same one again and again does not."""
    return state.state == "FATAL" or len(seen - {0}) > _STARTS
