"""`concord purge`: deletes what was erased or corrected, and ends the receipts of old requests."""

from typing import Annotated

import typer

from cli.system import DataFolderIfNamed
from shared.services import LEDGER_KEEPERS


def purge(
    *,
    days: Annotated[
        int, typer.Option(metavar="N", min=0, max=30, help="Requests that are older end.")
    ] = 30,
    data: DataFolderIfNamed = None,
) -> None:
    """Delete what was erased or corrected, and end receipts of old requests; to be run once a day.

    The keys and texts of erased persons, and of the disputes that name them, are deleted for
    good, and so are words of a registration that were corrected. A request that is sent again after its receipt has ended is executed again; receipts of
    what follows from events never end. Every service is purged, also where another one refuses;
    the exit code is the worst of them.
    """
    from cli.maintenance import run_entry_point, service_named

    words = ["--days", str(days)]
    codes = [
        run_entry_point(data, service_named(name, LEDGER_KEEPERS), "purge", words, as_owner=True)
        for name in LEDGER_KEEPERS
    ]
    if max(codes):
        raise typer.Exit(max(codes))
