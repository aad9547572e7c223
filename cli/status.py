"""`concord status`: what every process does."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer
from rich.table import Table

from cli.data_folder import DEFAULT, DataFolder
from cli.output_format import OutputFormat
from cli.progress import console
from deploy.local.run_folder import RunFolder
from deploy.local.status import ProgramStatus, status_of


def status(
    data: DataFolder = DEFAULT,
    form: Annotated[
        OutputFormat, typer.Option("--format", help="table or json.")
    ] = OutputFormat.TABLE,
) -> None:
    """Say for every process: state, port, uptime, memory, lag.

    Exit code 1 when one is not ready, or degraded: it serves, and says what it cannot do. 3 when nothing runs.
    """
    lines = status_of(RunFolder.open(data))
    if form is OutputFormat.JSON:
        print(json.dumps([asdict(line) for line in lines], indent=2))
    else:
        console.print(_table(lines))
        for line in lines:
            if line.said:
                console.print(f"{line.name}: {line.said}", markup=False, soft_wrap=True)
    if any(line.state != "ready" for line in lines):
        raise typer.Exit(1)


def _table(lines: list[ProgramStatus]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("process")
    table.add_column("state")
    for title in ("port", "uptime", "memory", "lag"):
        table.add_column(title, justify="right")
    for line in lines:
        table.add_row(*_cells(line))
    total = sum(line.memory_bytes or 0 for line in lines)
    table.add_row("together", "", "", "", _mebibytes(total), "", style="dim")
    return table


def _cells(line: ProgramStatus) -> tuple[str, ...]:
    return (
        line.name,
        line.state,
        str(line.port),
        "–" if line.uptime_seconds is None else str(timedelta(seconds=line.uptime_seconds)),
        _mebibytes(line.memory_bytes),
        "–" if line.lag_events is None else str(line.lag_events),
    )


def _mebibytes(size: int | None) -> str:
    return "–" if size is None else f"{size / 1024**2:.0f} MiB"
