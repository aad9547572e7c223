"""Totals and what is listed behind or before them: 共53件:重大4件,一般49件."""

import re
from collections.abc import Iterator
from dataclasses import replace

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Bound, Figure
from claims.rules.finding import Finding, Kind
from claims.rules.reading import Reading, Spoken
from claims.rules.ties import pools
from claims.rules.ties.adding import (
    all_exact,
    greater_than_whole,
    sum_differs,
    sum_follows,
    sum_open,
    summed,
)
from claims.rules.ties.closing_totals import closing_totals
from claims.rules.ties.kinds import apart, together
from claims.rules.ties.lists import (
    Listed,
    is_other,
    is_outcome,
    kinds_of,
    lists_in,
)
from claims.rules.ties.quotient import Asked
from claims.rules.units import alike

_COUNTED_TWICE = re.compile(
    r"单列|另计|单独统计|重复统计|重复计算|同时纳入|有交叉|counted twice|overlap"
)
_NO_OTHERS = re.compile(r"[无没](?:有)?(?:其他|其它|交叉)")


def sums(reading: Reading) -> Iterator[Finding]:
    """Findings of totals with lists behind them, and of totals that close a list."""
    for spoken in reading.spoken:
        lists = [*lists_in(spoken)]
        for listed in lists:
            if found := _behind(spoken, listed):
                yield found
        yield from closing_totals(spoken, lists)


def _behind(spoken: Spoken, listed: Listed) -> Finding | None:
    listed = _meant(spoken, listed)
    asked = Asked(spoken, listed.total, Kind.SUM)
    for items in _readings(listed):
        if agreement(listed.total, summed(items)) is Agreement.AGREES:
            return sum_follows(asked, items)
    if listed.nested is not None:
        return None
    if greater := _greater(listed):
        return greater_than_whole(spoken, greater, listed.total)
    items = kinds_of(listed.items)
    if len(items) < 2 or listed.total.bound is not Bound.EXACT or not all_exact(items):
        return None
    return _unlike(asked, listed, items)


def _meant(spoken: Spoken, listed: Listed) -> Listed:
    """受理120件,办结110件;其中…: of what came in, if the kinds are more than what was done."""
    if not is_outcome(listed.total) or together(kinds_of(listed.items)) <= listed.total.value:
        return listed
    earlier = [
        each
        for each in pools.wholes_for(listed.total, [spoken.figures[at] for at in spoken.counts])
        if each.start < listed.total.start
        and not is_outcome(each)
        and each.value > listed.total.value
    ]
    return replace(listed, total=earlier[-1]) if earlier else listed


def _unlike(asked: Asked, listed: Listed, items: tuple[Figure, ...]) -> Finding | None:
    """Wrong where the list is all there is, or where kinds that exclude each other are more."""
    named = not is_outcome(items[0]) or is_other(items[-1])
    if listed.complete and named and _one_grammar(asked, items):
        return sum_differs(asked, items)
    if together(items) > listed.total.value and (most := _exclusive(asked, listed, items)):
        return sum_differs(asked, most)
    return None if any(is_outcome(each) for each in items) else sum_open(asked, items)


def _exclusive(
    asked: Asked, listed: Listed, items: tuple[Figure, ...]
) -> tuple[Figure, ...] | None:
    """Kinds that no thing can be two of, and that are more than the total all the same."""
    if _COUNTED_TWICE.search(asked.spoken.sentence.text):
        return None
    most = apart(items)
    if together(most) > listed.total.value:
        return most
    return items if _NO_OTHERS.search(asked.spoken.sentence.text) else None


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
