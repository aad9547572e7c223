"""Lists of counts behind a total: what introduces them, what belongs to them, where they end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.rules.figure import Figure, Sort
from claims.rules.reading import Spoken
from claims.rules.saying_parts import Role
from claims.rules.ties.kinds import begins_letters, is_all, is_all_letters
from claims.rules.units import alike
from claims.rules.vocabulary import DONE, OUTCOMES

_OPEN = re.compile(
    r"其中|当中|包括|包含|含(?!有)|主要|涉及|\b(?:of (?:which|whom|these|those|them)|including|among (?:them|these|which)|mainly|such as)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"[按从依][^,，。;]{1,12}?(?:划分|分类|分|看|来看|统计|区分)|分为|分成|分别为|分别是|分别有|——|由[^,，。]{0,4}$|"
    r"\b(?:comprising|consisting of|made up of|composed of|broken down|namely|divided into|split into)\b|"
    r"\bby (?:type|kind|category|channel|origin|township|quarter|month)\b",
    re.IGNORECASE,
)
_COLON_EN = re.compile(r"^[A-Za-z ,'-]{0,60}:\s*$")
_COLON = re.compile(r"^[^,，;。:]{0,16}(?:[,，][^,，;。:]{0,12})?:(?!\s*$)|^[^,，;。:]{0,16}:\s*$")
_TOTAL = re.compile(r"(?:共计|合计|总计|总共|累计|共)[^,，、;]{0,12}$")
_BRACKET = re.compile(r"^[^,，;。:()]{0,12}[(](?:其中)?[^)]*$")
_NEXT = re.compile(r"^[^,，;。:]{0,8}[,，][^,，;。:]{1,6}$")
_ADVERBS = re.compile(
    r"^(?:已经?|成功|全部|现场|当场|共|及时|按期|按时|如期|限期|实际|均|依法|其中)+"
)
_OTHER = re.compile(r"其他|其它|其余|剩余|\bothers?\b")
_REST = re.compile(r"其余|其他|其它|剩余|\bthe rest\b|\bthe others?\b|余下")
_AND_SO_ON = re.compile(r"[^,，;。]{0,12}等")
_DONE = tuple(DONE)
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """`complete` where the grammar says that the list is the whole of the total."""

    total: Figure
    items: tuple[Figure, ...]
    complete: bool
    nested: int | None = None  # how many items stand in front of a list inside the list
    begins: int = 0
    ends: int = 0


def lists_in(spoken: Spoken) -> Iterator[Listed]:
    """Every list of a sentence, those inside others too."""
    for first in range(1, len(spoken.figures)):
        how = _introduced(spoken, first)
        if how is None:
            continue
        total = _total_before(spoken, first)
        if total is None:
            continue
        found = _collected(spoken, total, first, complete=how)
        if found.items:
            yield found


def introduces(gap: str) -> bool | None:
    """What the words between two counts say of a list behind them."""
    return _introduces(gap, False)


def _introduced(spoken: Spoken, at: int) -> bool | None:
    """True before a whole list, False before one that may lack kinds, None elsewhere."""
    previous = spoken.figures[at - 1] if at else None
    return _introduces(
        spoken.figures[at].gap, previous is not None and previous.sort is Sort.COUNT
    )


@lru_cache(maxsize=4096)
def _introduces(gap: str, after_count: bool) -> bool | None:
    if _OPEN.search(gap):
        return False
    if _WHOLE.search(gap) or (after_count and (_COLON.match(gap) or _COLON_EN.match(gap))):
        return True
    if after_count and begins_letters(gap) and _NEXT.match(gap):
        return False
    return False if after_count and _BRACKET.match(gap) else None


def _total_before(spoken: Spoken, first: int) -> Figure | None:
    """The nearest count of the list's unit that no list inside brackets hides."""
    item = spoken.figures[first]
    if not item.is_count or spoken.sayings[first].role is not Role.NUMBER:
        return None
    again = _WHOLE.search(item.gap) is not None and ";" in item.gap
    beside = False
    for at in reversed([each for each in spoken.counts if first - _LONGEST < each < first]):
        figure = spoken.figures[at]
        if not alike(figure.unit, item.unit) or figure.depth > item.depth:
            continue
        less = item.value > figure.value
        # a second grouping of the same total: an item of the first is not what is grouped, and
        # least of all one that is less than its own part
        if (again or less) and (_is_item(spoken, at) or _is_enumerated(figure)):
            beside = True
        elif not (beside and less):
            return figure
    return None


def _is_item(spoken: Spoken, at: int) -> bool:
    """Whether a count stands in a list that some earlier word introduces."""
    return any(
        _introduced(spoken, place) is not None for place in range(at, max(at - _LONGEST, -1), -1)
    )


def _is_enumerated(figure: Figure) -> bool:
    return "、" in figure.gap or is_other(figure)


def _collected(spoken: Spoken, total: Figure, first: int, *, complete: bool) -> Listed:
    depth = spoken.figures[first].depth
    items: list[Figure] = []
    nested: int | None = None
    separator = ""
    at = first
    for at in range(first, min(first + _LONGEST, len(spoken.figures))):
        figure = spoken.figures[at]
        if at > first and _ends(spoken, at, depth, separator):
            break
        if at > first and _introduced(spoken, at) is False and figure.depth == depth:
            nested = len(items) if nested is None else nested
        if _belongs(spoken, at, total, depth):
            if len(items) == 1:
                separator = ";" if ";" in spoken.since(first, at) else ","
            items.append(figure)
    else:
        at += 1
    closed = _closed(spoken, total, items, at)
    return Listed(
        total,
        tuple(items),
        _is_complete(items, complete=complete, closed=closed),
        nested,
        first,
        at,
    )


def _ends(spoken: Spoken, at: int, depth: int, separator: str) -> bool:
    figure = spoken.figures[at]
    if figure.depth < depth or _TOTAL.search(figure.lead):
        return True
    if figure.depth == depth and (_WHOLE.search(figure.gap) is not None):
        return True
    return separator == "," and ";" in figure.gap and figure.depth == depth


def _belongs(spoken: Spoken, at: int, total: Figure, depth: int) -> bool:
    figure = spoken.figures[at]
    return (
        figure.is_count
        and spoken.sayings[at].role is Role.NUMBER
        and figure.depth == depth
        and alike(figure.unit, total.unit)
    )


def _closed(spoken: Spoken, total: Figure, items: list[Figure], at: int) -> bool:
    """Whether nothing after the last item says that there is more of it."""
    if not items or not spoken.sentence.whole:
        return False
    start = items[-1].end - spoken.sentence.start
    stop = spoken.figures[at].start - spoken.sentence.start if at < len(spoken.figures) else None
    said = spoken.sentence.text[start:stop]
    return _AND_SO_ON.match(said) is None and _REST.search(said) is None


def _is_complete(items: list[Figure], *, complete: bool, closed: bool) -> bool:
    if not closed:
        return False
    return complete or (
        len(items) > 1 and (is_other(items[-1]) or _is_all(kinds_of(tuple(items))))
    )


def _is_all(items: tuple[Figure, ...]) -> bool:
    return is_all(items) or is_all_letters(items)


def is_other(figure: Figure) -> bool:
    """Whether a kind is what is left of all kinds."""
    return _OTHER.search(figure.words) is not None


def is_outcome(figure: Figure) -> bool:
    """Whether it counts what was done with things rather than a kind of them."""
    return _is_outcome(figure.lead)


@lru_cache(maxsize=4096)
def _is_outcome(lead: str) -> bool:
    said = _ADVERBS.sub("", lead)
    return said in OUTCOMES or said.startswith(_DONE) or said == "成功"


def kinds_of(items: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Up to the first count of what was done, where the list began with kinds."""
    if not items or is_outcome(items[0]):
        return items
    stop = next((at for at, each in enumerate(items) if is_outcome(each)), len(items))
    return items[:stop]
