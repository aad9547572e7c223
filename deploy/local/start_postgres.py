"""Starts PostgreSQL in this process, after ending and removing what a killed one left behind.

`python -m deploy.local.start_postgres [--become=UID:GID] DATA_FOLDER SOCKETS COMMAND...`: the
supervisor runs this at every start, so a server that was killed comes back within a second.
"""

import os
import signal
import sys
from pathlib import Path

from deploy.local.death_signal import die_with_parent
from deploy.local.leftovers import end_leftovers


def clear_way(folder: Path, sockets: Path) -> None:
    """Ends orphaned backends, which hold the shared memory, and removes the stale pid files.

    PostgreSQL itself trusts a pid file whose number some process has again after a reboot. Only
    we start servers in this folder, one at a time, so whoever still works here is a leftover.
    """
    end_leftovers(folder, "postgres", signal.SIGQUIT)
    (folder / "postmaster.pid").unlink(missing_ok=True)
    for lock in sockets.glob(".s.PGSQL.*.lock"):
        lock.unlink()


def main(arguments: list[str]) -> None:
    """Clear the way, change the user where asked to, and become the server."""
    owner = ""
    if arguments[0].startswith("--become="):
        owner = arguments.pop(0).removeprefix("--become=")
    folder = Path(arguments.pop(0))
    clear_way(folder, Path(arguments.pop(0)))
    os.chdir("/")
    if owner:
        _become(*map(int, owner.split(":")))
    die_with_parent(signal.SIGINT)  # SIGTERM would wait for the clients
    os.execvp(arguments[0], arguments)  # noqa: S606 - the argument list is our own


def _become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


if __name__ == "__main__":
    main(sys.argv[1:])
