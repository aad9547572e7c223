"""So many times the year before: 去年120件,今年180件,是去年的1.5倍."""

import re
from collections.abc import Iterator

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Bound, Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reading import Reading, Spoken
from claims.rules.ties import pools
from claims.rules.ties.compared import is_last_year
from claims.rules.ties.quotient import Asked
from claims.rules.units import alike

_TIMES = re.compile(r"(?:是|为|达|达到|相当于)(?:上年度?|去年|上一年度?|前一年)?(?:同期)?的?$")


def multiples(reading: Reading) -> Iterator[Finding]:
    """One finding for each multiple whose two counts are the only ones that may be meant."""
    for spoken in reading.spoken:
        for at, figure in enumerate(spoken.figures):
            if figure.sort is Sort.FOLD and (found := _TIMES.search(_said(spoken, at))):
                yield from _multiple(spoken, at, subject=found.string[: found.start()])


def _said(spoken: Spoken, at: int) -> str:
    """The words before it; 是上年120件的1.5倍 has a count in between."""
    between = at > 0 and spoken.figures[at].gap.strip() == "的"
    return spoken.figures[at - 1].lead if between else spoken.figures[at].lead


def _multiple(spoken: Spoken, at: int, *, subject: str) -> Iterator[Finding]:
    counts = [each for each in spoken.counts if each < at]
    before = [spoken.figures[each] for each in counts if is_last_year(spoken, each)]
    if len(before) != 1 or spoken.is_aim(at):
        return
    now = [
        each
        for each in pools.before(spoken, at)
        if each is not before[0] and alike(each.unit, before[0].unit)
    ]
    span = now[0].span.over(before[0].span) if len(now) == 1 else None
    if span is not None and subject[:2] in now[0].words:
        agrees = agreement(spoken.figures[at], span)
        yield _judged(Asked(spoken, spoken.figures[at], Kind.CHANGE), now[0], before[0], agrees)


def _judged(asked: Asked, now: Figure, before: Figure, agrees: Agreement) -> Finding:
    computed = like(asked.figure, now.value / before.value)
    differs = agrees is Agreement.DIFFERS and asked.figure.bound is Bound.EXACT
    values = {"shared": now.text, "among": before.text, "computed": computed}
    why = asked.because("average-differs" if differs else "average-follows", **values)
    verdict = Verdict.DOES_NOT_FOLLOW if differs else Verdict.FOLLOWS
    if agrees is not Agreement.AGREES and not differs:
        verdict = Verdict.NOTE
    return asked.found(verdict, why, computed=computed, uses=[now.text, before.text])
