"""What each process of a run does: state, port, uptime, memory, and how far it lags behind."""

from dataclasses import dataclass

import psutil

from deploy.local.programs import Program, programs
from deploy.local.readiness import is_ready, read_page, what_is_degraded
from deploy.local.run_folder import RunFolder
from deploy.local.supervision import ProcessState, Supervisor

_LAGS = {"concord_relay_lag_events", "concord_consumer_lag_events"}
_WORDS = {"BACKOFF": "restarting", "FATAL": "failed", "STOPPED": "stopped", "EXITED": "stopped"}


@dataclass(frozen=True)
class ProgramStatus:
    """One line of `concord status`; what does not apply or cannot be known is None."""

    name: str
    state: str
    port: int
    pid: int | None = None
    uptime_seconds: int | None = None
    memory_bytes: int | None = None
    lag_events: int | None = None
    said: str = ""
    """What a degraded process says that it cannot do."""


def status_of(run: RunFolder) -> list[ProgramStatus]:
    """Every process of the run, or NotRunning."""
    known = {state.name: state for state in Supervisor(run).states()}
    return [_of(run, program, known[program.name]) for program in programs(run)]


def _of(run: RunFolder, program: Program, known: ProcessState) -> ProgramStatus:
    port = run.ports[program.name]
    if not known.pid:
        return ProgramStatus(program.name, _WORDS.get(known.state, "starting"), port)
    ready = is_ready(run, program, known.pid)
    said = what_is_degraded(run, program) if ready else ""
    return ProgramStatus(
        name=program.name,
        state=("degraded" if said else "ready") if ready else "not ready",
        port=port,
        pid=known.pid,
        uptime_seconds=known.uptime,
        memory_bytes=memory_of(known.pid),
        lag_events=_lag(port) if program.speaks_http else None,
        said=said,
    )


def memory_of(pid: int) -> int | None:
    """The memory of a process and its children; shared pages are divided among those who share.

    So the sum over all processes counts each page once.
    """
    try:
        process = psutil.Process(pid)
        children = process.children(recursive=True)
        return _share(process) + sum(map(_share_if_there, children))
    except psutil.NoSuchProcess:
        return None


def _share(process: psutil.Process) -> int:
    """The proportional set size, where the kernel tells it; else the resident one."""
    try:
        return int(process.memory_full_info().pss)
    except (AttributeError, psutil.AccessDenied):
        return int(process.memory_info().rss)


def _share_if_there(child: psutil.Process) -> int:
    """A database's processes come and go with its connections."""
    try:
        return _share(child)
    except psutil.NoSuchProcess:
        return 0


def _lag(port: int) -> int | None:
    page = read_page(port, "/metrics")
    return None if page is None else lag_in(page)


def lag_in(metrics: str) -> int | None:
    """The events that a process has not handed on or taken in yet, over all its ledgers."""
    from prometheus_client.parser import text_string_to_metric_families

    lags = [
        sample.value
        for family in text_string_to_metric_families(metrics)
        for sample in family.samples
        if sample.name in _LAGS
    ]
    return int(sum(lags)) if lags else None
