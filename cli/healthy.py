"""`concord healthy`: the health check of a container."""

from typing import Annotated

import typer

from cli.refusals import BadInput
from deploy.health import ports, report


def healthy(
    process: Annotated[
        str, typer.Argument(metavar="PROCESS", help="intake, intake-worker …, or a port.")
    ],
) -> None:
    """Say whether a process of this host serves; exit code 0 if so, else 1 and why.

    A process that is degraded serves: it says itself what it cannot do (/readyz).
    """
    known = ports()
    if not process.isdecimal() and process not in known:
        raise BadInput(f"{process} is none of {', '.join(sorted(known))}, nor a port.")
    if code := report(process):
        raise typer.Exit(code)
