"""`concord clock`: both due dates of a statutory clock, and why."""

from typing import Annotated

import typer

from cli.output_format import OutputFormat
from cli.refusals import BadInput

ClockId = Annotated[
    str | None, typer.Argument(metavar="ID", help="Such as C6.", show_default=False)
]
Start = Annotated[
    str | None,
    typer.Option(
        metavar="WHEN",
        help="The day it began, 2026-01-05 (China), or the moment, 2026-01-05T09:00:00+08:00.",
    ),
]
PolicyName = Annotated[
    str | None,
    typer.Option(
        metavar="P",
        help="A version, such as zhejiang-2016, or a policy file of your own, ending in .toml.",
        show_default="national-2022",
    ),
]
Pauses = Annotated[
    list[str] | None,
    typer.Option(
        "--pause",
        metavar="FROM..TO",
        help="Time not counted: days, both included, or moments; may be given several times.",
    ),
]
Extensions = Annotated[
    list[int] | None,
    typer.Option("--extend", metavar="DAYS", help="By how many days it was extended."),
]
Length = Annotated[
    int | None, typer.Option(metavar="DAYS", help="For a clock whose length is set per case.")
]
Format = Annotated[OutputFormat, typer.Option("--format", help="table or json.")]
Listed = Annotated[
    bool, typer.Option("--list", help="The policies and their clocks, with their sources.")
]


def clock(
    clock_id: ClockId = None,
    *,
    start: Start = None,
    policy: PolicyName = None,
    pause: Pauses = None,
    extend: Extensions = None,
    length: Length = None,
    form: Format = OutputFormat.TABLE,
    listed: Listed = False,
) -> None:
    """Say when a statutory clock ends for the office and for the petitioner, and why.

    The office is held to the day counted; the petitioner's day moves past days of rest.
    """
    from cli.clocks.clock_request import ClockRequest, policies_of
    from cli.clocks.due_output import show_due
    from cli.clocks.policy_output import show_policies

    if listed:
        show_policies(policies_of(policy), form)
        return
    if clock_id is None or start is None:
        raise BadInput(
            "Name a clock and its start, as in concord clock C6 --start 2026-01-05; "
            "concord clock --list says which clocks there are."
        )
    request = ClockRequest(
        clock_id, start, policy, tuple(pause or ()), tuple(extend or ()), length
    )
    show_due(request.due(), form)
