"""Runs a service's maintenance modules, which need its database: only where the system runs.

`concord dead`, `due`, `relay`, `purge`, `index-numbers`, `correct-clock`, `seal accept-restore` and `rebuild` run
them in the environment of the embedded system; or in their own, where that has the address of a
service's database, as in a container of a county's run.
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
from shared.services import SERVICES, Service, service_called

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
    environment = _environment(data, service, module, as_owner=as_owner)
    command = mortal([sys.executable, "-m", module, *arguments])
    with _interrupts_reach_the_child(), subprocess.Popen(command, env=environment) as process:
        code = process.wait()
    if code < 0:
        raise EntryPointKilled(module, signal.Signals(-code).name)
    return code


def _environment(
    data: Path | None, service: Service, module: str, *, as_owner: bool
) -> dict[str, str]:
    ours = {PARENT: str(os.getpid())}
    given = [each for each in SERVICES if _has_database(each)]
    if data is None and service in given:
        return {**os.environ, **ours}
    if data is None and given:
        raise BadInput(
            f"This environment has the database of {', '.join(each.name for each in given)} and "
            f"not of {service.name}; in a county's run all are reached by: "
            "docker compose run --rm operate concord …"
        )
    if data is None and os.environ.get("CONCORD_URL"):
        raise BadInput(
            f"This works on the machine of the service itself: there, run python -m {module} in "
            "the service's environment, or name the embedded system's folder with --data."
        )
    return _of_embedded_run(data or DEFAULT, service, as_owner=as_owner) | ours


def _has_database(service: Service) -> bool:
    return any(
        f"{service.prefix}_{name}" in os.environ for name in ("DATABASE_URL", "OWNER_DATABASE_URL")
    )


def _of_embedded_run(data: Path, service: Service, *, as_owner: bool) -> dict[str, str]:
    # an image has none of the packages that the one-machine run needs
    from deploy.local.programs import migration_environment, service_environment
    from deploy.local.run_folder import RUN_VARIABLE, RunFolder

    run = RunFolder.open(data)
    return {
        **bare_environment(),
        **{name: os.environ[name] for name in _OF_THE_TERMINAL if name in os.environ},
        RUN_VARIABLE: str(run.path),
        **service_environment(run, service),
        **(migration_environment(run, service) if as_owner else {}),
    }


@contextmanager
def _interrupts_reach_the_child() -> Iterator[None]:
    """Leave Ctrl-C to the child process, and report how it ended."""
    # not SIG_IGN, which the child would inherit
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
