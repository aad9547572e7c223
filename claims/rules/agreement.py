"""Whether what is stated is what follows, at the precision at which it is printed.

Rounding is half up, away from zero. A figure that was cut off instead (66.6 % for two thirds) is
told apart: officials do it on purpose so that 99.97 does not read 100, so it is remarked, not
called wrong.
"""

from enum import Enum
from fractions import Fraction
from math import ceil, floor

from claims.rules.figure import Bound, Figure, stated_span
from claims.rules.span import Span

_ONE = Fraction(1)


class Agreement(Enum):
    """How a stated figure stands to a computed one."""

    AGREES = "agrees"
    CUT_OFF = "cut off"
    DIFFERS = "differs"


def agreement(stated: Figure, computed: Span) -> Agreement:
    """Of a figure with every value that may be computed for it."""
    if stated_span(stated).meets(computed):
        return Agreement.AGREES
    if stated.bound is Bound.EXACT and _cut_off_span(stated).meets(computed):
        return Agreement.CUT_OFF
    return Agreement.DIFFERS


def _cut_off_span(stated: Figure) -> Span:
    return Span(stated.value, stated.value + stated.step, half_open=True)


def some_whole_part(stated: Figure, whole: int) -> bool:
    """Whether a whole number of `whole` things is the stated share, rounded or cut off."""
    spans = [stated_span(stated)]
    if stated.bound is Bound.EXACT:
        spans.append(_cut_off_span(stated))
    return any(_has_whole(span, whole) for span in spans)


def _has_whole(span: Span, scale: int) -> bool:
    if span.low is None or span.high is None:
        return True
    first = max(ceil(span.low * scale), 0)
    end = span.high * scale
    return first < end if span.half_open else first <= end


def wholes_before(stated: Figure, now: Fraction, direction: int) -> tuple[int, int] | None:
    """The first and last whole number from which `now` is a change by the stated part of it.

    None when there is none; ValueError when the figure states no closed span.
    """
    for span in (stated_span(stated), _cut_off_span(stated)):
        if found := _wholes(span, now, direction):
            return found
    return None


def _wholes(span: Span, now: Fraction, direction: int) -> tuple[int, int] | None:
    if span.low is None or span.high is None:
        raise ValueError("a change without bounds has no whole numbers before it")
    near, far = _ONE + direction * span.low, _ONE + direction * span.high
    if near <= 0:
        return None
    # the far edge is the one that rounding leaves out
    if direction > 0:
        first, last = floor(now / far) + 1, floor(now / near)
    else:
        first = ceil(now / near)
        last = ceil(now / far) - 1 if far > 0 else max(first, int(now) * 1000)
    return (first, last) if first <= last and last > 0 else None


def decimal(value: Fraction, step: Fraction) -> str:
    """The value rounded half up to whole steps, a step being a power of ten."""
    places = 0
    while step < 1 and places < 12:
        step, places = step * 10, places + 1
    scaled = floor(abs(value) * 10**places + Fraction(1, 2))
    digits = str(scaled).rjust(places + 1, "0")
    body = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{body}" if value < 0 and scaled else body
