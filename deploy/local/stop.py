"""Stops a run: everything in its order, and then whatever is still there."""

import psutil

from deploy.local.refusals import NotRunning
from deploy.local.run_folder import RunFolder
from deploy.local.run_leftovers import end_run_leftovers
from deploy.local.supervision import Supervisor

_PATIENCE = 60


def stop(run: RunFolder) -> bool:
    """No process of the run is left afterwards; tells whether there was any."""
    was_supervised = _stop_supervisor(Supervisor(run))
    return bool(end_run_leftovers(run)) or was_supervised


def _stop_supervisor(supervisor: Supervisor) -> bool:
    try:
        process = psutil.Process(supervisor.pid())
        supervisor.shut_down()
    except (NotRunning, psutil.NoSuchProcess):
        return False
    try:
        process.wait(_PATIENCE)
    except psutil.TimeoutExpired:
        process.kill()  # its death ends its children too
    return True
