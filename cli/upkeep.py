"""Runs a service's upkeep doors, which need its database: only where the system itself runs.

`concord dead`, `concord relay` and `concord rebuild` are these doors in the environment of the
embedded system. Elsewhere the same module is run in the service's own environment.
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
from deploy.local.death_signal import PARENT, mortal
from deploy.local.programs import migration_environment, service_environment
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from shared.services import Service, service_called


class DoorKilled(CommandRefused):
    """It did not end by itself: what it had not finished is undone."""

    exit_code = 3

    def __init__(self, module: str, how: str) -> None:
        super().__init__(f"{module} was ended from outside ({how}); run this again.")


def service_named(name: str, among: Sequence[str]) -> Service:
    """The service of that name, if it is one that the command is for."""
    if name not in among:
        raise BadInput(f"--service: {name} is none of {', '.join(among)}.")
    return service_called(name)


def run_door(
    data: Path | None,
    service: Service,
    door: str,
    arguments: Sequence[str] = (),
    *,
    as_owner: bool = False,
) -> int:
    """Run `services.<name>.<door>` with what is printed passed on; gives its exit code.

    `as_owner` also gives it the address of the schema's owner, which only a door that makes or
    renames tables needs.
    """
    module = service.module(door)
    if data is None and os.environ.get("CONCORD_URL"):
        raise BadInput(
            f"This works on the machine of the service itself: there, run python -m {module} in "
            "the service's environment, or name the embedded system's folder with --data."
        )
    run = RunFolder.open(data or DEFAULT)
    environment = {
        **os.environ,
        PARENT: str(os.getpid()),
        RUN_VARIABLE: str(run.path),
        **service_environment(run, service),
        **(migration_environment(run, service) if as_owner else {}),
    }
    command = mortal([sys.executable, "-m", module, *arguments])
    with _interrupts_are_the_doors(), subprocess.Popen(command, env=environment) as process:
        code = process.wait()
    if code < 0:
        raise DoorKilled(module, signal.Signals(-code).name)
    return code


@contextmanager
def _interrupts_are_the_doors() -> Iterator[None]:
    """Ctrl-C reaches both of us: the door ends in its own way, and we tell how."""
    # a signal that is ignored would be ignored by the door as well
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
