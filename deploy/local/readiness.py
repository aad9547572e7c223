"""Whether a process of a run can serve, asked the way its users would."""

import http.client
import json
import urllib.error
import urllib.request

from deploy.local.listeners import is_taken_by_another, listens
from deploy.local.ports import LOOPBACK
from deploy.local.programs import Program
from deploy.local.run_folder import RunFolder
from deploy.local.topics import broker_is_ready

# loopback never goes through the proxy that the environment may name
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_PATIENCE = 5


def is_ready(run: RunFolder, program: Program, pid: int) -> bool:
    """Whether process `pid` itself listens and can serve; answered within seconds."""
    if not all(listens(pid, port) for port in ports_of(run, program)):
        return False
    match program.name:
        case "postgres":
            return run.postgres.is_ready(run.secrets.postgres_superuser)
        case "kafka":
            return broker_is_ready(run.kafka.port, run.kafka.bootstrap)
        case name:
            return read_page(run.ports[name], "/readyz") is not None


def ports_of(run: RunFolder, program: Program) -> list[int]:
    """Where it listens."""
    names = ("kafka", "kafka-controller") if program.name == "kafka" else (program.name,)
    return [run.ports[name] for name in names]


def taken_port(run: RunFolder, program: Program, pid: int) -> int | None:
    """The port at which somebody else listens in the place of process `pid`."""
    if program.speaks_http:  # held by the supervisor
        return None
    return next((p for p in ports_of(run, program) if is_taken_by_another(pid, p)), None)


def what_is_degraded(run: RunFolder, program: Program) -> str:
    """What a process that serves cannot do, by its own words; empty where it does everything."""
    page = read_page(run.ports[program.name], "/readyz") if program.speaks_http else None
    return _said(page.encode()) if page else ""


def what_is_missing(run: RunFolder, program: Program) -> str:
    """What a process that serves nothing yet waits for, by its own words; empty without any."""
    if not program.speaks_http:
        return ""
    try:
        _direct.open(f"{run.url(program.name)}/readyz", timeout=_PATIENCE).close()
    except urllib.error.HTTPError as answer:
        return _said(answer.read())
    except (OSError, http.client.HTTPException):
        pass
    return ""


def _said(body: bytes) -> str:
    try:
        checks = json.loads(body)["checks"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return ", ".join(f"{name}: {said}" for name, said in checks if said != "ok")


def read_page(port: int, path: str) -> str | None:
    """The body of a 200, or None for anything else."""
    try:
        with _direct.open(f"http://{LOOPBACK}:{port}{path}", timeout=_PATIENCE) as answer:
            return bytes(answer.read()).decode()
    except (TimeoutError, urllib.error.URLError, http.client.HTTPException, ConnectionError):
        return None
