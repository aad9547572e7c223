"""`concord purge`: ends the receipts of old requests."""

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
    """End the receipts of old requests; to be run once a day.

    A request that is sent again later is executed again. Receipts of what follows from events
    never end.
    """
    from cli.maintenance import run_entry_point, service_named

    words = ["--days", str(days)]
    for name in LEDGER_KEEPERS:
        service = service_named(name, LEDGER_KEEPERS)
        code = run_entry_point(data, service, "purge", words, as_owner=True)
        if code:
            raise typer.Exit(code)
