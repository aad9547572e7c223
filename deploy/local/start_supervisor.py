"""Starts the supervisor, with everything it looks after stopped."""

import os
import subprocess
import sys

from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT
from deploy.local.private_files import OURS_ALONE, write_private
from deploy.local.programs import Program
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from deploy.local.supervisor_files import configuration, write_launch_files


def start_supervisor(
    run: RunFolder, programs: list[Program], *, with_us: bool
) -> subprocess.Popen[bytes]:
    """Starts it with all programs stopped; `with_us`: it ends when this process ends."""
    run.supervisor_socket.unlink(missing_ok=True)
    write_private(run.supervisor_config, configuration(run, programs))
    write_launch_files(run, programs)
    words = ["--with-parent"] if with_us else []
    words += [f"--listen={p.name}:{run.ports[p.name]}" for p in programs if p.speaks_http]
    with (run.path / "logs" / "supervisor.out").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.local.supervise", *words, str(run.supervisor_config)],
            cwd=run.path,
            env=bare_environment(**{RUN_VARIABLE: str(run.path), PARENT: str(os.getpid())}),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # Ctrl-C is for us: we stop things in their order
            umask=OURS_ALONE,
        )
