"""Averages per head: 接待76批158人次,平均每批2.1人; 补贴356.8万元,惠及2230户,户均1600元.

Only where the sentence has one number each of what is shared out and of those it is shared out
among; and an average that ends in zeros may have been rounded to them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Bound, Figure
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Reading, Spoken
from claims.rules.ties.quotient import Asked
from claims.rules.units import akin, alike

_PER = re.compile(
    r"(?:平均每|每)(?:个)?(?P<each>批|次|场|件|户|人|名|村|家|所)(?P<what>[\u4e00-\u9fff]{0,4})$|"
    r"(?P<per>户|人|批|次|件|场|村|所)均(?P<more>[\u4e00-\u9fff]{0,4})$"
)
_ALSO = {"人": ("人", "名", "人次"), "次": ("次", "场次")}


def averages(reading: Reading) -> Iterator[Finding]:
    """One finding for each average that what stands before it in its sentence gives or not."""
    for spoken in reading.spoken:
        for at in spoken.counts:
            per = _PER.search(spoken.figures[at].lead)
            if per is not None and (found := _average(spoken, at, per)):
                yield found


def _average(spoken: Spoken, at: int, per: re.Match[str]) -> Finding | None:
    figure = spoken.figures[at]
    unit = per["each"] or per["per"]
    shared = [each for each in _before(spoken, at) if _counts(each, figure.unit)]
    among = [each for each in _before(spoken, at) if _counts(each, unit) and each not in shared]
    if len(shared) != 1 or len(among) != 1 or among[0].value <= 0:
        return None
    span = shared[0].span.over(among[0].span)
    if span is None or per["what"] or per["more"]:
        return None
    asked = Asked(spoken, figure, Kind.RATIO)
    fits = agreement(_as_rounded(figure), span) is not Agreement.DIFFERS
    # 每人500元 is what each was to get; only an average has to be the quotient
    average = "均" in figure.lead and not figure.tail and figure.bound is Bound.EXACT
    if not fits and not average:
        return None
    computed = like(figure, shared[0].value / among[0].value)
    key = "average-follows" if fits else "average-differs"
    values = {"shared": shared[0].text, "among": among[0].text, "computed": computed}
    verdict = Verdict.FOLLOWS if fits else Verdict.DOES_NOT_FOLLOW
    uses = [shared[0].text, among[0].text]
    return asked.found(verdict, asked.because(key, **values), computed=computed, uses=uses)


def _before(spoken: Spoken, at: int) -> list[Figure]:
    return [spoken.figures[each] for each in spoken.counts_about(at) if each < at]


def _counts(figure: Figure, unit: str) -> bool:
    plain = figure.unit in _ALSO.get(unit, ()) or akin(figure.unit, unit)
    return plain or alike(figure.unit, unit)


def _as_rounded(figure: Figure) -> Figure:
    """1600元 may be 1580 to the nearest hundred."""
    step = figure.step
    while figure.step >= 1 and figure.value > 0 and figure.value % (step * 10) == 0:
        step *= 10
    return replace(figure, step=max(step, Fraction(figure.step)))
