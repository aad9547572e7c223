"""Asks a process of this host whether it serves; cheap enough for a check every few seconds."""

import http.client
import json

from shared.services import SERVICES

_SECONDS = 4


def ports() -> dict[str, int]:
    """The usual port of each process: of a service, and of its worker as `<service>-worker`."""
    servers = {service.name: service.port for service in SERVICES}
    return servers | {each.worker: each.worker_port for each in SERVICES if each.has_worker}


def port_of(process: str) -> int:
    """The port of a process by its name, or a port as it is written; KeyError for any other word."""
    return int(process) if process.isdecimal() else ports()[process]


def what_is_wrong(port: int, *, host: str = "127.0.0.1") -> str | None:
    """Why the process at that port does not serve; None where it serves, degraded or not."""
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read(1 << 16)
    except (OSError, http.client.HTTPException) as fault:
        return f"nothing answers at {host}:{port} ({fault})"
    finally:
        connection.close()
    if answer.status == http.client.OK:
        return None
    return _said(body) or f"it answers {answer.status}"


def report(process: str) -> int:
    """Print whether a process serves; the exit code. KeyError for a process that nobody knows."""
    wrong = what_is_wrong(port_of(process))
    print(f"{process} serves." if wrong is None else f"{process} does not serve: {wrong}")
    return 0 if wrong is None else 1


def _said(body: bytes) -> str:
    try:
        checks = json.loads(body)["checks"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return ", ".join(f"{name}: {said}" for name, said in checks if said != "ok")
