"""Starts a run, in the order of readiness, healing whatever an earlier one left half-way.

checks -> cluster, log folder -> supervisor -> PostgreSQL, Kafka -> databases, migrations, topics
-> issuer -> services -> workers
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import jars
from deploy.local.awaiting import await_ready
from deploy.local.databases import ensure_database
from deploy.local.locks import only_one_starts
from deploy.local.preflight import check_disk, check_ports
from deploy.local.programs import ISSUER_TIER, Program, migration_environment, programs
from deploy.local.refusals import NotRunning, NotSetUp, PortsFixedWhileRunning, SetupFailed
from deploy.local.run_folder import RUN_VARIABLE, RunFolder, make_private_folder
from deploy.local.run_leftovers import end_run_leftovers
from deploy.local.services import SERVICES, Service, has_door
from deploy.local.status import status_of
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor, start_supervisor
from deploy.local.topics import make_topics
from deploy.local.waiting import wait_until
from shared.topics import TOPICS

Tell = Callable[[str], None]


@contextmanager
def folder_to_start(path: Path, chosen_ports: dict[str, int]) -> Iterator[RunFolder]:
    """The run of that folder, made or found again, locked against another start meanwhile."""
    path = path.expanduser().resolve()
    make_private_folder(path)
    with only_one_starts(path):
        _refuse_to_move(path, chosen_ports)
        yield RunFolder.make(path, chosen_ports)


def _refuse_to_move(path: Path, chosen_ports: dict[str, int]) -> None:
    try:
        known = RunFolder.open(path)
    except NotSetUp:
        return
    moves = any(known.ports[name] != port for name, port in chosen_ports.items())
    if moves and Supervisor(known).is_running():
        raise PortsFixedWhileRunning(path)


def is_up(run: RunFolder) -> bool:
    """Whether every process runs and can serve."""
    try:
        return all(process.state == "ready" for process in status_of(run))
    except NotRunning:
        return False


def bring_up(run: RunFolder, tell: Tell, *, with_us: bool) -> None:
    """Everything running and ready; `with_us`: it all ends when this process ends, however.

    A supervisor that runs already is gone on with: what is started stays, what is not starts.
    """
    supervisor = Supervisor(run)
    everything = programs(run)
    _let_go_of_another(run, supervisor, everything)
    if not supervisor.is_running():
        _prepare(run, tell)
        start_supervisor(run, everything, with_us=with_us)
        if not wait_until(supervisor.is_running, seconds=20):
            raise SetupFailed("Starting the supervisor", _last_words(run))
    _start_in_order(run, supervisor, everything, tell)


def _let_go_of_another(run: RunFolder, supervisor: Supervisor, everything: list[Program]) -> None:
    """One that is on its way down, or looks after other programs than ours, ends first."""
    if not supervisor.is_running():
        return
    known = {state.name for state in supervisor.states()}
    if supervisor.is_stopping() or known != {program.name for program in everything}:
        stop(run)


def _prepare(run: RunFolder, tell: Tell) -> None:
    check_disk(run)
    if end_run_leftovers(run):
        tell("ended what an earlier run had left behind")
    check_ports(run)
    if any(jars.missing_jars()):
        tell("fetching Kafka's jars")
        jars.fetch_jars(jars.jars_folder(), jars.read_pins(), jars.fetch_from_registry)
    if not run.postgres.folder.exists():
        tell("making the PostgreSQL cluster (once)")
    run.postgres.prepare(run.secrets.postgres_superuser)
    if not run.kafka.is_formatted():
        tell("formatting Kafka's log folder (once)")
    run.kafka.prepare()


def _last_words(run: RunFolder) -> str:
    return (run.path / "logs" / "supervisor.out").read_text(errors="replace")


def _start_in_order(
    run: RunFolder, supervisor: Supervisor, everything: list[Program], tell: Tell
) -> None:
    """Kafka, which takes longest, starts beside PostgreSQL; the rest wait for what they need."""
    postgres, kafka, *others = everything
    supervisor.start(kafka.name)
    supervisor.start(postgres.name)
    tell("starting PostgreSQL")
    await_ready(run, supervisor, postgres)
    for service in SERVICES:
        ensure_database(run.superuser_dsn, run.secrets.database(service.name))
        _migrate(run, service, tell)
    tell("starting Kafka")
    await_ready(run, supervisor, kafka)
    make_topics(run.kafka.bootstrap, TOPICS)
    # a service may count its worker's lag as its own readiness, so those two start together
    _start_together(run, supervisor, [p for p in others if p.tier == ISSUER_TIER], tell)
    _start_together(run, supervisor, [p for p in others if p.tier > ISSUER_TIER], tell)


def _start_together(
    run: RunFolder, supervisor: Supervisor, group: list[Program], tell: Tell
) -> None:
    if group:
        tell(f"starting {', '.join(program.name for program in group)}")
    for program in group:
        supervisor.start(program.name)
    for program in group:
        await_ready(run, supervisor, program)


def _migrate(run: RunFolder, service: Service, tell: Tell) -> None:
    """Forward only, and nothing to do where all is done; so it runs at every start."""
    if not has_door(service, "migrate"):
        return
    tell(f"migrating {service.name}'s database")
    done = subprocess.run(
        [sys.executable, "-m", f"services.{service.name}.migrate"],
        env={**os.environ, RUN_VARIABLE: str(run.path), **migration_environment(run, service)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SetupFailed(f"Migrating {service.name}'s database", done.stderr or done.stdout)
