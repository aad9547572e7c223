"""Stops a run: everything in its order, and then whatever is still there."""

import signal

from deploy.local.leftovers import end
from deploy.local.run_folder import RunFolder
from deploy.local.run_leftovers import end_run_leftovers, supervisors_of
from deploy.local.socket_folder import remove_short_folder

_PATIENCE = 60


def stop(run: RunFolder) -> bool:
    """No process of the run is left afterwards; tells whether there was any.

    The supervisor stops later tiers first when it is asked to end; where it does not listen its
    death ends its children too.
    """
    supervised = end(supervisors_of(run), signal.SIGTERM, _PATIENCE)
    ended = end_run_leftovers(run) + supervised
    run.supervisor_socket.unlink(missing_ok=True)
    run.issuer_socket.unlink(missing_ok=True)
    remove_short_folder(run.path)
    return bool(ended)
