"""`concord warnings`: what the rules of early warnings would have raised over a history."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output_format import OutputFormat
from cli.progress import telling
from cli.refusals import BadInput
from cli.system import DataFolderIfNamed
from shared.divisions import COUNTY, TOWNSHIP, check_division

if TYPE_CHECKING:
    from cli.back_testing.back_test import Source
    from cli.progress import Tell
    from services.grid.domain.rules.policy import EarlyWarningPolicy

warnings = typer.Typer(no_args_is_help=True, help="Early warnings: try the rules on a history.")

Division = Annotated[str, typer.Option(metavar="CODE", help="County or township: 6, 9 digits.")]
First = Annotated[
    str, typer.Option("--from", metavar="DATE", help="The first day (China): 2025-01-01.")
]
Last = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")]
Policy = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A policy of the rules, such as a proposed one.",
        show_default="shipped",
    ),
]
Export = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="What `concord export` wrote.",
        show_default="the topics of the one-machine run",
    ),
]
Within = Annotated[
    int,
    typer.Option(
        min=1,
        max=3660,
        metavar="DAYS",
        help="So many days a failure and a warning may lie apart to belong together.",
    ),
]
AsLive = Annotated[
    bool,
    typer.Option(
        "--as-live",
        help="What was recorded late raises nothing, as with the live rules. Otherwise it is read "
        "when it happened, and the warnings that rest on it are marked.",
    ),
]
Listed = Annotated[bool, typer.Option("--list", help="List the warnings, too.")]
Limit = Annotated[int, typer.Option(min=1, help="With --list: so many on a page.")]
Page = Annotated[int, typer.Option(min=1, help="With --list: which page.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="table or json (with every one).")]


@warnings.callback()
def _several() -> None:
    """Keeps `backtest` a word of its own while it is the only one."""


@warnings.command()
def backtest(
    *,
    division: Division,
    first: First,
    last: Last,
    policy: Policy = None,
    export: Export = None,
    within: Within = 180,
    as_live: AsLive = False,
    listed: Listed = False,
    limit: Limit = 50,
    page: Page = 1,
    form: Format = OutputFormat.TABLE,
    data: DataFolderIfNamed = None,
) -> None:
    """Walk through a division's history: what the rules would have raised, and what became of it.

    The whole history is read, the warnings of the period are counted. A warning is about a matter, a
    place and an issue, or the office's own term; never about a person.
    """
    from cli.back_testing.back_test import Asked, back_test
    from cli.back_testing.json_output import print_json
    from cli.back_testing.tables import print_summary, print_warnings
    from services.grid.policies.warning_life import shipped_life

    code = _checked(division)
    begin, end = _day("--from", first), _day("--to", last)
    if end < begin:
        raise BadInput("--to is before --from.")
    asked = Asked(
        first=begin,
        last=end,
        policy=_policy(policy),
        life=shipped_life(),
        within=timedelta(days=within),
        sees_late=not as_live,
    )
    with _saying_that_it_was_stopped(), ExitStack() as opened:
        with _telling(code, form) as tell:
            source = _source(export, data, code, tell)
            summary, found = opened.enter_context(back_test(asked, source, tell))
        if form is OutputFormat.JSON:
            print_json(code, asked, summary, found)
            return
        print_summary(code, asked, summary)
        if listed:
            print_warnings(asked, summary, found, limit=limit, page=page)


@contextmanager
def _saying_that_it_was_stopped() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        print("The back-test was stopped; nothing of it is kept.", file=sys.stderr)
        raise


def _telling(code: str, form: OutputFormat) -> AbstractContextManager["Tell"]:
    if form is OutputFormat.JSON:
        return nullcontext(lambda _: None)
    return telling(f"back-test of {code}")


def _source(export: Path | None, data: Path | None, code: str, tell: "Tell") -> "Source":
    if export is not None:
        from cli.back_testing.export_source import read_export

        folder = export.expanduser()
        return lambda history: read_export(folder, code, history, tell)
    from cli.back_testing.topic_source import read_topics

    if data is None and os.environ.get("CONCORD_URL"):
        raise BadInput(
            "The topics of another system are not read: name an export with --export, or the folder "
            "of the one-machine run with --data."
        )
    return lambda history: read_topics(data, code, history, tell)


def _policy(file: Path | None) -> "EarlyWarningPolicy":
    from services.grid.policies.early_warnings import own_early_warnings, shipped_early_warnings
    from shared.clocks.mistakes import DataMistaken

    if file is None:
        return shipped_early_warnings()
    try:
        return own_early_warnings(file.expanduser())
    except DataMistaken as mistaken:
        raise BadInput(f"--policy cannot be used:\n{mistaken}") from mistaken
    except OSError as fault:
        raise BadInput(f"--policy: {file} cannot be read: {fault.strerror}.") from fault


def _checked(division: str) -> str:
    try:
        return check_division(division, COUNTY, TOWNSHIP)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}.") from reason


def _day(option: str, text: str) -> date:
    from pydantic import TypeAdapter

    from shared.times import StrictDay

    try:
        day = TypeAdapter(Annotated[date, StrictDay]).validate_python(text)
    except ValueError:
        day = date.min
    if not 1900 < day.year < 9900:
        raise BadInput(f"{option} takes a day, such as 2025-03-04.")
    return day
