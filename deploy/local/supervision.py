"""The supervisor: its configuration, how it is started, and how it is spoken to."""

import http.client
import os
import shlex
import socket
import subprocess
import sys
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.death_signal import PARENT
from deploy.local.private_files import write_private
from deploy.local.programs import Program
from deploy.local.refusals import FolderNotOurs, NotRunning
from deploy.local.run_folder import RUN_VARIABLE, RunFolder

_SUPERVISOR = """\
[supervisord]
nodaemon=true
silent=true
identifier=concord
umask=077
logfile={logs}/supervisor.log
logfile_maxbytes=5MB
logfile_backups=1
pidfile={folder}/supervisor.pid
childlogdir={logs}
{user}
[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

_PROGRAM = """
[program:{name}]
command={command}
directory={directory}
priority={priority}
autostart=false
autorestart=true
; what lives shorter than this is started again with a growing pause
startsecs=3
; with such pauses this is an hour, after which it is given up
startretries=80
; Java ends with 143 when it is asked to
exitcodes=0,143
stopsignal={stop_signal}
stopwaitsecs=20
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=3
"""


def configuration(run: RunFolder, programs: list[Program]) -> str:
    """The supervisor's file; nothing secret is in it."""
    head = _SUPERVISOR.format(
        logs=_value(run.path / "logs"),
        folder=_value(run.path),
        socket=_value(run.supervisor_socket),
        user="user=root\n" if os.geteuid() == 0 else "",
    )
    return head + "".join(_section(run, program) for program in programs)


def _section(run: RunFolder, program: Program) -> str:
    starter = [sys.executable, "-m", "deploy.local.start_program", program.name]
    own_folder = run.path / program.name
    return _PROGRAM.format(
        name=program.name,
        command=_escaped(shlex.join(starter)),
        directory=_value(own_folder if program.name == "kafka" else run.path),
        priority=program.tier,
        stop_signal=program.stop_signal,
        log=_value(run.log_of(program.name)),
    )


def _value(path: Path) -> str:
    return _escaped(str(path))


def _escaped(value: str) -> str:
    return value.replace("%", "%%")


def start_supervisor(
    run: RunFolder, programs: list[Program], *, with_us: bool
) -> subprocess.Popen[bytes]:
    """Starts it with all programs stopped; `with_us`: it ends when this process ends."""
    _make_socket_folder(run.supervisor_socket)
    run.supervisor_socket.unlink(missing_ok=True)
    write_private(run.supervisor_config, configuration(run, programs))
    ending = ["--with-parent"] if with_us else []
    with (run.path / "logs" / "supervisor.out").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local.supervise", *ending, str(run.supervisor_config)],
            cwd=run.path,
            env={**os.environ, RUN_VARIABLE: str(run.path), PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # Ctrl-C is for us: we stop things in their order
        )


def _make_socket_folder(file: Path) -> None:
    """The folder of the socket is private; a foreign one of that name is no place for it."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    if file.parent.lstat().st_uid != os.geteuid() or file.parent.is_symlink():
        raise FolderNotOurs(file.parent, "it belongs to another user")


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
        """Whether it answers."""
        try:
            self._call("getPID")
        except NotRunning:
            return False
        return True

    def pid(self) -> int:
        """Its process."""
        return int(self._call("getPID"))

    def is_stopping(self) -> bool:
        """Whether it is on its way down."""
        return str(self._call("getState")["statename"]) != "RUNNING"

    def states(self) -> list[ProcessState]:
        """Every process it looks after."""
        return [_state(found) for found in self._call("getAllProcessInfo")]

    def state(self, name: str) -> ProcessState:
        """One of them."""
        return _state(self._call("getProcessInfo", name))

    def start(self, name: str) -> None:
        """Starts one unless it runs; does not wait for it."""
        self._call_unless(_ALREADY_STARTED, "startProcess", name, False)

    def shut_down(self) -> None:
        """Asks it to stop everything, later tiers first, and then itself."""
        self._call_unless(_SHUTDOWN_STATE, "shutdown")

    def _call_unless(self, harmless: int, method: str, *arguments: object) -> None:
        try:
            self._call(method, *arguments)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != harmless:
                raise

    def _call(self, method: str, *arguments: object) -> Any:
        transport = _UnixTransport(str(self._run.supervisor_socket))
        try:
            with xmlrpc.client.ServerProxy("http://supervisor/RPC2", transport) as proxy:
                return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, http.client.HTTPException) as failure:
            raise NotRunning(self._run.path) from failure


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
        super().__init__("supervisor", timeout=10)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
