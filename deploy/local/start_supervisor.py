"""Starts the supervisor, with everything it looks after stopped."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.death_signal import PARENT
from deploy.local.private_files import OURS_ALONE, write_private
from deploy.local.programs import Program
from deploy.local.refusals import FolderNotOurs
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from deploy.local.supervisor_files import configuration, write_launch_files


def start_supervisor(
    run: RunFolder, programs: list[Program], *, with_us: bool
) -> subprocess.Popen[bytes]:
    """Starts it with all programs stopped; `with_us`: it ends when this process ends."""
    _make_socket_folder(run.supervisor_socket)
    run.supervisor_socket.unlink(missing_ok=True)
    write_private(run.supervisor_config, configuration(run, programs))
    write_launch_files(run, programs)
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
            umask=OURS_ALONE,
        )


def _make_socket_folder(file: Path) -> None:
    """The folder of the socket is private; a foreign one of that name is no place for it."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    if file.parent.lstat().st_uid != os.geteuid() or file.parent.is_symlink():
        raise FolderNotOurs(file.parent, "it belongs to another user")
