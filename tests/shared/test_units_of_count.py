"""Batches, person-times, matters, households and sessions are never added up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.units_of_count import Batches, Counted, Households, Matters, PersonTimes, Sessions

UNITS = (Batches, Households, Matters, PersonTimes, Sessions)
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("unit", UNITS)
def test_two_of_one_unit_add_up(unit: type[Counted]) -> None:
    assert unit(2) + unit(3) == unit(5)
    assert unit(2) < unit(3)
    with pytest.raises(ValueError, match="less than no times"):
        unit(-1)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("other", [*UNITS, int])
def test_a_sum_over_units_is_refused(
    unit: type[Counted], other: type[Counted] | type[int]
) -> None:
    if other is unit:
        return
    assert unit(1) != other(1)
    with pytest.raises(TypeError):
        unit(1) + other(1)  # type: ignore[operator]


@pytest.mark.slow
def test_the_type_checker_refuses_each_of_them(tmp_path: Path) -> None:
    text = (ROOT / "tests/shared/forbidden_sums.txt").read_text()
    allowed = "Batches(1) + Batches(2)"
    (tmp_path / "sums.py").write_text(f"{text}{allowed}\n")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", "--cache-dir", tmp_path, "sums.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = text.splitlines()
    forbidden = [number for number, line in enumerate(lines, 1) if " + " in line]
    refused = [
        int(line.split(":")[1]) for line in checked.stdout.splitlines() if ": error:" in line
    ]
    assert len(forbidden) > 5
    assert refused == forbidden, checked.stdout + checked.stderr
