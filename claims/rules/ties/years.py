"""Which of two figures is of the year before, where the years themselves are written."""

import re
from functools import lru_cache

from claims.rules.figure import Figure
from claims.rules.units import alike

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|\b)")
_PERIOD = re.compile(r"\d{1,2}月|季度|上半年|下半年|\b(?:January|June|July|quarter|half)\b")
_LINKED = re.compile(r"比|较|由|从|同期|上年|去年|\b(?:from|than|against|with|to)\b")
_YEAR_AND = re.compile(
    r"[^,;]{0,40}\b(?:19|20)\d\d\)?,?\s*(?:and|but|then)?\s*(?:only|just|to)?\s*"
)
_SAME = re.compile(
    r"(?:19|20)\d\d年?度?|[,，、;。\s]|的|为|是|有|达|全年|全县|全镇|全市|共|则|了|已"
)


@lru_cache(maxsize=4096)
def _year(said: str) -> int | None:
    found = [*_YEAR.finditer(said)]
    return int(found[-1][1]) if found and not _PERIOD.search(said) else None


def year_of(figure: Figure, *, chinese: bool) -> int | None:
    """The year that is named right beside it; None where none is, or only a part of one."""
    if chinese:
        return _year(figure.lead)
    return _year(figure.tail) or _year(figure.lead)


def is_year_before(one: Figure, other: Figure, *, chinese: bool) -> bool:
    """2023年受理320件 before 2024年受理280件: of the same thing, in years that follow."""
    if one.sort is not other.sort or not alike(one.unit, other.unit):
        return False
    first, second = (year_of(each, chinese=chinese) for each in (one, other))
    return first is not None and second is not None and first + 1 == second


def apart_by_year_only(before: Figure, now: Figure, *, chinese: bool) -> bool:
    """Whether nothing but the years says that both are of one thing: their own words differ."""
    if not is_year_before(before, now, chinese=chinese) or _LINKED.search(before.lead):
        return False
    if chinese:
        return not same_thing(before, now)
    return _YEAR_AND.fullmatch(max(before, now, key=lambda each: each.start).gap) is None


def same_thing(before: Figure, now: Figure) -> bool:
    """Whether the words without the year are the same, or one leaves some of them out."""
    one, other = (_SAME.sub("", each.lead + each.tail) for each in (before, now))
    return one in other or other in one
