"""Totals behind what they add up: 重大4件,一般49件,合计53件."""

import re
from collections.abc import Iterator

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Bound, Figure
from claims.rules.finding import Finding, Kind
from claims.rules.reading import Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties.adding import all_exact, sum_differs, sum_follows, summed
from claims.rules.ties.lists import Listed, is_outcome
from claims.rules.ties.quotient import Asked
from claims.rules.units import alike

_SURE_TOTAL = re.compile(r"(?:共计|合计|总计|总共|in total|altogether|totall?ing)")
_TOTAL = re.compile(
    r"(?:共计|合计|总计|总共|共有?|累计|in total|altogether|totall?ing|a total of)"
)
_BARE_TOTAL = re.compile(r"(?:一?共有?|累计)")
_SINCE = re.compile(r"[月周旬]|季度|本期|新增|新建|又|再|今日|当日")
_JOINS = re.compile(r"^(?P<way>、|和|与|及|以及)?")
_LONGEST_RUN = 12
_PARTS_OF_YEAR = (("一季度", "二季度", "三季度", "四季度"), ("上半年", "下半年"))


def closing_totals(spoken: Spoken, lists: list[Listed]) -> Iterator[Finding]:
    """Those that head no list of their own."""
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
        if agreement(figure, summed(run[first:])) is Agreement.AGREES:
            return sum_follows(asked, run[first:])
    run = _joined(run)
    kinds = not any(is_outcome(each) for each in run[1:]) and all_exact(run)
    sure = _is_sure_total(figure, spoken) or _is_of_year(run)
    sure = sure and figure.bound is Bound.EXACT
    return sum_differs(asked, run) if sure and kinds and len(run) > 1 else None


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
    bare = _BARE_TOTAL.fullmatch(lead) is not None and not figure.tail
    return bare and not _SINCE.search(spoken.sentence.text)


def _is_of_year(run: tuple[Figure, ...]) -> bool:
    """Whether the counts are those of all parts of a year."""
    return any(
        len(run) == len(parts)
        and all(part in each.lead for part, each in zip(parts, run, strict=True))
        for parts in _PARTS_OF_YEAR
    )


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
