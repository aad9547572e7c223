"""The figures of the bundled register counted straight from its csv.

It shares nothing with the reader, the services or the measures, so that they check each other.
"""

import csv
import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

Row = dict[str, str]
Expected = dict[str, tuple[str, int | None, int | None]]
"""By figure: value, numerator, denominator; a plain count has neither of the two."""

_DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})")


def expected_figures(register: Path, year: int) -> Expected:
    """The expected figures of that year."""
    rows = rows_of(register)
    filed = [row for row in rows if is_in(row["登记时间"], year)]
    accepted = [row for row in rows if is_in(row["受理日期"], year)]
    counts = {
        "cases_filed": len(filed),
        "cases_accepted": len(accepted),
        "cases_answered": _count(rows, lambda row: is_in(row["答复时间"], year)),
        "cases_resolved": _count(rows, lambda row: is_in(row["化解日期"], year)),
        "cases_withdrawn": _count(rows, lambda row: is_in(row["撤回日期"], year)),
        "cases_diverted": _count(rows, lambda row: _diverted_in(row, year)),
        "cases_closed": _count(rows, lambda row: _closed_in(row, year)),
    }
    rates = {
        "resolution_rate": rate(
            _count(accepted, lambda row: bool(row["化解日期"])), len(accepted)
        ),
        **{f"answered_within_{days}_days": _answered(filed, days) for days in (15, 30, 60)},
    }
    return {**{name: (str(count), None, None) for name, count in counts.items()}, **rates}


def rows_of(register: Path) -> list[Row]:
    """Every row, by the names of its columns."""
    with register.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def day_of(cell: str) -> date | None:
    """The day that a cell begins with."""
    matched = _DAY.match(cell)
    return date(*map(int, matched.groups())) if matched else None


def is_in(cell: str, year: int) -> bool:
    """Whether the cell begins with a day of that year."""
    day = day_of(cell)
    return day is not None and day.year == year


def _closed_in(row: Row, year: int) -> bool:
    return row["办理状态"] == "已办结" and is_in(row["办结日期"], year)


def _diverted_in(row: Row, year: int) -> bool:
    return row["办理状态"] == "转诉讼" and is_in(row["办结日期"], year)


def _count(rows: list[Row], holds: Callable[[Row], bool]) -> int:
    return sum(map(holds, rows))


def _answered(filed: list[Row], days: int) -> tuple[str, int, int]:
    def in_time(row: Row) -> bool:
        came, answered = day_of(row["登记时间"]), day_of(row["答复时间"])
        return came is not None and answered is not None and (answered - came).days <= days

    return rate(_count(filed, in_time), len(filed))


def rate(part: int, whole: int) -> tuple[str, int, int]:
    """Percentage with one decimal, rounded half up, with numerator and denominator."""
    share = Decimal(100 * part) / whole
    return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP)), part, whole
