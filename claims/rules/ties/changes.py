"""Changes: 由214件降至187件,下降12.6%; without last year's number, whether any whole one gives it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from claims.rules.agreement import Agreement, agreement, wholes_before
from claims.rules.figure import Bound, Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Reading, Spoken
from claims.rules.reasons import way
from claims.rules.saying_parts import Role, Saying
from claims.rules.span import Span
from claims.rules.ties import compared
from claims.rules.ties.points import points
from claims.rules.ties.quotient import Asked
from claims.rules.ties.years import is_year_before, same_thing

_ONE = Fraction(1)
_MANY = 4


@dataclass(frozen=True, slots=True)
class Change:
    """What is stated to have changed, how, and between which figures as far as they are given."""

    asked: Asked
    saying: Saying
    now: Figure | None
    before: Figure | None
    sure: bool  # that it is `now` that changed

    @property
    def chinese(self) -> bool:
        """The language of its reasons."""
        return self.asked.spoken.sentence.chinese

    @property
    def said_way(self) -> str:
        """上升 or 下降, as stated."""
        return way(self.saying.direction, chinese=self.chinese)


def changes(reading: Reading) -> Iterator[Finding]:
    """One finding for each stated change of a count, of a rate, or in so many times."""
    for spoken in reading.spoken:
        for at, saying in enumerate(spoken.sayings):
            if saying.role is Role.CHANGE:
                found = _change(reading, spoken, at, saying)
                if found is not None:
                    yield found


def _change(reading: Reading, spoken: Spoken, at: int, saying: Saying) -> Finding | None:
    figure = spoken.figures[at]
    asked = Asked(spoken, figure, Kind.CHANGE)
    if spoken.is_aim(at):
        return asked.found(Verdict.CANNOT_CHECK, asked.because("aim"))
    pair = compared.pair(spoken, at)
    change = Change(asked, saying, pair.now, pair.before, pair.sure)
    if figure.sort is Sort.PERCENT and figure.value > 1 and saying.direction < 0:
        return asked.found(Verdict.DOES_NOT_FOLLOW, asked.because("below-nothing"))
    if figure.sort is Sort.POINTS or (pair.now and pair.now.sort is Sort.PERCENT):
        return points(asked, saying, pair)
    if pair.now is not None and pair.before is not None:
        return _between(change, pair.now, pair.before)
    return None if figure.is_count else _without_before(reading, change)


def _without_before(reading: Reading, change: Change) -> Finding | None:
    """By a sentence before, else by what any whole number would give."""
    now = change.now
    if now is not None and (earlier := _told_before(reading, change.asked.spoken, now)):
        return _between(change, now, earlier)
    return _alone(change)


def _told_before(reading: Reading, spoken: Spoken, now: Figure) -> Figure | None:
    """The same thing's number of the year before, in a sentence right before."""
    if not spoken.sentence.chinese:
        return None
    same = [
        each
        for each in reading.near(spoken)
        if is_year_before(each, now, chinese=True) and same_thing(each, now)
    ]
    return same[0] if len(same) == 1 else None


def _between(change: Change, now: Figure, before: Figure) -> Finding | None:
    asked, figure = change.asked, change.asked.figure
    if before.value <= 0:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    moved = _moved(figure, now, before)
    signed = figure_direction(now, before)
    stated = change.saying.direction
    agrees = agreement(_unsigned(figure), _turned(moved, stated))
    values = {
        "before": before.text,
        "now": now.text,
        "way": way(signed, chinese=change.chinese),
        "said_way": change.said_way,
        "computed": like(figure, abs(_middle(figure, now, before))),
    }
    verdict, key = _VERDICTS[agrees]
    if agrees is Agreement.AGREES and figure.bound is not Bound.EXACT:
        key = "change-bound"
    if agrees is Agreement.DIFFERS and not change.sure:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    computed = ("-" if signed < 0 else "") + str(values["computed"])
    why = asked.because(key, **values)
    return asked.found(verdict, why, computed=computed, uses=[now.text, before.text])


_VERDICTS = {
    Agreement.AGREES: (Verdict.FOLLOWS, "change-follows"),
    Agreement.CUT_OFF: (Verdict.NOTE, "change-cut-off"),
    Agreement.DIFFERS: (Verdict.DOES_NOT_FOLLOW, "change-differs"),
}


def figure_direction(now: Figure, before: Figure) -> int:
    """1 where it rose, -1 where it fell."""
    return (now.value > before.value) - (now.value < before.value)


def _moved(figure: Figure, now: Figure, before: Figure) -> Span:
    """How far it moved: as a part of the figure before, or in its own unit."""
    difference = now.span.minus(before.span)
    if figure.is_count:
        return difference
    return _ratio(now.span, before.span)


def _ratio(now: Span, before: Span) -> Span:
    """Now / before - 1."""
    over = now.over(before)
    return Span(None, None) if over is None else over.minus(Span(_ONE, _ONE))


def _middle(figure: Figure, now: Figure, before: Figure) -> Fraction:
    difference = now.value - before.value
    return difference if figure.is_count else difference / before.value


def _turned(span: Span, direction: int) -> Span:
    return span if direction > 0 else Span(Fraction(0), Fraction(0)).minus(span)


def _unsigned(figure: Figure) -> Figure:
    """同比-12.6% says the same as 下降12.6%."""
    return replace(figure, value=abs(figure.value))


def _alone(change: Change) -> Finding:
    """Which whole number before would give it."""
    asked, now = change.asked, change.now
    figure = _unsigned(asked.figure)
    if now is None or not now.is_whole or figure.bound is not Bound.EXACT or now.value <= 0:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    if not change.sure:
        return asked.found(Verdict.CANNOT_CHECK, asked.because("no-before"))
    if found := wholes_before(figure, now.value, change.saying.direction):
        return _possible(asked, now, found)
    why = asked.because(
        "before-none", now=now.text, said_way=change.said_way, more=_nearest(change, now)
    )
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, uses=[now.text])


def _possible(asked: Asked, now: Figure, found: tuple[int, int]) -> Finding:
    first, last = (f"{number}{now.unit}" for number in found)
    if first == last:
        why = asked.because("before-one", found=first, now=now.text)
        return asked.found(Verdict.FOLLOWS, why, computed=first, uses=[now.text])
    why = asked.because("before-many", first=first, last=last)
    return asked.found(Verdict.FOLLOWS, why, computed=f"{first}–{last}", uses=[now.text])


def _nearest(change: Change, now: Figure) -> str:
    """The two whole numbers next to what the stated change would need."""
    rate = abs(change.asked.figure.value) * change.saying.direction
    if rate <= -1:
        return ""
    low = int(now.value / (_ONE + rate))
    if low <= 0:
        return ""
    shown = {
        name: like(change.asked.figure, (now.value - number) / number)
        for name, number in (("low_rate", low), ("high_rate", low + 1))
    }
    return change.asked.because(
        "before-nearest", low=f"{low}{now.unit}", high=f"{low + 1}{now.unit}", **shown
    )
