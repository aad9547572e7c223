"""What a bench tells: ours, the floor, their ratio, and how far it was to reach."""

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

Measure = Callable[[], Awaitable[float]]

TIMES = 3


@dataclass(frozen=True)
class Run:
    """Ours and the floor, measured one after the other."""

    ours: float
    floor: float | None


@dataclass(frozen=True)
class Reach:
    """The aim: a least or a most, of the ratio or of our own figure."""

    bound: float
    kind: Literal["at least", "at most"] = "at least"
    of: Literal["ratio", "ours"] = "ratio"

    def is_met(self, figure: float) -> bool:
        return figure >= self.bound if self.kind == "at least" else figure <= self.bound

    def __str__(self) -> str:
        sign = "≥" if self.kind == "at least" else "≤"
        return f"{sign} {self.bound:g}"


@dataclass(frozen=True)
class Result:
    name: str
    unit: str
    reach: Reach
    runs: list[Run]
    beside: dict[str, float] = field(default_factory=dict)
    """Figures that explain this one and have no aim of their own."""

    @property
    def ours(self) -> float:
        return statistics.median(run.ours for run in self.runs)

    @property
    def floor(self) -> float | None:
        floors = [run.floor for run in self.runs if run.floor is not None]
        return statistics.median(floors) if floors else None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        figure = self.ours if self.reach.of == "ours" else self.ratio
        return figure is not None and self.reach.is_met(figure)


async def alternate(ours: Measure, floor: Measure, times: int = TIMES) -> list[Run]:
    """Measure both in turn, so that what else the machine does falls on both."""
    return [Run(await ours(), await floor()) for _ in range(times)]
