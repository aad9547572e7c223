"""Prints figures as a table: every rate with numerator, denominator and position."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from cli.positions import write_positions

_SIGNS = {"percent": "%"}
_EMPTY = "–"
_ROOM_FOR_REMARKS = 120


def print_figures(console: Console, figures: list[dict[str, Any]]) -> None:
    """Print figures; cohorts and notes as a column, or below the table on a narrow console."""
    console.print(figures_table(figures, with_remarks=_has_room(console)))
    if not _has_room(console):
        for figure in figures:
            console.print(f"[dim]{figure['id']}: {cells(figure)[-1]}[/dim]")


def figures_table(figures: list[dict[str, Any]], *, with_remarks: bool = False) -> Table:
    """One row per figure, and one for each of its groups."""
    table = Table(box=None, pad_edge=False)
    table.add_column("figure", no_wrap=True)
    table.add_column("指标", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    if with_remarks:
        table.add_column("cohort, note")
    for figure in figures:
        table.add_row(*cells(figure)[: len(table.columns)])
        for group in figure.get("groups") or ():
            label = _label(figure, group["code"])
            table.add_row(f"  {group['code']}", label, str(group["value"]), style="dim")
    return table


def _label(figure: dict[str, Any], code: str) -> str:
    """The Chinese name of the group; empty for one that only another release knows."""
    from services.stats.domain.measures import MEASURES

    measure = MEASURES.get(figure["id"])
    kinds = measure.kinds if measure else ()
    return next((kind.name for kind in kinds if kind.code == code), "")


def _has_room(console: Console) -> bool:
    return console.width >= _ROOM_FOR_REMARKS


def cells(figure: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """Id, Chinese name, value with its unit, numerator of denominator, cohort and note."""
    return (
        figure["id"],
        figure["name"]["zh"],
        value_with_unit(figure),
        fraction(figure),
        "; ".join(_remarks(figure)),
    )


def value_with_unit(figure: dict[str, Any]) -> str:
    """`98.4 %`, `187 件` (cases), a dash without a value."""
    if figure["value"] is None:
        return _EMPTY
    return f"{figure['value']} {_SIGNS.get(figure['unit'], figure['unit'])}"


def fraction(figure: dict[str, Any]) -> str:
    """`184 / 187`; empty for a plain count."""
    if figure["denominator"] is None:
        return ""
    return f"{figure['numerator']:,} / {figure['denominator']:,}"


def _remarks(figure: dict[str, Any]) -> Iterator[str]:
    if figure.get("cohort"):
        yield figure["cohort"]
    for listed in ("excluded", "beside"):
        for what, count in (figure.get(listed) or {}).items():
            yield f"{what}: {count}"
    if figure.get("note"):
        yield figure["note"]


def as_of_line(as_of: Any) -> str:
    """The ledger positions of the figures."""
    if not as_of:
        return "now: nothing is recorded of this division"
    return write_positions(as_of) if isinstance(as_of, dict) else str(as_of)


def parked_line(parked: dict[str, int] | None) -> str | None:
    """A note on parked events that the figures lack; None without any."""
    if not parked:
        return None
    listed = ", ".join(f"{events} of {ledger}" for ledger, events in sorted(parked.items()))
    return f"without events that could not be folded: {listed}; `concord dead list` says which"
