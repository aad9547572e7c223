"""Becomes the supervisor: `python -m deploy.local.supervise [--with-parent] CONFIGURATION`."""

import os
import signal
import sys

from supervisor import supervisord

from deploy.local.death_signal import PARENT, die_with_parent


def main(arguments: list[str]) -> None:
    """Tell the children who their parent is, and supervise."""
    if arguments[0] == "--with-parent":
        die_with_parent(signal.SIGTERM)
    os.environ[PARENT] = str(os.getpid())
    supervisord.main(["-c", arguments[-1]])


if __name__ == "__main__":
    main(sys.argv[1:])
