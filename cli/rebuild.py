"""`concord rebuild`: rebuilds views from the topics and swaps them in without downtime."""

from pathlib import Path
from typing import Annotated

import typer

from cli.system import DataFolderIfNamed

View = Annotated[
    str | None,
    typer.Argument(metavar="VIEW", help="A view of stats, such as cases.", show_default="all"),
]


Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="Swap even where the live view holds events that the topic does not tell of: after a "
        "database was restored from a backup.",
    ),
]


def rebuild(
    view: View = None, *, replace: Replace = False, data: DataFolderIfNamed = None
) -> None:
    """Fold a view into new tables, then swap them with the live ones while all goes on.

    Exit code 1 when it was not swapped: the live view is then as it was.
    """
    code = rebuild_views(data, view, replace=replace)
    if code:
        raise typer.Exit(code)


def rebuild_views(data: Path | None, view: str | None = None, *, replace: bool = False) -> int:
    """Run the service's rebuild and return its exit code."""
    from cli.maintenance import run_entry_point, service_named

    stats = service_named("stats", ["stats"])
    words = [*([] if view is None else [view]), *(["--replace"] if replace else [])]
    return run_entry_point(data, stats, "rebuild", words, as_owner=True)
