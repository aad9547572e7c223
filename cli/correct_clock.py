"""`concord correct-clock`: lets the time of ledgers start again that a fast clock had moved ahead."""

from typing import Annotated

import typer

from cli.system import DataFolderIfNamed
from shared.services import LEDGER_KEEPERS

_DONE, _NOTHING = 0, 1


def correct_clock(
    *,
    reason: Annotated[
        str,
        typer.Option(metavar="CODE", help="clock-ahead, operating-error or drill."),
    ],
    service: Annotated[
        str | None,
        typer.Option(metavar="S", help=f"Only the ledgers of {' or '.join(LEDGER_KEEPERS)}."),
    ] = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Let the time of every ledger start again that bears times which have not come yet.

    They were recorded under a clock that ran ahead. Set the clock right first, and look at another
    one: what it says now is what later events bear. The correction is an event of each such ledger;
    what was recorded stays. Exit code 1 when no ledger is ahead of the clock.
    """
    from cli.maintenance import run_entry_point, service_named

    named = [service] if service else list(LEDGER_KEEPERS)
    words = ["correct", "--reason", reason]
    codes = [
        run_entry_point(data, service_named(name, LEDGER_KEEPERS), "ledger_clock", words)
        for name in named
    ]
    if failed := [code for code in codes if code not in {_DONE, _NOTHING}]:
        raise typer.Exit(failed[0])
    if _DONE not in codes:
        typer.echo("No ledger is ahead of the clock.", err=True)
        raise typer.Exit(_NOTHING)
