"""What the benches tell is what was measured."""

import json
from pathlib import Path

from tests.bench.figures import Reach, Result, Run, alternate
from tests.bench.report import keep, line

RUNS = [Run(50, 100), Run(70, 200), Run(60, 100)]


def test_what_is_told_is_the_median_and_its_ratio_to_the_floor() -> None:
    result = Result("append", "events/s", Reach(0.55), RUNS)
    assert (result.ours, result.floor, result.ratio) == (60, 100, 0.6)
    assert result.is_met


def test_a_least_a_most_and_an_aim_without_a_floor() -> None:
    assert not Result("append", "events/s", Reach(0.65), RUNS).is_met
    assert Result("scale", "ms", Reach(1.2, "at most"), [Run(1.1, 1)]).is_met
    assert not Result("live", "ms", Reach(300, "at most", "ours"), [Run(301, None)]).is_met


def test_a_miss_is_called_a_miss() -> None:
    said = line(Result("live", "ms", Reach(300, "at most", "ours"), [Run(301, None)]))
    assert said.split() == ["live", "301", "–", "–", "ms", "≤", "300", "missed"]


async def test_ours_and_the_floor_are_measured_in_turn() -> None:
    order: list[str] = []

    async def ours() -> float:
        order.append("ours")
        return 1

    async def floor() -> float:
        order.append("floor")
        return 2

    assert await alternate(ours, floor) == [Run(1, 2)] * 3
    assert order == ["ours", "floor"] * 3


def test_results_of_other_benches_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "bench" / "results.json"
    keep(Result("append", "events/s", Reach(0.55), RUNS), quick=True, file=file)
    keep(Result("relay", "events/s", Reach(0.25), RUNS), quick=False, file=file)
    kept = json.loads(file.read_text())
    assert (kept["append"]["ratio"], kept["append"]["quick"]) == (0.6, True)
    assert kept["relay"]["runs"][1] == {"ours": 70, "floor": 200}
