"""Asks a process of this host whether it serves; cheap enough for a check every few seconds."""

import http.client
import json
import urllib.error
import urllib.request

from shared.services import SERVICES

_SECONDS = 4
# a process of the same host is never behind a proxy
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ports() -> dict[str, int]:
    """The usual port of each process: of a service, and of its worker as `<service>-worker`."""
    servers = {service.name: service.port for service in SERVICES}
    return servers | {each.worker: each.worker_port for each in SERVICES if each.has_worker}


def what_is_wrong(port: int, *, host: str = "127.0.0.1") -> str | None:
    """Why the process at that port does not serve; None where it serves, degraded or not."""
    try:
        with _direct.open(f"http://{host}:{port}/readyz", timeout=_SECONDS):
            return None
    except urllib.error.HTTPError as answer:
        return _said(answer.read(1 << 16)) or f"it answers {answer.code}"
    except (OSError, http.client.HTTPException) as fault:
        return f"nothing answers at {host}:{port} ({fault})"


def _said(body: bytes) -> str:
    try:
        checks = json.loads(body)["checks"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return ", ".join(f"{name}: {said}" for name, said in checks if said != "ok")
