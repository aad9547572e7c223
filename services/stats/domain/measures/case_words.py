"""What the definitions of case measures have in common."""

from services.stats.domain.measures.definition import Listed, Name

REGULATIONS = "信访工作条例 (2022)"
STATISTICS_LAW = "统计法 7"
STANDING = "no longer counted: what counts is the end that stands"
NO_REOPENING = "its acceptance and first answer stand"
TERM = "left out until the day is over, judged by the horizon"

_WITHDRAWN = ("withdrawn", Name("撤回", "withdrawn"))
_DIVERTED = ("diverted", Name("导入法定途径", "diverted"))
_LINKED = ("linked", Name("并案", "linked"))
_DECLINED = ("declined", Name("不予受理", "declined"))
_TRANSFERRED = ("transferred", Name("转出", "passed on to another ledger"))
_DEPARTURES = (_WITHDRAWN, _DIVERTED, _LINKED)


def departures(suffix: str = "", prefix: str = "") -> tuple[Listed, ...]:
    """The ways in which cases leave that first versions know, by the counters that hold them."""
    return tuple(Listed(way, f"{prefix}{way}{suffix}", name) for way, name in _DEPARTURES)


def departures_before(what: str, *, transfers: bool) -> tuple[Listed, ...]:
    """All ways in which cases leave, by the counters of those that left in time; second versions
    list no transfers.
    """
    ways = (*_DEPARTURES, _DECLINED, *((_TRANSFERRED,) if transfers else ()))
    return tuple(Listed(way, f"{way}_before_{what}", name) for way, name in ways)
