"""`concord logs`: the logs of the processes."""

from pathlib import Path
from typing import Annotated

import typer

from cli.data_folder import DEFAULT, DataFolder
from deploy.local import logs as written
from deploy.local.programs import programs
from deploy.local.refusals import UnknownPart
from deploy.local.run_folder import RunFolder


def logs(
    name: Annotated[str | None, typer.Argument(help="One process; all when absent.")] = None,
    data: DataFolder = DEFAULT,
    lines: Annotated[int, typer.Option("-n", min=0, help="How many of the last lines.")] = 50,
    follow: Annotated[bool, typer.Option("-f", help="Go on with new lines.")] = False,
) -> None:
    """Print the last lines of the logs, and new ones as they come with -f."""
    files = _files(RunFolder.open(data), name)
    show = _plain if name else _with_name(max(map(len, files)))
    for process, file in files.items():
        for line in written.last_lines(file, lines):
            show(process, line)
    if follow:
        written.follow(files, show)


def _files(run: RunFolder, name: str | None) -> dict[str, Path]:
    known = [*(program.name for program in programs(run)), "supervisor"]
    if name is not None and name not in known:
        raise UnknownPart(name, known)
    return {process: run.log_of(process) for process in ([name] if name else known)}


def _plain(_process: str, line: str) -> None:
    print(line, flush=True)


def _with_name(width: int) -> written.Show:
    def show(process: str, line: str) -> None:
        print(f"{process:{width}} | {line}", flush=True)

    return show
