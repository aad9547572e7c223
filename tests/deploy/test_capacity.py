"""Every measured number of the capacity page names a row of the benchmarks that has it."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
_TABLE = (
    (DOCS / "capacity.md").read_text("utf-8").partition("## Unit costs")[2].partition("## ")[0]
)
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]*\d[^|]*) \| `?(\w+)`? \|$", re.MULTILINE)
UNIT_COSTS = _ROW.findall(_TABLE)


def test_the_page_has_its_unit_costs() -> None:
    assert len(UNIT_COSTS) == len(re.findall(r"^\|", _TABLE, re.MULTILINE)) - 2 > 10


@pytest.mark.parametrize(("what", "number", "row"), UNIT_COSTS)
def test_a_unit_cost_is_in_the_benchmarks(what: str, number: str, row: str) -> None:
    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if f"`{row}`" in line or f"**{row}.**" in line]
    said = "\n".join(lines).replace("0.18 ms", "180 µs")
    for each in re.findall(r"\d+(?:[,.–]\d+)*", number):
        assert each in said, (what, each)
