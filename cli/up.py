"""`concord up`: starts the one-machine run."""

import signal
import time
from types import FrameType
from typing import Annotated

import typer
from rich.markup import escape

from cli.data_folder import DEFAULT, DataFolder
from cli.progress import console, telling
from cli.refusals import NotReachable
from cli.two_columns import print_two_columns
from deploy.local.bring_up import bring_up, folder_to_start, is_up
from deploy.local.clock_is_right import say_clock_is_right
from deploy.local.refusals import NotRunning
from deploy.local.run_folder import RunFolder
from deploy.local.run_ports import USUAL, read_choices
from deploy.local.status import status_of
from deploy.local.stop import stop
from deploy.local.supervision import Supervisor
from deploy.local.watch import Watch
from shared.services import SERVICES

PortChoices = Annotated[
    list[str] | None,
    typer.Option(
        "--port",
        metavar="NAME=NUMBER",
        help=f"Another port for {', '.join(USUAL)}; remembered in the data folder. Repeatable.",
    ),
]


def up(
    data: DataFolder = DEFAULT,
    port: PortChoices = None,
    detach: Annotated[
        bool, typer.Option("--detach", "-d", help="Return when everything is ready.")
    ] = False,
    clock_is_right: Annotated[
        bool,
        typer.Option(
            "--clock-is-right",
            help="Say that this machine's clock is right; look at another clock first. Needed after a "
            "stop of more than seven days, or with a backup so old: nothing is recorded before "
            "somebody says so, and it is kept as an event.",
        ),
    ] = False,
) -> None:
    """Start the whole system on this machine; the data of an earlier run is found again.

    Runs until Ctrl-C and then stops everything, unless --detach is given.
    """
    _end_by_exception_on_sigterm()
    with folder_to_start(data, read_choices(port or [])) as run:
        if is_up(run):
            if clock_is_right:
                say_clock_is_right(run, print, only_if_needed=False)
            print(f"The system in {run.path} is already running; `concord status` says more.")
            if not clock_is_right:
                _say_what_is_degraded(run)
            return
        _bring_up_or_leave_nothing(run, detach=detach, clock_is_right=clock_is_right)
    say_where(run)
    _say_what_is_degraded(run)
    if not detach:
        _stay(run)


def _say_what_is_degraded(run: RunFolder) -> None:
    """What is served all the same, but not in full: each sentence once."""
    said = dict.fromkeys(line.said for line in status_of(run) if line.said)
    for each in said:
        print(f"Take care: {each}.", flush=True)


def _bring_up_or_leave_nothing(run: RunFolder, *, detach: bool, clock_is_right: bool) -> None:
    """Start the system; if that fails or is interrupted, stop what was started."""
    began = time.monotonic()
    ran_before = Supervisor(run).is_running()
    try:
        with telling("concord") as tell:
            bring_up(run, tell, with_us=not detach, clock_is_right=clock_is_right)
    except BaseException:  # also for Ctrl-C
        if not ran_before:
            stop(run)
        raise
    print(f"Everything is ready after {time.monotonic() - began:.1f} s.")


def _end_by_exception_on_sigterm() -> None:
    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def say_where(run: RunFolder) -> None:
    """Print the addresses of the APIs and the data folder."""
    places = {service.name: f"{run.url(service.name)}/docs" for service in SERVICES}
    print_two_columns(places | {"Kafka": run.kafka.bootstrap, "data": str(run.path)})


def _stay(run: RunFolder) -> None:
    try:
        print("Ctrl-C stops it.", flush=True)
        _watch(run)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        stop(run)


def _watch(run: RunFolder) -> None:
    watch = Watch(Supervisor(run))
    while True:
        try:
            for happened in watch.look():
                console.print(escape(happened))
        except NotRunning:
            raise NotReachable(
                "The supervisor ended, and everything it ran with it; start again with "
                "`concord up`."
            ) from None
        time.sleep(1)
