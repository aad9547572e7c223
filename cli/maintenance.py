"""Runs a service's maintenance modules, which need its database: only where the system runs.

`concord dead`, `concord due`, `concord relay`, `concord correct-clock` and `concord rebuild` run them in the environment of the embedded
system. Elsewhere run the same module in the service's own environment.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.data_folder import DEFAULT
from cli.refusals import BadInput, CommandRefused
from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT, mortal
from deploy.local.programs import migration_environment, service_environment
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from shared.services import Service, service_called

_OF_THE_TERMINAL = ("TERM", "COLUMNS", "LINES", "NO_COLOR")


class EntryPointKilled(CommandRefused):
    """The process was killed; its unfinished transaction is rolled back."""

    exit_code = 3

    def __init__(self, module: str, how: str) -> None:
        super().__init__(f"{module} was ended from outside ({how}); run this again.")


def service_named(name: str, among: Sequence[str]) -> Service:
    """The service of that name, if it is one that the command is for."""
    if name not in among:
        raise BadInput(f"--service: {name} is none of {', '.join(among)}.")
    return service_called(name)


def run_entry_point(
    data: Path | None,
    service: Service,
    entry_point: str,
    arguments: Sequence[str] = (),
    *,
    as_owner: bool = False,
) -> int:
    """Run `services.<name>.<entry_point>`, with its output passed on; returns its exit code.

    `as_owner` also passes the database address of the schema's owner, which is needed to create or
    rename tables.
    """
    module = service.module(entry_point)
    if data is None and os.environ.get("CONCORD_URL"):
        raise BadInput(
            f"This works on the machine of the service itself: there, run python -m {module} in "
            "the service's environment, or name the embedded system's folder with --data."
        )
    run = RunFolder.open(data or DEFAULT)
    environment = {
        **bare_environment(),
        **{name: os.environ[name] for name in _OF_THE_TERMINAL if name in os.environ},
        PARENT: str(os.getpid()),
        RUN_VARIABLE: str(run.path),
        **service_environment(run, service),
        **(migration_environment(run, service) if as_owner else {}),
    }
    command = mortal([sys.executable, "-m", module, *arguments])
    with _interrupts_reach_the_child(), subprocess.Popen(command, env=environment) as process:
        code = process.wait()
    if code < 0:
        raise EntryPointKilled(module, signal.Signals(-code).name)
    return code


@contextmanager
def _interrupts_reach_the_child() -> Iterator[None]:
    """Leave Ctrl-C to the child process, and report how it ended."""
    # not SIG_IGN, which the child would inherit
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
