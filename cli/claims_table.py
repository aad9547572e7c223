"""Findings as people read them: each figure marked where it stands, what is wrong last."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.stats.domain.claims.check import Checked
from services.stats.domain.claims.document import Place
from services.stats.domain.claims.finding import Finding, Verdict

_STYLES = {
    Verdict.FOLLOWS: "green",
    Verdict.DOES_NOT_FOLLOW: "bold red",
    Verdict.CANNOT_CHECK: "dim",
    Verdict.NOTE: "yellow",
}
_REACH = 24


def print_claims(console: Console, checked: Checked) -> None:
    """Every finding in the order of the document, then how many there are of each verdict."""
    if not checked.findings:
        console.print("No figure of this document is tied to another of it.")
        return
    console.print(claims_table(checked))
    console.print(summary(checked))


def claims_table(checked: Checked) -> Table:
    """Place, context with the figure marked, what it should be, and why."""
    table = Table(box=None, pad_edge=False, expand=False)
    table.add_column("place", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("figure")
    table.add_column("why")
    for finding in checked.findings:
        style = _STYLES[finding.verdict]
        table.add_row(
            where(finding.place),
            Text(finding.verdict.value, style=style),
            in_context(finding),
            Text(finding.why, style="" if finding.verdict is not Verdict.CANNOT_CHECK else "dim"),
        )
    return table


def where(place: Place) -> str:
    """`8:469-473`, before it the page of a PDF: `p3 8:469-473`."""
    page = f"p{place.page} " if place.page is not None else ""
    return f"{page}{place.line}:{place.first}-{place.last}"


def in_context(finding: Finding) -> Text:
    """The words around a figure, the figure in the colour of its verdict."""
    figure, passage = finding.figure, finding.sentence.passage.text
    first = max(finding.sentence.start, figure.start - _REACH)
    last = min(finding.sentence.end, figure.end + _REACH // 3)
    before = passage[first : figure.start].replace("\n", " ").lstrip()
    after = passage[figure.end : last].replace("\n", " ").rstrip()
    marked = Text(before if first == finding.sentence.start else f"…{before}")
    marked.append(passage[figure.start : figure.end], style=f"{_STYLES[finding.verdict]} reverse")
    return marked.append(after)


def summary(checked: Checked) -> Text:
    """How many of each verdict."""
    told = Text()
    for verdict, count in checked.counts.items():
        told.append(f"{count} {verdict.value}", style=_STYLES[verdict] if count else "dim")
        told.append("   ")
    return told
