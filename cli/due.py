"""`concord due`: due rows that failed too often, and trying them again after the mend."""

from typing import Annotated

import typer

from cli.output_format import OutputFormat
from cli.system import DataFolderIfNamed
from shared.services import LEDGER_KEEPERS

due = typer.Typer(no_args_is_help=True, help="List and resume due rows that failed too often.")

Service = Annotated[str, typer.Option(metavar="S", help=f"Whose: {', '.join(LEDGER_KEEPERS)}.")]


@due.command("list")
def list_parked(
    *,
    service: Service = "intake",
    form: Annotated[
        OutputFormat, typer.Option("--format", help="table or json.")
    ] = OutputFormat.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="The oldest so many.")] = 100,
    data: DataFolderIfNamed = None,
) -> None:
    """Say which due rows are parked, since when and why; never what they hold."""
    _run(service, ["list", "--format", form.value, "--limit", str(limit)], data)


@due.command()
def resume(
    ledger: Annotated[
        str | None, typer.Argument(metavar="LEDGER", help="One ledger: intake/519900101.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that is parked.")] = False,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Rows of this kind alone.")
    ] = None,
    service: Service = "intake",
    data: DataFolderIfNamed = None,
) -> None:
    """Let parked rows be tried again, once the cause is mended; each has its effect once."""
    from cli.refusals import BadInput

    if (ledger is not None) is everything:
        raise BadInput("Say what to resume: a ledger or --all.")
    of_kind = ["--kind", kind] if kind else []
    _run(service, ["resume", ledger or "--all", *of_kind], data)


def _run(service: str, words: list[str], data: DataFolderIfNamed) -> None:
    from cli.maintenance import run_entry_point, service_named

    code = run_entry_point(data, service_named(service, LEDGER_KEEPERS), "due_rows", words)
    if code:
        raise typer.Exit(code)
