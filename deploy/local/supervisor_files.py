"""The files that the supervisor is started with: its configuration and what it launches."""

import json
import os
import shlex
import sys
from pathlib import Path

from deploy.local import launch
from deploy.local.private_files import write_private
from deploy.local.programs import Program
from deploy.local.run_folder import RunFolder

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
    starter = [sys.executable, "-S", "-E", launch.__file__, str(launch_file(run, program))]
    return _PROGRAM.format(
        name=program.name,
        command=_escaped(shlex.join(starter)),
        directory=_value(run.path),
        priority=program.tier,
        stop_signal=program.stop_signal,
        log=_value(run.log_of(program.name)),
    )


def launch_file(run: RunFolder, program: Program) -> Path:
    """What `launch.py` reads to become that program."""
    return run.path / "launch" / f"{program.name}.json"


def write_launch_files(run: RunFolder, programs: list[Program]) -> None:
    """Each private: it holds the secrets of its program."""
    (run.path / "launch").mkdir(exist_ok=True, mode=0o700)
    for program in programs:
        launched = {
            "command": program.command(run),
            "environment": dict(program.environment),
            "listens": program.speaks_http,
        }
        write_private(launch_file(run, program), json.dumps(launched, indent=2))


def _value(path: Path) -> str:
    return _escaped(str(path))


def _escaped(value: str) -> str:
    return value.replace("%", "%%")
