"""A figure: a measure's value, with all that it was computed from."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.stats.domain.measures.definition import (
    Change,
    Count,
    Kind,
    Measure,
    Quantile,
    Rate,
    Stock,
)
from services.stats.domain.measures.quantile import quantile
from services.stats.domain.measures.terms import Term, quotient_of
from services.stats.domain.rounding import percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is printed: never a rate without its numerator and denominator."""

    measure: Measure
    value: str | None
    numerator: int | None = None
    denominator: int | None = None
    excluded: Mapping[str, int]
    beside: Mapping[str, int]
    groups: Mapping[str, int] | None = None
    """By kinds, those of which there are none left out; None for what is not given by kind."""
    note: str | None = None


def figure_of(measure: Measure, counts: Mapping[Term, int]) -> Figure:
    """The figure from the counts of its terms; a term that is absent has no such period."""
    numerator, denominator = _quotient(measure, counts)
    return Figure(
        measure=measure,
        value=_value(measure, counts, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        excluded={each.key: counts[Term(each.counter)] for each in measure.excluded},
        beside={each.key: counts[Term(each.counter)] for each in measure.beside},
        groups=_groups(measure, counts),
        note=_note(measure, _sample(measure, counts, denominator)),
    )


def _groups(measure: Measure, counts: Mapping[Term, int]) -> dict[str, int] | None:
    if not measure.kinds:
        return None
    found = {kind.code: _of_kind(measure, kind, counts) for kind in measure.kinds}
    return {code: value for code, value in found.items() if value is not None}


def _of_kind(measure: Measure, kind: Kind, counts: Mapping[Term, int]) -> int | None:
    if isinstance(kind.formula, Quantile):
        return _quantile(measure, kind.formula, counts)
    return quotient_of(kind.formula)[0].value(counts) or None


def _quotient(measure: Measure, counts: Mapping[Term, int]) -> tuple[int | None, int | None]:
    match measure.formula:
        case Count() | Stock() | Quantile():
            return None, None
        case Rate(numerator, denominator):
            return counts[Term(numerator)], counts[Term(denominator)]
        case Change(counter):
            return counts[Term(counter)], counts.get(Term(counter, year_before=True))


def _value(
    measure: Measure, counts: Mapping[Term, int], numerator: int | None, denominator: int | None
) -> str | None:
    if denominator is not None and denominator < measure.minimum_sample:
        return None
    match measure.formula:
        case Count() | Stock():
            return str(quotient_of(measure.formula)[0].value(counts))
        case Quantile():
            value = _quantile(measure, measure.formula, counts)
            return None if value is None else str(value)
        case Rate() if numerator is not None and denominator:
            return percent(numerator, denominator)
        case Change() if numerator is not None and denominator:
            return percent(numerator - denominator, denominator)
        case _:
            return None


def _quantile(measure: Measure, formula: Quantile, counts: Mapping[Term, int]) -> int | None:
    values = _values(formula, counts)
    if sum(values.values()) < measure.minimum_sample:
        return None
    return quantile(values, formula.percent)


def _values(formula: Quantile, counts: Mapping[Term, int]) -> dict[int, int]:
    """How many matters there are of each value."""
    return {
        term.value: count
        for term, count in counts.items()
        if term.counter == formula.counter and term.value is not None
    }


def _sample(measure: Measure, counts: Mapping[Term, int], denominator: int | None) -> int | None:
    """Of how many matters a rate or quantile is; None for what is none."""
    match measure.formula:
        case Count() | Stock():
            return None
        case Quantile():
            return sum(_values(measure.formula, counts).values())
        case _:
            return denominator or 0


def _note(measure: Measure, sample: int | None) -> str | None:
    if sample is None:
        return None
    if not sample:
        return measure.without_base
    if sample < measure.minimum_sample:
        return f"of fewer than {measure.minimum_sample}: too few for a rate to say much"
    return None
