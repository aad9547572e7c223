"""Whether a process of a run can serve, asked the way its users would."""

import http.client
import urllib.error
import urllib.request

from deploy.local.ports import LOOPBACK
from deploy.local.programs import Program
from deploy.local.run_folder import RunFolder
from deploy.local.topics import broker_is_ready

# loopback never goes through the proxy that the environment may name
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_ready(run: RunFolder, program: Program) -> bool:
    """One question, answered within seconds."""
    match program.name:
        case "postgres":
            return run.postgres.is_ready(run.secrets.postgres_superuser)
        case "kafka":
            return broker_is_ready(run.kafka.port, run.kafka.bootstrap)
        case name:
            return read_page(run.ports[name], "/readyz") is not None


def read_page(port: int, path: str) -> str | None:
    """The body of a 200, or None for anything else."""
    try:
        with _direct.open(f"http://{LOOPBACK}:{port}{path}", timeout=2) as answer:
            return bytes(answer.read()).decode()
    except (TimeoutError, urllib.error.URLError, http.client.HTTPException, ConnectionError):
        return None
