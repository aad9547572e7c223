"""Speaks to a running supervisor."""

import http.client
import socket
import xmlrpc.client
from dataclasses import dataclass
from typing import Any

from deploy.local.refusals import NotRunning
from deploy.local.run_folder import RunFolder


@dataclass(frozen=True)
class ProcessState:
    """What the supervisor knows of one process."""

    name: str
    state: str
    pid: int
    started_at: int
    now: int
    spoken: str

    @property
    def uptime(self) -> int | None:
        """Seconds since its last start, while it runs."""
        return self.now - self.started_at if self.pid else None


class Supervisor:
    """The running supervisor of a folder; each call has a connection and a deadline of its own."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run

    def is_running(self) -> bool:
        """Whether it answers and is not on its way down."""
        try:
            self._call("getPID")
        except NotRunning:
            return False
        return True

    def states(self) -> list[ProcessState]:
        """Every process it looks after."""
        return [_state(found) for found in self._call("getAllProcessInfo")]

    def state(self, name: str) -> ProcessState:
        """One of them."""
        return _state(self._call("getProcessInfo", name))

    def start(self, name: str) -> None:
        """Starts one unless it runs; does not wait for it."""
        try:
            self._call("startProcess", name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != _ALREADY_STARTED:
                raise

    def _call(self, method: str, *arguments: object) -> Any:
        transport = _UnixTransport(str(self._run.supervisor_socket))
        try:
            with xmlrpc.client.ServerProxy("http://supervisor/RPC2", transport) as proxy:
                return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, http.client.HTTPException) as failure:
            raise NotRunning(self._run.path) from failure
        except xmlrpc.client.Fault as fault:
            if fault.faultCode == _SHUTDOWN_STATE:
                raise NotRunning(self._run.path) from fault
            raise


_ALREADY_STARTED = 60
_SHUTDOWN_STATE = 6


def _state(found: dict[str, Any]) -> ProcessState:
    return ProcessState(
        name=found["name"],
        state=found["statename"],
        pid=found["pid"],
        started_at=found["start"],
        now=found["now"],
        spoken=found["spawnerr"] or found["description"],
    )


class _UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = _UnixConnection(self._path)
        self._connection = host, connection  # this is what `close` of the base class closes
        return connection


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("supervisor", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
