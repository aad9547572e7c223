"""The grid figures of the reference year counted straight from the bundled tables and the scenario.

A grid and a day are due once, and done once however many went; a day is done only if the table of
workers has somebody for the grid.
"""

from collections import Counter
from datetime import date
from pathlib import Path

from demo.expected import Expected, Row, day_of, rate, rows_of
from demo.generate_grid import GRIDS, VILLAGES, WORKERS
from demo.grid_year.patrols import patrols
from demo.grid_year.scenario import Fate, reports
from demo.grid_year.warnings import Fate as Became
from demo.grid_year.warnings import warnings


def expected_grid(year: int) -> Expected:
    """The expected figures of that year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    due = len(rows_of(GRIDS)) * ((last - first).days + 1)
    valid = [each for each in reports() if each.fate is not Fate.REJECTED]
    return {
        "villages": (str(len(rows_of(VILLAGES))), None, None),
        "grids": (str(len(rows_of(GRIDS))), None, None),
        "grid_workers": (str(len({row["工号"] for row in rows_of(WORKERS)})), None, None),
        "patrol_coverage_rate": rate(len(_done(WORKERS, year)), due),
        "valid_grid_reports": (str(sum(each.on.year == year for each in valid)), None, None),
        **_warnings(year),
    }


def _warnings(year: int) -> Expected:
    found = [each for each in warnings() if each.report.on.year == year]
    fates = Counter(each.fate for each in found)
    counts = {
        "grid_warnings": sum(each.by_post for each in found),
        "grid_warnings_resolved": fates[Became.SETTLED],
        "monitoring_warnings": sum(not each.by_post for each in found),
        "warnings_disposed_in_24h": fates[Became.STEP_TAKEN],
        "matters_on_watch": fates[Became.WATCHED],
    }
    return {name: (str(count), None, None) for name, count in counts.items()}


def _done(workers: Path, year: int) -> set[tuple[str, date]]:
    """Grids and days that were patrolled by somebody whom the table has for them."""
    serving: dict[str, list[Row]] = {}
    for row in rows_of(workers):
        serving.setdefault(row["网格编码"], []).append(row)
    return {
        (each.grid_code, each.on)
        for each in patrols()
        if each.on.year == year and any(_covers(row, each.on) for row in serving[each.grid_code])
    }


def _covers(row: Row, day: date) -> bool:
    begins, ends = day_of(row["起始日期"]), day_of(row["截止日期"])
    return begins is not None and begins <= day and (ends is None or day <= ends)
