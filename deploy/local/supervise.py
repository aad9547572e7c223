"""Becomes the supervisor.

`python -m deploy.local.supervise [--with-parent] [--listen=NAME:PORT]... CONFIGURATION`: it holds
the ports of the programs that can be handed one, from its own start to its end. Nobody else can
take such a port while a program is started again; who connects meanwhile waits.
"""

import contextlib
import os
import signal
import socket
import sys
from typing import Any, ClassVar

from supervisor import loggers, options, process, supervisord

from deploy.local.death_signal import PARENT, die_with_parent
from deploy.local.ports import LOOPBACK

_WAITING = 2048
"""Connections that may wait for a program that is being started."""


class LossyWhenFull(loggers.RotatingFileHandler):  # type: ignore[misc]  # ships no types
    """A full disk costs lines of the log and nothing else.

    As supervisor has it, a line that cannot be written ends the reading of that process's output,
    for good: the process stands still as soon as the pipe is full, long after the disk is not.
    """

    def emit(self, record: Any) -> None:
        """Write the line if there is room, and turn the file over when it is due."""
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self) -> None:  # noqa: N802  supervisor's name
        """Nowhere to say it: the supervisor's own outputs are files on the same disk."""


class HandsOnItsPort(process.Subprocess):  # type: ignore[misc]  # ships no types
    """Gives a program the socket of its port in the place of its standard input."""

    held: ClassVar[dict[str, socket.socket]] = {}

    def _prepare_child_fds(self) -> None:
        if listening := self.held.get(self.config.name):
            os.dup2(listening.fileno(), self.pipes["child_stdin"])
        super()._prepare_child_fds()


def main(arguments: list[str]) -> None:
    """Take the ports, tell the children who their parent is, and supervise."""
    if "--with-parent" in arguments:
        die_with_parent(signal.SIGTERM)
    os.environ[PARENT] = str(os.getpid())
    for word in arguments[:-1]:
        name, _, port = word.removeprefix("--listen=").partition(":")
        if port:
            HandsOnItsPort.held[name] = _listening(int(port))
    loggers.RotatingFileHandler = LossyWhenFull
    process.Subprocess = HandsOnItsPort
    # nothing was left open by an earlier self: it would close the ports
    options.ServerOptions.cleanup_fds = lambda _: None
    supervisord.main(["-c", arguments[-1]])


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(_WAITING)
    return listening


if __name__ == "__main__":
    main(sys.argv[1:])
