"""Totals and what is listed behind or before them: 共53件:重大4件,一般49件."""

import re
from collections.abc import Iterator
from fractions import Fraction

from services.stats.domain.claims.agreement import Agreement, agreement
from services.stats.domain.claims.figure import Bound, Figure
from services.stats.domain.claims.finding import Finding, Kind, Verdict
from services.stats.domain.claims.printing import like
from services.stats.domain.claims.reading import Reading, Spoken
from services.stats.domain.claims.span import Span
from services.stats.domain.claims.span import total as sum_of
from services.stats.domain.claims.ties.lists import (
    Listed,
    is_other,
    is_outcome,
    kinds_of,
    lists_in,
)
from services.stats.domain.claims.ties.quotient import Asked
from services.stats.domain.claims.units import alike

_SURE_TOTAL = re.compile(r"(?:共计|合计|总计|总共|in total|altogether|totall?ing)")
_TOTAL = re.compile(
    r"(?:共计|合计|总计|总共|共有?|累计|in total|altogether|totall?ing|a total of)"
)
_LONGEST_RUN = 12


def sums(reading: Reading) -> Iterator[Finding]:
    """Findings of totals with lists behind them, and of totals that close a list."""
    for spoken in reading.spoken:
        lists = [*lists_in(spoken)]
        for listed in lists:
            if found := _behind(spoken, listed):
                yield found
        yield from _before(spoken, lists)


def _behind(spoken: Spoken, listed: Listed) -> Finding | None:
    asked = Asked(spoken, listed.total, Kind.SUM)
    for items in _readings(listed):
        if agreement(listed.total, _sum(items)) is Agreement.AGREES:
            return _follows(asked, items)
    if listed.nested is not None:
        return None
    items = kinds_of(listed.items)
    if greater := _greater(listed):
        return greater_than_whole(spoken, greater, listed.total)
    if len(items) < 2 or listed.total.bound is not Bound.EXACT or not _said_once(items):
        return None
    if (
        listed.complete
        and (not is_outcome(items[0]) or is_other(items[-1]))
        and _one_grammar(asked, items)
    ):
        return _differs(asked, items)
    return None if any(is_outcome(each) for each in items) else _open(asked, items)


def _readings(listed: Listed) -> Iterator[tuple[Figure, ...]]:
    """The whole list, its beginnings, and what is left without a list inside it."""
    items = listed.items
    for stop in range(len(items), 1, -1):
        if stop == len(items) or "、" not in items[stop].gap:
            yield items[:stop]
    if listed.nested is not None:
        for skipped in range(listed.nested + 1, len(items)):
            kept = items[: listed.nested] + items[skipped:]
            if len(kept) > 1:
                yield kept


def _said_once(items: tuple[Figure, ...]) -> bool:
    return all(each.bound is Bound.EXACT for each in items)


def _one_grammar(asked: Asked, items: tuple[Figure, ...]) -> bool:
    """English names no units: only a list that "and" closes is surely one of kinds."""
    if asked.spoken.sentence.chinese:
        return all(
            each.unit == asked.figure.unit or alike(each.unit, asked.figure.unit) for each in items
        )
    return re.search(r"\band\b", items[-1].gap) is not None or is_other(items[-1])


def _greater(listed: Listed) -> Figure | None:
    """A first part that is more than the total it is said to be among."""
    first = listed.items[0]
    exact = first.bound is Bound.EXACT and listed.total.bound is Bound.EXACT
    among = re.search(r"其中|of which|of whom|of these|of them", first.gap) is not None
    near = re.search(r"[;。]", first.gap) is None
    return first if exact and among and near and first.value > listed.total.value else None


def greater_than_whole(spoken: Spoken, part: Figure, whole: Figure) -> Finding:
    """其中200件 of 187件."""
    asked = Asked(spoken, part, Kind.PART)
    why = asked.because("part-exceeds", part=part.text, whole=whole.text)
    return asked.found(Verdict.DOES_NOT_FOLLOW, why, uses=[whole.text])


def _sum(items: tuple[Figure, ...]) -> Span:
    return sum_of([each.span for each in items])


def _added(items: tuple[Figure, ...]) -> Fraction:
    return sum((each.value for each in items), Fraction(0))


def _follows(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    key = "sum-follows" if asked.figure.bound is Bound.EXACT else "sum-bound"
    return _said(asked, items, Verdict.FOLLOWS, key)


def _differs(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    return _said(asked, items, Verdict.DOES_NOT_FOLLOW, "sum-differs")


def _open(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    """A list after 其中 may be incomplete, and its kinds may overlap."""
    less = _added(items) < asked.figure.value
    difference = like(asked.figure, abs(asked.figure.value - _added(items)))
    key = "sum-less" if less else "sum-more"
    return _said(asked, items, Verdict.NOTE, key, difference=difference)


def _said(
    asked: Asked, items: tuple[Figure, ...], verdict: Verdict, key: str, **values: str
) -> Finding:
    computed = like(asked.figure, _added(items))
    parts = tuple(each.text for each in items)
    why = asked.because(key, parts=parts, computed=computed, **values)
    return asked.found(verdict, why, computed=computed, uses=parts)


def _before(spoken: Spoken, lists: list[Listed]) -> Iterator[Finding]:
    """重大4件,一般49件,合计53件: a total behind what it adds up."""
    heads = {id(listed.total) for listed in lists}
    for at in spoken.counts:
        figure = spoken.figures[at]
        said = figure.lead if spoken.sentence.chinese else f"{figure.lead} {figure.tail}".lower()
        if id(figure) in heads or not _TOTAL.search(said):
            continue
        run = _run(spoken, at)
        if len(run) > 1 and (found := _closing(spoken, figure, run)):
            yield found


def _closing(spoken: Spoken, figure: Figure, run: tuple[Figure, ...]) -> Finding | None:
    asked = Asked(spoken, figure, Kind.SUM)
    for first in range(len(run) - 1):
        if agreement(figure, _sum(run[first:])) is Agreement.AGREES:
            return _follows(asked, run[first:])
    sure = _SURE_TOTAL.search(figure.lead.lower()) and figure.bound is Bound.EXACT
    kinds = not any(is_outcome(each) for each in run) and _said_once(run)
    return _differs(asked, run) if sure and kinds and spoken.sentence.chinese else None


def _run(spoken: Spoken, at: int) -> tuple[Figure, ...]:
    """The counts of its unit right before, nothing else between."""
    run: list[Figure] = []
    place = at - 1
    while place >= 0 and len(run) < _LONGEST_RUN:
        figure = spoken.figures[place]
        if place not in spoken.counts or not alike(figure.unit, spoken.figures[at].unit):
            break
        run.insert(0, figure)
        place -= 1
    return tuple(run)
