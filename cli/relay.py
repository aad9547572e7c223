"""`concord relay`: commands to the relay of a service."""

from typing import Annotated

import typer

from cli.system import DataFolderIfNamed
from shared.services import LEDGER_KEEPERS

relay = typer.Typer(no_args_is_help=True, help="Tell the relay of a service.")


@relay.callback()
def _several() -> None:
    """Keeps `resend` a word of its own while it is the only one."""


@relay.command()
def resend(
    *,
    service: Annotated[str, typer.Option(metavar="S", help="Whose ledgers; such as intake.")],
    division: Annotated[
        str | None, typer.Option(metavar="CODE", help="One ledger; all of them unless named.")
    ] = None,
    data: DataFolderIfNamed = None,
) -> None:
    """Send ledgers to Kafka again from their first event; consumers skip what they have."""
    from cli.maintenance import run_entry_point, service_named

    words = [] if division is None else ["--division", division]
    code = run_entry_point(data, service_named(service, LEDGER_KEEPERS), "resend", words)
    if code:
        raise typer.Exit(code)
