"""The two figures that a stated change lies between."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.rules.figure import Figure, Sort
from claims.rules.reading import Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties.years import apart_by_year_only, is_year_before
from claims.rules.units import alike
from claims.rules.vocabulary import GENERIC, LAST_YEAR

_VAGUE_SUBJECT = re.compile(
    r"^(?:总量|数量|总数|件数|总体|总|量|数|起数|件次|人次|批次|幅度|共|,|，|\s|且|并|of|or|a|an|by|and|is|was|this is|which is|that is)*$"
)
_EN_BEFORE = re.compile(
    r"\b(?:from|than|against|compared with|compared to|versus)(?: (?:the|a|an|some|about|its))?$|"
    r"\b(?:last|previous) year(?:['’]s)?(?: (?:was|were))?$",
    re.IGNORECASE,
)
_THAN_YEAR = re.compile(
    r"[比较与同和跟](?:19|20)\d\d年度?(?:同期|上半年|下半年|[一二三四前]+季度|\d{1,2}(?:[-—至]\d{1,2})?月)*的?$"
)
_WHENCE = re.compile(r"[^,，;(]{0,24}?[,，(]?\s*(?:即)?(?:由|从|from|than|against|compared)")
_SAME_BEFORE = re.compile(
    r"上一?年度?|去年|前一年|同期|(?:19|20)\d\d年|[上前]一?(?:月|季度)|的|为|是|有|仅|达|共|则|全年|\s"
)
_REACH = 3
_FAR = re.compile(r"[。;\n]")


@dataclass(frozen=True, slots=True)
class Compared:
    """Now and before, None where not given; `sure` that it is `now` that changed."""

    now: Figure | None
    before: Figure | None
    sure: bool


def pair(spoken: Spoken, at: int) -> Compared:
    """By the words from … to …, by a difference, or by last year's figure in the sentence."""
    now_at = _now(spoken, at)
    if now_at is None:
        return _from_before(spoken, at)
    now = spoken.figures[now_at]
    before = _before(spoken, now_at, at)
    sure = _same_subject(spoken, now_at, at, before) and (
        before is None or not apart_by_year_only(before, now, chinese=spoken.sentence.chinese)
    )
    sure = sure and not _one_of_several(spoken, now_at, at)
    if before is None:
        before = _by_difference(spoken, now_at, at)
    return Compared(now, before, sure)


def _one_of_several(spoken: Spoken, now_at: int, at: int) -> bool:
    """45 visits and 320 letters, down 10% from 50 and 12% from 364: in which order is not said."""
    figures = spoken.figures
    if spoken.sentence.chinese or at + 2 >= len(figures) or now_at == 0 or now_at > at:
        return False
    goes_on = figures[at + 2].sort is Sort.PERCENT and " and " in figures[at + 2].gap
    return goes_on and figures[now_at - 1].is_count and " and " in figures[now_at].gap


def _from_before(spoken: Spoken, at: int) -> Compared:
    """与上年的430件相比,减少43件,下降10%: what is there now is what was there and the difference."""
    nothing = Compared(None, None, sure=False)
    if at < 2 or spoken.sayings[at - 1].role is not Role.CHANGE:
        return nothing
    before, difference = spoken.figures[at - 2], spoken.figures[at - 1]
    counted = before.is_whole and difference.is_whole and alike(before.unit, difference.unit)
    if not (counted and spoken.figures[at].sort is Sort.PERCENT and is_last_year(spoken, at - 2)):
        return nothing
    now = _shifted(before, difference, -spoken.sayings[at - 1].direction)
    subject = _VAGUE_SUBJECT.match(spoken.sayings[at].subject) is not None
    return Compared(now, before, sure=subject) if now else nothing


def _now(spoken: Spoken, at: int) -> int | None:
    """The nearest figure in front that is a state, not a change; else the one right behind."""
    figure = spoken.figures[at]
    if figure.turns > 1:
        return _in_turn(spoken, at)
    for back in range(at - 1, max(at - 1 - _REACH, -1), -1):
        if _FAR.search(spoken.since(back, at)):
            break
        if _may_change(spoken, back, figure):
            return back
    if at + 2 < len(spoken.figures) and _from_follows(spoken, at + 1):
        return at + 2 if _may_change(spoken, at + 2, figure) else None
    return None


def _from_follows(spoken: Spoken, at: int) -> bool:
    """下降12.6%,由214件降至187件: nothing that names another thing stands between."""
    begins = _WHENCE.match(spoken.figures[at].gap) is not None
    return begins and spoken.sayings[at].role is Role.FROM


def _in_turn(spoken: Spoken, at: int) -> int | None:
    """9批14人次,同比分别下降30.8%和33.3%: the counts in front, in the same order."""
    figure = spoken.figures[at]
    first = at - figure.turn
    places = [each for each in range(first) if spoken.sayings[each].role is not Role.CHANGE]
    front = places[-figure.turns :]
    if len(front) < figure.turns or (len(places) > len(front) and figure.sort is Sort.POINTS):
        return None
    beside = all(other - one == 1 for one, other in pairwise(front)) and first - front[-1] == 1
    return front[figure.turn] if beside and spoken.figures[front[figure.turn]].is_count else None


def _may_change(spoken: Spoken, at: int, change: Figure) -> bool:
    figure, saying = spoken.figures[at], spoken.sayings[at]
    if saying.role in {Role.CHANGE, Role.FROM} or is_last_year(spoken, at):
        return False
    if change.sort is Sort.POINTS:
        return figure.sort is Sort.PERCENT
    if change.is_count:
        return figure.is_count and alike(figure.unit, change.unit)
    return figure.sort in {Sort.COUNT, Sort.PERCENT}


def is_last_year(spoken: Spoken, at: int) -> bool:
    """Whether a figure is said to be of the year before."""
    figure = spoken.figures[at]
    chinese = spoken.sentence.chinese
    nearby = spoken.figures[max(at - _REACH, 0) : at + _REACH + 1]
    if any(is_year_before(figure, other, chinese=chinese) for other in nearby):
        return True
    if spoken.sentence.chinese:
        return _THAN_YEAR.search(figure.lead) is not None or any(
            word in figure.lead for word in LAST_YEAR
        )
    return _EN_BEFORE.search(figure.lead) is not None or (
        re.match(
            r"^(?:\w+ )?(?:the )?(?:year before|previous year|last year|a year earlier)",
            figure.tail,
        )
        is not None
    )


def _before(spoken: Spoken, now_at: int, at: int) -> Figure | None:
    """Last year's figure of the same sort, in front of the present one or behind the change."""
    now = spoken.figures[now_at]
    around = [now_at - 1, *range(now_at + 1, min(at + 3, len(spoken.figures)))]
    for place in around:
        if place < 0 or place == at:
            continue
        other: Figure = spoken.figures[place]
        saying = spoken.sayings[place]
        if saying.role is Role.CHANGE:
            continue
        alike_enough = other.sort is now.sort and alike(other.unit, now.unit)
        linked = not _FAR.search(spoken.since(min(place, now_at), max(place, now_at))) and (
            place < at or _goes_back(other, now)
        )
        if alike_enough and linked and (saying.role is Role.FROM or is_last_year(spoken, place)):
            return other
    return None


def _goes_back(other: Figure, now: Figure) -> bool:
    """Whether what stands behind the change says whence, and names nothing else that changed."""
    if _WHENCE.match(other.gap):
        return True
    subject = _SAME_BEFORE.sub("", other.lead)
    return subject in now.words


def _by_difference(spoken: Spoken, now_at: int, at: int) -> Figure | None:
    """减少27件,下降12.6%: what was there before is now and the difference."""
    now, change = spoken.figures[now_at], spoken.figures[at]
    for place in (at - 1, at + 1):
        if not now_at < place < len(spoken.figures) or change.is_count:
            continue
        other, saying = spoken.figures[place], spoken.sayings[place]
        if (
            saying.role is Role.CHANGE
            and other.is_whole
            and now.is_whole
            and alike(other.unit, now.unit)
        ):
            return _shifted(now, other, saying.direction)
    return None


def _shifted(now: Figure, difference: Figure, direction: int) -> Figure | None:
    value = now.value - direction * difference.value
    if value <= 0:
        return None
    return replace(now, value=value, text=f"{value}{now.unit}")


def _same_subject(spoken: Spoken, now_at: int, at: int, before: Figure | None) -> bool:
    """Whether nothing between names another thing that changed, nor is another count nearer."""
    if now_at > at or spoken.figures[at].turns > 1:
        return True
    between = [place for place in range(now_at + 1, at) if spoken.figures[place] is not before]
    if any(spoken.sayings[place].role is Role.NUMBER for place in between):
        return False
    subject = spoken.sayings[at].subject
    now = spoken.figures[now_at]
    for word in GENERIC:
        subject = subject.replace(word, "")
    return not _other_clause(spoken, now_at, at) and (
        _VAGUE_SUBJECT.match(subject) is not None or subject[:2] in now.words
    )


def _other_clause(spoken: Spoken, now_at: int, at: int) -> bool:
    """Whether a clause without figures stands between, which may name what changed."""
    between = spoken.since(now_at, at)
    clauses = re.split(r"[,，、(]", between)
    return (
        len(clauses) > 2
        and any(len(each.strip()) > 1 for each in clauses[1:-1])
        and at == now_at + 1
    )
