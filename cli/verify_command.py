"""`concord verify`: an export by the file that stands alone, or a running system by its services."""

from pathlib import Path
from typing import Annotated

import typer

from cli.refusals import BadInput
from cli.system import DataFolderIfNamed
from cli.verify import DOES_NOT_HOLD, verify, verify_receipt


def verify_command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="What `concord export` wrote.")
    ] = None,
    *,
    key: Annotated[
        Path | None, typer.Option(help="The public key, from elsewhere than the system.")
    ] = None,
    seals: Annotated[
        Path | None,
        typer.Option(
            help="Seals that were kept: seals.ndjson of an earlier export or a mail, or a folder of copies."
        ),
    ] = None,
    unit_key: Annotated[
        Path | None,
        typer.Option(help="The county's key of units: were cases kept from units complained of?"),
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Compare the running system's tables with its ledgers.")
    ] = False,
    receipt: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The receipt of one registration, checked alone."),
    ] = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Recompute an export from itself alone: every hash, every seal and every figure.

    With --live no export is read: boards, rosters and the vault's digests of the running system are
    compared with what its events come to, by the services' own rules. With --receipt only that file
    is read, and --key; exit code 1 as well where no seal covers it yet.
    """
    if receipt:
        if folder or seals or live or unit_key:
            raise BadInput(
                "--receipt reads one file: leave FOLDER, --seals, --unit-key and --live out."
            )
        verify_receipt(receipt, key)
        return
    if live:
        if folder or key or seals or unit_key:
            raise BadInput(
                "--live reads the running system: leave FOLDER, --key, --seals and --unit-key out."
            )
        _verify_live(data)
    elif folder is None:
        raise BadInput("Name the FOLDER of an export, or --live for the running system.")
    else:
        verify(folder, key, seals, unit_key)


def _verify_live(data: Path | None) -> None:
    from cli.maintenance import run_entry_point
    from shared.services import LEDGER_KEEPERS, service_called

    codes = [run_entry_point(data, service_called(name), "live_check") for name in LEDGER_KEEPERS]
    if any(codes):
        raise typer.Exit(max(DOES_NOT_HOLD, *codes))
