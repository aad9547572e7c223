"""The terms of a measure: which counter it reads, over the period itself or the year before."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.stats.domain.measures.definition import (
    Change,
    Count,
    Formula,
    Measure,
    Quantile,
    Rate,
    Stock,
)
from shared.refusals import invalid

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True, slots=True)
class Term:
    """A counter over a period; `year_before` is that period a year earlier, `ever` all time
    until its end; `value` is what was counted under that value of a counter by values.
    """

    counter: str
    year_before: bool = False
    ever: bool = False
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a figure: what one term comes to, or how much more it is than another."""

    term: Term
    less: Term | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that it is made of."""
        return (self.term,) if self.less is None else (self.term, self.less)

    def value(self, counts: Mapping[Term, int]) -> int:
        """The number, where the terms come to these counts."""
        return counts[self.term] - (counts[self.less] if self.less else 0)


def quotient_of(formula: Formula) -> tuple[Part, Part | None]:
    """The numerator of a formula, and its denominator or base."""
    match formula:
        case Count(counter):
            return Part(Term(counter)), None
        case Rate(numerator, denominator):
            return Part(Term(numerator)), Part(Term(denominator))
        case Change(counter):
            return Part(Term(counter)), Part(Term(counter, year_before=True))
        case Stock(joined, left):
            return Part(Term(joined, ever=True), Term(left, ever=True)), None
        case Quantile(counter):
            return Part(Term(counter)), None


def parts_of(measure: Measure) -> dict[str, Part]:
    """The measure's parts by the names under which their evidence is asked for."""
    numerator, denominator = quotient_of(measure.formula)
    return {
        NUMERATOR: numerator,
        **({DENOMINATOR: denominator} if denominator else {}),
        **{each.key: Part(Term(each.counter)) for each in measure.listed},
        **{kind.code: quotient_of(kind.formula)[0] for kind in measure.kinds},
    }


def terms_of(measure: Measure) -> set[Term]:
    """All terms that the figure needs."""
    return {term for part in parts_of(measure).values() for term in part.terms}


def part_of(measure: Measure, part: str) -> Part:
    """The part by its name; the plain count of a measure that has no rate is its numerator."""
    parts = parts_of(measure)
    if part not in parts:
        raise invalid("part", f"This figure has {', '.join(parts)}")
    return parts[part]
