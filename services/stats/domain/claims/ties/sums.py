"""Totals and what is listed behind or before them: 共53件:重大4件,一般49件."""

import re
from collections.abc import Iterator

from services.stats.domain.claims.agreement import Agreement, agreement
from services.stats.domain.claims.figure import Bound, Figure
from services.stats.domain.claims.finding import Finding, Kind, Verdict
from services.stats.domain.claims.printing import like
from services.stats.domain.claims.reading import Reading, Spoken
from services.stats.domain.claims.saying_parts import Role
from services.stats.domain.claims.span import Span
from services.stats.domain.claims.span import total as sum_of
from services.stats.domain.claims.ties.kinds import apart, together
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
_NO_OTHERS = re.compile(r"[无没](?:有)?(?:其他|其它|交叉)")
_BARE_TOTAL = re.compile(r"(?:一?共有?|累计)")
_SINCE = re.compile(r"[月周旬]|季度|本期|新增|新建|又|再|今日|当日")
_JOINS = re.compile(r"^[^,，;。、]*(?P<way>、|和|与|及)?")
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
    if greater := _greater(listed):
        return greater_than_whole(spoken, greater, listed.total)
    items = kinds_of(listed.items)
    if len(items) < 2 or listed.total.bound is not Bound.EXACT or not _said_once(items):
        return None
    return _unlike(asked, listed, items)


def _unlike(asked: Asked, listed: Listed, items: tuple[Figure, ...]) -> Finding | None:
    """Wrong where the list is all there is, or where kinds that exclude each other are more."""
    named = not is_outcome(items[0]) or is_other(items[-1])
    if listed.complete and named and _one_grammar(asked, items):
        return _differs(asked, items)
    if together(most := apart(items)) > listed.total.value:
        return _differs(asked, most)
    no_others = _NO_OTHERS.search(asked.spoken.sentence.text) is not None
    if no_others and together(items) > listed.total.value:
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


def _follows(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    key = "sum-follows" if asked.figure.bound is Bound.EXACT else "sum-bound"
    return _said(asked, items, Verdict.FOLLOWS, key)


def _differs(asked: Asked, items: tuple[Figure, ...]) -> Finding:
    return _said(asked, items, Verdict.DOES_NOT_FOLLOW, "sum-differs")


def _open(asked: Asked, items: tuple[Figure, ...]) -> Finding:
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
    run = _joined(run)
    kinds = not any(is_outcome(each) for each in run[1:]) and _said_once(run)
    sure = _is_sure_total(figure, spoken) and figure.bound is Bound.EXACT
    return _differs(asked, run) if sure and kinds and len(run) > 1 else None


def _joined(run: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The last ones that are joined in one way: a total in front of a list is no item of it."""
    way = _JOINS.search(run[-1].gap)
    if way is None or way["way"] is None:
        return run
    first = len(run) - 1
    while first > 0 and (found := _JOINS.search(run[first].gap)) and found["way"]:
        first -= 1
    return run[first:]


def _is_sure_total(figure: Figure, spoken: Spoken) -> bool:
    """共计 says so; a bare 共 or 累计 does where nothing says since when it is counted."""
    lead = figure.lead.strip().lower()
    if not spoken.sentence.chinese:
        return False
    if _SURE_TOTAL.search(lead):
        return True
    return _BARE_TOTAL.fullmatch(lead) is not None and not _SINCE.search(spoken.sentence.text)


def _run(spoken: Spoken, at: int) -> tuple[Figure, ...]:
    """The counts of its unit right before, nothing else between."""
    run: list[Figure] = []
    place = at - 1
    while place >= 0 and len(run) < _LONGEST_RUN:
        figure = spoken.figures[place]
        if place not in spoken.counts and spoken.sayings[place].role is not Role.SHARE:
            break
        if figure.is_count and not alike(figure.unit, spoken.figures[at].unit):
            break
        if figure.is_count:
            run.insert(0, figure)
        place -= 1
    return tuple(run)
