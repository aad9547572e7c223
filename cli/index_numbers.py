"""`concord index-numbers`: petitioners are found by number also in cases of before the index."""

from typing import Annotated

import typer

from cli.system import DataFolderIfNamed
from shared.services import service_called


def index_numbers(
    *,
    division: Annotated[
        str | None, typer.Option(metavar="CODE", help="One ledger; all of them unless named.")
    ] = None,
    after: Annotated[
        str | None, typer.Option(metavar="ID", help="Go on after this case, where it stopped.")
    ] = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Make petitioners findable by an exact number in cases that are older than the index.

    To be run once after the upgrade, while the system runs; it can be run again at any time.
    """
    from cli.maintenance import run_entry_point

    words = [] if division is None else ["--division", division]
    words += [] if after is None else ["--after", after]
    code = run_entry_point(data, service_called("intake"), "index_numbers", words)
    if code:
        raise typer.Exit(code)
