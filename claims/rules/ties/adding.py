"""What is said of a total and the counts that are added up to it."""

from claims.rules.figure import Bound, Figure
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Spoken
from claims.rules.span import Span
from claims.rules.span import total as sum_of
from claims.rules.ties.kinds import together
from claims.rules.ties.quotient import Asked


def all_exact(items: tuple[Figure, ...]) -> bool:
    """Whether none of them is about, above or below something."""
    return all(each.bound is Bound.EXACT for each in items)


def greater_than_whole(spoken: Spoken, part: Figure, whole: Figure) -> Finding:
    """其中200件 of 187件."""
    asked = Asked(spoken, part, Kind.PART)
    why = asked.because("part-exceeds", part=part.text, whole=whole.text)
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, uses=[whole.text])


def summed(items: tuple[Figure, ...]) -> Span:
    """Every value that their sum may have."""
    return sum_of([each.span for each in items])


def sum_follows(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    """The total is their sum."""
    key = "sum-follows" if asked.figure.bound is Bound.EXACT else "sum-bound"
    return _said(asked, items, Verdict.FOLLOWS, key)


def sum_differs(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    """The total is not, and has to be, their sum."""
    return _said(asked, items, Verdict.DOES_NOT_FOLLOW, "sum-differs")


def sum_open(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    """A list after 其中 may be incomplete, and its kinds may overlap."""
    less = together(items) < asked.figure.value
    difference = like(asked.figure, abs(asked.figure.value - together(items)))
    key = "sum-less" if less else "sum-more"
    return _said(asked, items, Verdict.NOTE, key, difference=difference)


def _said(
    asked: Asked, items: tuple[Figure, ...], verdict: Verdict, key: str, **values: str
) -> Finding:
    computed = like(asked.figure, together(items))
    parts = tuple(each.text for each in items)
    why = asked.because(key, parts=parts, computed=computed, **values)
    return asked.found(verdict, why, computed=computed, uses=parts)
