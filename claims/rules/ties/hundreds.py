"""Shares that make up the whole: 满意90%,基本满意8%,不满意2%."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from claims.rules.figure import Bound, Figure, Sort, stated_span
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import percentage
from claims.rules.reading import Reading, Spoken
from claims.rules.saying_parts import Role
from claims.rules.span import Span, total
from claims.rules.ties.common_total import LIKE_TOTAL
from claims.rules.ties.kinds import is_all
from claims.rules.ties.lists import is_other
from claims.rules.ties.quotient import Asked

_WHOLE = Span(Fraction(1), Fraction(1))
_GROUPED = re.compile(
    r"[按从依][^,，。;]{1,12}?(?:划分|分类|分|看|来看)|分为|构成|结构|\bby (?:type|kind|category|channel)\b|split|broken down"
)
_GRADES = (("满意", "基本满意", "不满意"), ("成功", "未成功"), ("satisfied", "dissatisfied"))
_GRADED = frozenset(grade for grades in _GRADES for grade in grades)


def hundreds(reading: Reading) -> Iterator[Finding]:
    """One finding for each run of shares that is surely the whole of something."""
    for spoken in reading.spoken:
        for run in _runs(spoken):
            if len(run) > 1 and (found := _judged(spoken, run)):
                yield found


def _runs(spoken: Spoken) -> Iterator[list[Figure]]:
    run: list[Figure] = []
    for figure, saying in zip(spoken.figures, spoken.sayings, strict=True):
        shares = figure.sort is Sort.PERCENT and figure.bound is Bound.EXACT
        part = saying.role in {Role.SHARE, Role.BARE} or saying.stem in _GRADED
        if shares and part and ";" not in figure.gap:
            run.append(figure)
        elif figure.sort is Sort.PERCENT or saying.role is Role.CHANGE:
            yield run
            run = []
    yield run


def _judged(spoken: Spoken, run: list[Figure]) -> Finding | None:
    asked = Asked(spoken, run[-1], Kind.HUNDRED)
    shares = tuple(figure.text for figure in run)
    added = sum((figure.value for figure in run), Fraction(0))
    computed = percentage(added, min(figure.step for figure in run))
    if not _is_whole(spoken, run):
        return None
    if total([_closed(figure) for figure in run]).meets(_WHOLE):
        why = asked.because("hundred-follows", computed=computed)
        return asked.found(Verdict.FOLLOWS, why, computed=computed, uses=shares)
    why = asked.because("hundred-differs", computed=computed)
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, computed=computed, uses=shares)


def _closed(figure: Figure) -> Span:
    """Cut off or rounded: a step either way."""
    span = stated_span(figure)
    return Span(span.low, figure.value + figure.step)


def _counts_of(spoken: Spoken, run: list[Figure]) -> tuple[Figure, ...]:
    """The count right in front of each share; none where a share has none."""
    counts = [
        one
        for (one, other), saying in zip(pairwise(spoken.figures), spoken.sayings[1:], strict=True)
        if one.is_count and saying.base in LIKE_TOTAL and any(other is share for share in run)
    ]
    return tuple(counts) if len(counts) == len(run) else ()


def _is_whole(spoken: Spoken, run: list[Figure]) -> bool:
    if is_all(_counts_of(spoken, run)):
        return True
    words = [figure.lead for figure in run]
    if any(
        all(any(said.startswith(grade) for said in words) for grade in grades)
        for grades in _GRADES
    ):
        return len(run) == len(set(words))
    if len(run) < 3:
        return is_other(run[-1]) and _GROUPED.search(run[0].gap) is not None
    return is_other(run[-1]) or _GROUPED.search(run[0].gap) is not None
