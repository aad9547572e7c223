"""A figure as it is printed: its exact value, how finely it is printed, and the words around it."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from claims.rules.span import Span


class Sort(Enum):
    """What a figure is, apart from what it counts."""

    COUNT = "count"
    PERCENT = "percent"  # a part of one: %, ‰, 成, 三分之二
    POINTS = "points"  # percentage points
    FOLD = "fold"  # times another figure: 1.5倍


class Bound(Enum):
    """How closely the writer wants to be taken."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` and `step` are parts of one for percentages: 98.6% is 0.986 in steps of 0.001."""

    text: str
    value: Fraction
    step: Fraction
    sort: Sort
    start: int
    end: int
    unit: str = ""
    bound: Bound = Bound.EXACT
    scale: int = 1
    lead: str = ""
    tail: str = ""
    gap: str = ""  # everything since the figure before, or since the sentence began
    depth: int = 0  # of brackets
    turn: int = 0  # its place in a series told apart by 分别 …
    turns: int = 0  # … of so many

    def said(self, *, gap: str, lead: str, tail: str, depth: int) -> "Figure":
        """The same with the words around it; `dataclasses.replace` takes three times as long."""
        return Figure(
            text=self.text,
            value=self.value,
            step=self.step,
            sort=self.sort,
            start=self.start,
            end=self.end,
            unit=self.unit,
            bound=self.bound,
            scale=self.scale,
            lead=lead,
            tail=tail,
            gap=gap,
            depth=depth,
        )

    @property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return self.sort is Sort.COUNT

    @property
    def is_whole(self) -> bool:
        """Whether it is an exact number of things that cannot be divided."""
        return self.is_count and self.bound is Bound.EXACT and self.step == 1 and self.unit != "元"

    @property
    def words(self) -> str:
        """What is said of it, before and after."""
        return f"{self.lead} {self.tail}"

    @property
    def span(self) -> Span:
        """The values that it may stand for when others are computed from it."""
        if self.is_whole:
            return Span(self.value, self.value)
        return stated_span(self)


_TWENTIETH = Fraction(1, 20)
_TENTH = Fraction(1, 10)


def stated_span(figure: Figure) -> Span:
    """Every value that may be printed as this figure, its bound taken into account."""
    value, half = figure.value, figure.step / 2
    match figure.bound:
        case Bound.EXACT:
            return Span(value - half, value + half, half_open=True)
        case Bound.ABOUT:
            reach = max(figure.step, abs(value) * _TWENTIETH)
            return Span(value - reach, value + reach)
        case Bound.NEARLY:
            return Span(value - max(figure.step, abs(value) * _TENTH), value + half)
        case Bound.AT_LEAST:
            return Span(value - half, None)
        case Bound.AT_MOST:
            return Span(None, value + half)
