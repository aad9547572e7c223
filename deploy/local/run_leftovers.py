"""Processes of a run that outlived their supervisor, found and ended."""

import signal
from collections.abc import Iterator

import psutil

from deploy.local.leftovers import end, mentioning, working_in
from deploy.local.run_folder import RUN_VARIABLE, RunFolder


def of_run(run: RunFolder) -> list[psutil.Process]:
    """All of them; nobody else's, and never ourselves."""
    found = [
        *working_in(run.path / "postgres", "postgres"),
        *working_in(run.kafka.folder, "java"),
        *_marked(run),
    ]
    return list({process.pid: process for process in found}.values())


def supervisors_of(run: RunFolder) -> list[psutil.Process]:
    """The supervisor of the run, whether or not it answers."""
    return list(mentioning(run.supervisor_config, "deploy.local.supervise"))


def end_run_leftovers(run: RunFolder) -> int:
    """Those that are dying with their supervisor get a moment to do it in their own way."""
    dying = of_run(run)
    _, alive = psutil.wait_procs(dying, timeout=3)
    databases = [p for p in alive if _is_database(p)]
    end(databases, signal.SIGQUIT)
    end([p for p in alive if p not in databases], signal.SIGTERM)
    return len(dying)


def _is_database(process: psutil.Process) -> bool:
    try:
        return bool(process.name() == "postgres")
    except psutil.NoSuchProcess:
        return False


def _marked(run: RunFolder) -> Iterator[psutil.Process]:
    """Python and Java programs that were started with this folder in their environment."""
    ours = {psutil.Process().pid, *(parent.pid for parent in psutil.Process().parents())}
    for process in psutil.process_iter(["name", "environ"]):
        name, environment = process.info["name"], process.info["environ"] or {}
        if process.pid in ours or not name.startswith(("python", "java")):
            continue
        if environment.get(RUN_VARIABLE) == str(run.path):
            yield process
