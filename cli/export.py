"""`concord export`: the ledgers of a division with all that is needed to check them."""

from pathlib import Path
from typing import Annotated

import typer

from cli.progress import telling
from cli.refusals import BadInput
from cli.system import DataFolderIfNamed, find_system
from shared.divisions import COUNTY, TOWNSHIP, check_division

Division = Annotated[str, typer.Option(metavar="CODE", help="County or township: 6, 9 digits.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="A folder that is not there yet.")]


def export(division: Division, out: Out, *, data: DataFolderIfNamed = None) -> None:
    """Write a division's ledgers, seals, keys and figures; `concord verify` checks them."""
    from cli.exporting.export_to import export_to

    system = find_system(data)
    with telling(f"exporting {_checked(division)}") as tell:
        ledgers = export_to(out.expanduser().absolute(), system, division, tell)
    events = sum(ledger.events for ledger in ledgers)
    print(f"{len(ledgers)} ledgers with {events:,} events are in {out}; now: concord verify {out}")


def _checked(division: str) -> str:
    try:
        return check_division(division, COUNTY, TOWNSHIP)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}.") from reason
