"""Prints findings as a table, each figure highlighted in its context."""

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from claims.rules.check import Checked
from claims.rules.document import Place
from claims.rules.finding import Finding, Verdict
from cli.column_layout import Cell, Columns

_STYLES = {
    Verdict.FOLLOWS: Style.parse("green"),
    Verdict.DOES_NOT_FOLLOW: Style.parse("bold red"),
    Verdict.CANNOT_CHECK: Style.parse("dim"),
    Verdict.NOTE: Style.parse("yellow"),
}
_MARKED = {verdict: style + Style(reverse=True) for verdict, style in _STYLES.items()}
_HEADING = Style(bold=True)
_REACH = 24


def print_claims(console: Console, checked: Checked) -> None:
    """Print every finding in the order of the document, then the number of each verdict."""
    if not checked.findings:
        console.print("No figure of this document is tied to another of it.")
        return
    console.print(claims_table(checked), crop=False)
    console.print(summary(checked))


def claims_table(checked: Checked) -> Columns:
    """Place, verdict, context with the figure marked, and why."""
    headings = [(Segment(name, _HEADING),) for name in ("place", "verdict", "figure", "why")]
    return Columns([headings, *map(_row, checked.findings)], fixed=2)


def _row(finding: Finding) -> list[Cell]:
    style = _STYLES[finding.verdict]
    return [
        (Segment(where(finding.place)),),
        (Segment(finding.verdict.value, style),),
        in_context(finding),
        (
            Segment(
                _shown(finding.why), style if finding.verdict is Verdict.CANNOT_CHECK else None
            ),
        ),
    ]


def where(place: Place) -> str:
    """`8:469-473`, before it the page of a PDF: `p3 8:469-473`."""
    page = f"p{place.page} " if place.page is not None else ""
    return f"{page}{place.line}:{place.first}-{place.last}"


def in_context(finding: Finding) -> Cell:
    """The words around a figure, the figure in the colour of its verdict."""
    figure, passage = finding.figure, finding.sentence.passage.text
    first = max(finding.sentence.start, figure.start - _REACH)
    last = min(finding.sentence.end, figure.end + _REACH // 3)
    before = _shown(passage[first : figure.start]).lstrip()
    after = _shown(passage[figure.end : last]).rstrip()
    return (
        Segment(before if first == finding.sentence.start else f"…{before}"),
        Segment(_shown(passage[figure.start : figure.end]), _MARKED[finding.verdict]),
        Segment(after),
    )


def _shown(text: str) -> str:
    """On one line, without control characters for terminal or writing direction."""
    return text if text.isprintable() else "".join(map(_shown_character, text))


def _shown_character(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else "�"


def summary(checked: Checked) -> Text:
    """How many of each verdict."""
    described = Text()
    for verdict, count in checked.counts.items():
        described.append(f"{count} {verdict.value}", style=_STYLES[verdict] if count else "dim")
        described.append("   ")
    return described
