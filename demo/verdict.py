"""Compares the figures with the expected ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cli.figures_api import Figures
from cli.figures_table import fraction
from cli.importing.report import ImportReport
from demo.expected import Expected, expected_figures
from demo.expected_grid import expected_grid
from demo.expected_mediations import expected_mediations
from demo.scene import MEDIATIONS, REFERENCE_YEAR, REGISTER_YEAR, Scene


@dataclass(frozen=True)
class Verdict:
    """One figure compared with its expected value."""

    figure: str
    expected: str
    computed: str

    @property
    def holds(self) -> bool:
        """Whether they are the same."""
        return self.expected == self.computed


def registered_in_full(table: ImportReport) -> Verdict:
    """Whether every row of a table is in the registry."""
    plural, rows = table.mapping.target.plural, f"{table.rows:,}"
    return Verdict(f"rows of {plural} in the registry", rows, f"{table.rows - table.rejected:,}")


def verdicts(
    scene: Scene, before: list[Figures], after: list[Figures], report: ImportReport
) -> list[Verdict]:
    """For the bundled registers every figure; for another the number of cases that came in."""
    if scene.is_bundled:
        register, reference = after
        return [
            *_compared(register, expected_figures(scene.register, REGISTER_YEAR)),
            *_compared(reference, expected_mediations(MEDIATIONS, REFERENCE_YEAR)),
            *_compared(reference, expected_grid(REFERENCE_YEAR)),
        ]
    came = _count(after[0], "cases_filed") - _count(before[0], "cases_filed")
    filed = report.outcomes["filed"]
    return [Verdict("cases_filed, more by", str(filed), str(came))]


def _compared(found: Figures, expected: Expected) -> Iterator[Verdict]:
    computed = {figure["id"]: figure for figure in found["figures"]}
    for name, (value, part, whole) in expected.items():
        wanted = value if whole is None else f"{value} = {part:,} / {whole:,}"
        yield Verdict(name, wanted, stated(computed[name]))


def stated(figure: dict[str, Any]) -> str:
    """`98.4 = 184 / 187`, or the count alone."""
    of = fraction(figure)
    return f"{figure['value']} = {of}" if of else str(figure["value"])


def _count(found: Figures, name: str) -> int:
    return next(int(figure["value"]) for figure in found["figures"] if figure["id"] == name)
