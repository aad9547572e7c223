"""`python -m demo`: the whole system, a register going in, and its figures moving.

`demo.elsewhere` plays it on a system that runs elsewhere.

On a terminal it stays up until Ctrl-C. Without one, or with DEMO_EXIT=1, it stops what it started
and ends with 0 only if the figures are those that have to come out, and three ways give the same.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from cli.data_folder import DEFAULT
from cli.progress import console, telling
from cli.refusals import CommandRefused
from cli.system import embedded
from cli.two_columns import print_two_columns
from demo.scene import Scene, chosen_scene
from demo.show import show
from deploy.local.bring_up import bring_up, folder_to_start, is_up
from deploy.local.county import COUNTY
from deploy.local.refusals import CannotRun
from deploy.local.run_folder import RunFolder
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor
from shared.services import SERVICES


def main() -> int:
    """The exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _demonstrate(chosen_scene())
    except (CommandRefused, CannotRun) as reason:
        print(reason, file=sys.stderr)
        return reason.exit_code
    except KeyboardInterrupt:
        return 130


def _demonstrate(scene: Scene) -> int:
    data = Path(os.environ.get("CONCORD_DATA") or DEFAULT)
    with _running_system(data) as run:
        code = show(embedded(run.path), run.path, scene, rebuilt=run.path)
        say_where(run)
        if console.is_terminal and not os.environ.get("DEMO_EXIT"):
            _stay()
    return code


@contextmanager
def _running_system(data: Path) -> Iterator[RunFolder]:
    """The system of that folder; one that runs already is used, and left running."""
    with folder_to_start(data, {}) as run:
        ours = not Supervisor(run).is_running()
        try:
            if not is_up(run):
                with telling("demo") as tell:
                    bring_up(run, tell, with_us=ours)
        except BaseException:  # Ctrl-C too: what was started is stopped, then it goes on up
            if ours:
                stop(run)
            raise
    try:
        yield run
    finally:
        if ours:
            print("Stopping …", flush=True)
            stop(run)


def say_where(run: RunFolder) -> None:
    """Print the addresses of the APIs, and commands to try next."""
    about = f"--data {run.path} --division {COUNTY}"
    print("\nThe APIs:")
    print_two_columns(
        {
            service.name: f"{run.url(service.name)}/docs   metrics at /metrics"
            + ("" if service.keeps_ledgers else ", with a token figures at /metrics/figures")
            for service in SERVICES
        }
        | {
            "Kafka": run.kafka.bootstrap,
            "a token": f"concord token {about} --role auditor",
            "figures": f"concord figures {about} --period all",
        }
    )
    print()


def _stay() -> None:
    print("Ctrl-C stops it.", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        print()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
