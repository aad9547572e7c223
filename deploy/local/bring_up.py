"""Starts a run, in the order of readiness, healing whatever an earlier one left half-way.

checks -> cluster, log folder -> supervisor -> PostgreSQL, Kafka -> databases, migrations, topics
-> issuer -> services -> workers
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka.topics import make_topics
from deploy.local import jars
from deploy.local.awaiting import Awaiting, wait_for_supervisor
from deploy.local.clock_is_right import say_clock_is_right
from deploy.local.locks import only_one_starts
from deploy.local.migrations import bring_databases_up
from deploy.local.preflight import check_disk, check_ports
from deploy.local.private_files import close_to_others, making_private_files
from deploy.local.programs import ISSUER_TIER, Program, programs
from deploy.local.refusals import NotRunning, NotSetUp, PortsFixedWhileRunning, SetupFailed
from deploy.local.run_folder import RunFolder, make_private_folder
from deploy.local.start_supervisor import start_supervisor
from deploy.local.status import status_of
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor
from shared.topics import TOPICS

Tell = Callable[[str], None]


@contextmanager
def folder_to_start(path: Path, chosen_ports: dict[str, int]) -> Iterator[RunFolder]:
    """The run of that folder, made or found again, locked against another start meanwhile."""
    path = path.expanduser().resolve()
    make_private_folder(path)
    with making_private_files(), only_one_starts(path):
        close_to_others(path)
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
        return all(process.state in {"ready", "degraded"} for process in status_of(run))
    except NotRunning:
        return False


def bring_up(run: RunFolder, tell: Tell, *, with_us: bool, clock_is_right: bool = False) -> None:
    """Everything running and ready; `with_us`: it all ends when this process ends, however.

    `clock_is_right`: somebody says so, before the services start.
    A supervisor that runs already is gone on with: what is started stays, what is not starts.
    """
    supervisor = Supervisor(run)
    everything = programs(run)
    _let_go_of_another(run, supervisor, everything)
    if not supervisor.is_running():
        _prepare(run, tell)
        process = start_supervisor(run, everything, with_us=with_us)
        if not wait_for_supervisor(supervisor, process):
            check_ports(run)  # somebody was quicker than the supervisor
            raise SetupFailed("Starting the supervisor", _last_words(run))
    _start_in_order(run, supervisor, everything, tell, clock_is_right=clock_is_right)


def _let_go_of_another(run: RunFolder, supervisor: Supervisor, everything: list[Program]) -> None:
    """One that looks after other programs than this release's ends first."""
    if supervisor.is_running():
        known = {state.name for state in supervisor.states()}
        if known != {program.name for program in everything}:
            stop(run)


def _prepare(run: RunFolder, tell: Tell) -> None:
    check_disk(run)
    if stop(run):
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
    _write_issuer_keys(run)


def _write_issuer_keys(run: RunFolder) -> None:
    from deploy.local.issuing import write_public_keys  # its libraries take long to load

    write_public_keys(run.path / "issuer.key", run.issuer_keys)


def _last_words(run: RunFolder) -> str:
    return (run.path / "logs" / "supervisor.out").read_text(errors="replace")


def _start_in_order(
    run: RunFolder,
    supervisor: Supervisor,
    everything: list[Program],
    tell: Tell,
    *,
    clock_is_right: bool,
) -> None:
    """What needs nobody starts first and together; the rest waits for what it needs."""
    first = [program for program in everything if program.tier <= ISSUER_TIER]
    services = [program for program in everything if program.tier > ISSUER_TIER]
    tell(f"starting {_names(first)}")
    _start_all(supervisor, first)
    awaiting = Awaiting(run, supervisor, tell)
    for part in first:
        tell(f"waiting for {part.name}")
        awaiting.until_ready(part)
        if part.name == "postgres":
            bring_databases_up(run, tell)
            if clock_is_right:
                say_clock_is_right(run, tell, only_if_needed=True)
    make_topics(run.kafka.bootstrap, TOPICS)
    # a service may count its worker's lag as its own readiness, so those two start together
    if services:
        tell(f"starting {_names(services)}")
    _start_all(supervisor, services)
    for service in services:
        awaiting.until_ready(service, services)


def _start_all(supervisor: Supervisor, group: list[Program]) -> None:
    for program in group:
        supervisor.start(program.name)


def _names(group: list[Program]) -> str:
    return ", ".join(program.name for program in group)
