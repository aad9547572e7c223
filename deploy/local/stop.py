"""Stops a run: everything in its order, and then whatever is still there."""

import signal
from pathlib import Path

from deploy.local.leftovers import end
from deploy.local.run_folder import RunFolder
from deploy.local.run_leftovers import end_run_leftovers, supervisors_of

_PATIENCE = 60


def stop(run: RunFolder) -> bool:
    """No process of the run is left afterwards; tells whether there was any.

    The supervisor stops later tiers first when it is asked to end; where it does not listen its
    death ends its children too.
    """
    supervised = end(supervisors_of(run), signal.SIGTERM, _PATIENCE)
    ended = end_run_leftovers(run) + supervised
    _remove_socket(run.supervisor_socket, run.path)
    return bool(ended)


def _remove_socket(socket: Path, folder: Path) -> None:
    """What a killed supervisor leaves, with the folder of its own that a long path needs."""
    socket.unlink(missing_ok=True)
    if socket.parent != folder and socket.parent.exists():
        socket.parent.rmdir()
