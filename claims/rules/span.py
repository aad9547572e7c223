"""Spans of exact numbers: what a figure may stand for, and what follows from several."""

from fractions import Fraction
from typing import NamedTuple

Edge = Fraction | None


class Span(NamedTuple):
    """From `low` to `high`, None where there is no end; `half_open` leaves `high` itself out."""

    low: Edge
    high: Edge
    half_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def meets(self, other: "Span") -> bool:
        """Whether some number lies in both."""
        return _before(self, other) and _before(other, self)

    def plus(self, other: "Span") -> "Span":
        """Every sum of one number of each."""
        return Span(_add(self.low, other.low), _add(self.high, other.high))

    def minus(self, other: "Span") -> "Span":
        """Every difference of one number of each."""
        return self.plus(Span(_negative(other.high), _negative(other.low)))

    def over(self, other: "Span") -> "Span | None":
        """Every quotient; None unless both are of numbers that are not negative, other above 0."""
        if self.low is None or self.low < 0 or other.low is None or other.low <= 0:
            return None
        if self.is_point and other.is_point:
            exact = self.low / other.low
            return Span(exact, exact)
        low = Fraction(0) if other.high is None else self.low / other.high
        return Span(low, None if self.high is None else self.high / other.low)


def total(spans: list[Span]) -> Span:
    """Every sum of one number of each."""
    added = spans[0] if spans else Span(Fraction(0), Fraction(0))
    for span in spans[1:]:
        added = added.plus(span)
    return added


def _before(one: Span, other: Span) -> bool:
    """Whether `one` begins no later than `other` ends."""
    if one.low is None or other.high is None:
        return True
    # both ends of a half-open span of one number are that number
    open_end = other.half_open and other.low != other.high
    return one.low < other.high if open_end else one.low <= other.high


def _add(one: Edge, other: Edge) -> Edge:
    return None if one is None or other is None else one + other


def _negative(edge: Edge) -> Edge:
    return None if edge is None else -edge
