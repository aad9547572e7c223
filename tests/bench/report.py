"""One line a bench on the terminal, and all of it in a file."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.figures import Result
from tests.bench.machine import load, machine

FILE = Path(__file__).parents[2] / ".concord" / "bench" / "results.json"
HEAD = f"{'name':<16}{'ours':>12}{'floor':>12}{'ratio':>8}  {'unit':<14}{'reach':<10}"


def line(result: Result) -> str:
    floor = "–" if result.floor is None else _figure(result.floor)
    ratio = "–" if result.ratio is None else f"{result.ratio:.2f}"
    figures = f"{_figure(result.ours):>12}{floor:>12}{ratio:>8}"
    reached = "reached" if result.is_met else "missed"
    return f"{result.name:<16}{figures}  {result.unit:<14}{result.reach!s:<10}{reached}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def keep(result: Result, *, quick: bool, file: Path = FILE) -> None:
    """Put a result beside those of other benches, in the place of its last one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    kept[result.name] = {
        "ours": result.ours,
        "floor": result.floor,
        "ratio": result.ratio,
        "unit": result.unit,
        "reach": f"{result.reach.of} {result.reach}",
        "reached": result.is_met,
        "runs": [asdict(run) for run in result.runs],
        "beside": result.beside,
        "quick": quick,
        "machine": machine(),
        "load": load(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
