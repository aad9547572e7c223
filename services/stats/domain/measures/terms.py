"""The terms of a measure: which counter it reads, over the period itself or the year before."""

from dataclasses import dataclass

from services.stats.domain.measures.definition import Change, Count, Measure, Rate
from shared.refusals import invalid

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True, slots=True)
class Term:
    """A counter over a period; `year_before` is that period a year earlier."""

    counter: str
    year_before: bool = False


def parts_of(measure: Measure) -> dict[str, Term]:
    """The measure's terms by the names under which their evidence is asked for."""
    listed = {each.key: Term(each.counter) for each in measure.listed}
    match measure.formula:
        case Count(counter):
            return {NUMERATOR: Term(counter), **listed}
        case Rate(numerator, denominator):
            return {NUMERATOR: Term(numerator), DENOMINATOR: Term(denominator), **listed}
        case Change(counter):
            before = Term(counter, year_before=True)
            return {NUMERATOR: Term(counter), DENOMINATOR: before, **listed}


def terms_of(measure: Measure) -> set[Term]:
    """All terms that the figure needs."""
    return set(parts_of(measure).values())


def part_of(measure: Measure, part: str) -> Term:
    """The term by its name; the plain count of a measure that has no rate is its numerator."""
    parts = parts_of(measure)
    if part not in parts:
        raise invalid("part", f"This figure has {', '.join(parts)}")
    return parts[part]
