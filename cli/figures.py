"""`concord figures`: the measures of a division and a period."""

import json
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from cli.as_of import read_as_of, read_horizon
from cli.figures_table import as_of_line, parked_line, print_figures
from cli.output_format import OutputFormat
from cli.progress import wide_console
from cli.refusals import BadInput
from cli.system import DataFolderIfNamed, System, Wanted, find_system
from shared.divisions import COUNTY, TOWNSHIP, VILLAGE, check_division

Division = Annotated[
    str, typer.Option(metavar="CODE", help="County, township or village: 6, 9 or 12 digits.")
]
Period = Annotated[
    str,
    typer.Option(
        metavar="P",
        help="2025, 2025-Q3, 2025-03, 2025-W07, 2025-03-04, A..B (days, both included) or all.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="A", help="Positions (intake/519900101@42,…), @FILE with them, or a time."
    ),
]


Horizon = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The day by which terms are judged (2025-03-04): today, or that of --as-of, unless stated.",
    ),
]


class Days(StrEnum):
    """By which date a period selects events."""

    OCCURRED = "occurred"
    RECORDED = "recorded"


DaysOption = Annotated[
    Days,
    typer.Option(help="By the days on which things occurred, or on which they were recorded."),
]
Category = Annotated[str | None, typer.Option(help="Only matters of that category, such as land.")]
Committee = Annotated[
    str | None, typer.Option(metavar="ID", help="Only what that mediation committee mediates.")
]
Urgency = Annotated[str | None, typer.Option(help="Only grid reports of that urgency.")]
Source = Annotated[str | None, typer.Option(help="Only grid reports from that source.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="table or json.")]


Evidence = Annotated[
    str | None,
    typer.Option(
        metavar="ID[@N]", help="The cases, mediations … behind that figure instead, in version N."
    ),
]
Only = Annotated[
    str | None,
    typer.Option(
        metavar="ID[@N],…",
        help="Only these figures; resolution_rate@1 is the figure by its definition of version 1.",
    ),
]


def figures(
    division: Division,
    period: Period,
    *,
    as_of: AsOf = None,
    horizon: Horizon = None,
    by: DaysOption = Days.OCCURRED,
    category: Category = None,
    committee: Committee = None,
    urgency: Urgency = None,
    source: Source = None,
    only: Only = None,
    evidence: Evidence = None,
    form: Format = OutputFormat.TABLE,
    data: DataFolderIfNamed = None,
) -> None:
    """Print the measures, each with numerator, denominator and the position it was taken at."""
    wanted = {
        "division": _checked(division),
        "period": period,
        "as_of": read_as_of(as_of),
        "horizon": read_horizon(horizon, as_of),
        "by": by.value,
        "category": category,
        "committee": committee,
        "urgency": urgency,
        "source": source,
    }
    show = partial(_show_figures, only) if evidence is None else partial(_show_evidence, evidence)
    show(find_system(data), wanted, form)


def _show_figures(only: str | None, system: System, wanted: Wanted, form: OutputFormat) -> None:
    from cli.figures_api import ask_figures

    found = ask_figures(system, wanted, only.split(",") if only else ())
    if form is OutputFormat.JSON:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    days = ", by the days of recording" if wanted["by"] == Days.RECORDED else ""
    print(f"{found['division']}, {found['period']}{days}")
    print_figures(wide_console(), found["figures"])
    judged = f", judged by {found['horizon']}" if found.get("horizon") else ""
    print(f"as of {as_of_line(found['as_of'])}{judged}")
    if lacking := parked_line(found.get("parked")):
        print(lacking)


def _show_evidence(measure: str, system: System, wanted: Wanted, form: OutputFormat) -> None:
    from cli.evidence import evidence_line, evidence_of

    matters = evidence_of(system, measure, wanted)
    if form is OutputFormat.JSON:
        print(json.dumps(list(matters), ensure_ascii=False, indent=2))
        return
    for matter in matters:
        print(evidence_line(matter))


def _checked(division: str) -> str:
    try:
        return check_division(division, COUNTY, TOWNSHIP, VILLAGE)
    except ValueError as reason:
        raise BadInput(f"--division: {reason}.") from reason
