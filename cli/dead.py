"""`concord dead`: what a service could not fold, and folding it after the mend."""

from typing import Annotated

import typer

from cli.output_format import OutputFormat
from cli.system import DataFolderIfNamed
from shared.services import FOLLOWERS

dead = typer.Typer(
    no_args_is_help=True, help="List, replay and put aside what could not be folded."
)

Service = Annotated[str, typer.Option(metavar="S", help=f"Whose: {', '.join(FOLLOWERS)}.")]


@dead.command("list")
def list_parked(
    *,
    service: Service = "stats",
    form: Annotated[
        OutputFormat, typer.Option("--format", help="table or json.")
    ] = OutputFormat.TABLE,
    replayed_too: Annotated[bool, typer.Option("--all", help="Also what was replayed.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="The oldest so many.")] = 100,
    data: DataFolderIfNamed = None,
) -> None:
    """Say what is parked, since when and why; never what it holds."""
    words = ["list", "--format", form.value, "--limit", str(limit)]
    _run(service, [*words, *(["--all"] if replayed_too else [])], data)


@dead.command()
def replay(
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help="One event: intake/519900101@42.")
    ] = None,
    *,
    ledger: Annotated[
        str | None, typer.Option(metavar="LEDGER", help="All of a ledger: intake/519900101.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is parked.")] = False,
    service: Service = "stats",
    data: DataFolderIfNamed = None,
) -> None:
    """Fold what is parked, exactly as if it had never been; exit code 1 when some still fails."""
    from cli.refusals import BadInput

    if sum([place is not None, ledger is not None, everything]) != 1:
        raise BadInput("Say what to replay: a place, --ledger or --all.")
    named = [place] if place else ["--ledger", ledger] if ledger else ["--all"]
    _run(service, ["replay", *filter(None, named)], data)


@dead.command()
def park(
    messages: Annotated[
        str,
        typer.Argument(
            metavar="MESSAGES", help="As the log names them: concord.intake/7/120..126."
        ),
    ],
    *,
    service: Service = "stats",
    data: DataFolderIfNamed = None,
) -> None:
    """Put messages aside that are no events, where several in a row stop the worker."""
    _run(service, ["park", messages], data)


def _run(service: str, words: list[str], data: DataFolderIfNamed) -> None:
    from cli.maintenance import run_entry_point, service_named

    code = run_entry_point(data, service_named(service, FOLLOWERS), "dead_letters", words)
    if code:
        raise typer.Exit(code)
