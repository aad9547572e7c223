"""Changes of a rate in percentage points, and those that should have been written so."""

from fractions import Fraction

from claims.rules.agreement import Agreement, agreement, decimal
from claims.rules.figure import Bound, Figure, Sort, stated_span
from claims.rules.finding import Finding, Verdict
from claims.rules.printing import percentage
from claims.rules.reasons import way
from claims.rules.saying_parts import Saying
from claims.rules.span import Span
from claims.rules.ties.compared import Compared
from claims.rules.ties.quotient import Asked
from claims.rules.vocabulary import BOUNDED

_ONE = Fraction(1)
_NOTHING = Span(Fraction(0), Fraction(0))


def points(asked: Asked, saying: Saying, pair: Compared) -> Finding | None:
    """The difference of two rates, each of which was rounded before it was printed."""
    if pair.now is None:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    if pair.before is None:
        return _before_possible(asked, saying, pair.now, sure=pair.sure)
    return _difference(asked, saying, pair.now, pair.before)


def _difference(asked: Asked, saying: Saying, now: Figure, before: Figure) -> Finding:
    figure = asked.figure
    exact = (now.value - before.value) * saying.direction
    computed = _points(asked, exact, min(now.step, before.step, figure.step))
    values = {"before": before.text, "now": now.text, "computed": computed}
    uses = [now.text, before.text]
    printed = agreement(figure, Span(exact, exact))
    rounded = _turned(stated_span(now).minus(stated_span(before)), saying.direction)
    if figure.sort is Sort.PERCENT:
        return _as_percent(asked, saying, (now, before), values)
    if printed is Agreement.AGREES:
        said = way(saying.direction, chinese=asked.spoken.sentence.chinese)
        why = asked.because("change-follows", way=said, **values)
        return asked.found(Verdict.FOLLOWS, why, computed=computed, uses=uses)
    if agreement(figure, rounded) is not Agreement.DIFFERS:
        why = asked.because("change-rounded", **values)
        return asked.found(Verdict.NOTE, why, computed=computed, uses=uses)
    chinese = asked.spoken.sentence.chinese
    why = asked.because(
        "change-differs",
        way=way(1 if now.value > before.value else -1, chinese=chinese),
        said_way=way(saying.direction, chinese=chinese),
        **(
            values
            | {"computed": _points(asked, abs(exact), min(now.step, before.step, figure.step))}
        ),
    )
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=computed, uses=uses)


def _as_percent(
    asked: Asked, saying: Saying, pair: tuple[Figure, Figure], values: dict[str, str]
) -> Finding:
    """A change of a rate by so many per cent: of the rate itself, or points written wrongly."""
    now, before = pair
    figure = asked.figure
    uses = [now.text, before.text]
    points_exactly = (now.value - before.value) * saying.direction
    if agreement(figure, Span(points_exactly, points_exactly)) is Agreement.AGREES:
        why = asked.because("change-points", **values)
        return asked.found(Verdict.NOTE, why, computed=values["computed"], uses=uses)
    relative = now.span.over(before.span)
    moved = (
        None if relative is None else _turned(relative.minus(Span(_ONE, _ONE)), saying.direction)
    )
    if moved is not None and agreement(figure, moved) is Agreement.AGREES:
        said = way(saying.direction, chinese=asked.spoken.sentence.chinese)
        computed = percentage(abs(now.value / before.value - 1), figure.step)
        why = asked.because("change-follows", way=said, **(values | {"computed": computed}))
        return asked.found(Verdict.FOLLOWS, why, computed=computed, uses=uses)
    difference = _turned(stated_span(now).minus(stated_span(before)), saying.direction)
    if agreement(figure, difference) is not Agreement.DIFFERS:
        why = asked.because("change-points", **values)
        return asked.found(Verdict.NOTE, why, computed=values["computed"], uses=uses)
    chinese = asked.spoken.sentence.chinese
    why = asked.because(
        "change-differs",
        way=way(1 if now.value > before.value else -1, chinese=chinese),
        said_way=way(saying.direction, chinese=chinese),
        **values,
    )
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=values["computed"], uses=uses)


def _before_possible(asked: Asked, saying: Saying, now: Figure, *, sure: bool) -> Finding:
    """Whether a rate between 0 and 100 % can have been there before."""
    before = now.value - saying.direction * abs(asked.figure.value)
    reach = now.step + asked.figure.step
    capped = now.value <= 1 and any(name in now.lead for name in BOUNDED)
    possible = before > -reach and (before < 1 + reach or not capped)
    if (
        possible
        or not sure
        or asked.figure.bound is not Bound.EXACT
        or asked.figure.sort is not Sort.POINTS
    ):
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    computed = percentage(before, min(now.step, asked.figure.step))
    chinese = asked.spoken.sentence.chinese
    why = asked.because(
        "out-of-bounds",
        now=now.text,
        computed=computed,
        said_way=way(saying.direction, chinese=chinese),
    )
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=computed, uses=[now.text])


def _points(asked: Asked, value: Fraction, step: Fraction) -> str:
    unit = "个百分点" if asked.spoken.sentence.chinese else " points"
    return decimal(value * 100, step * 100) + unit


def _turned(span: Span, direction: int) -> Span:
    return span if direction > 0 else _NOTHING.minus(span)
