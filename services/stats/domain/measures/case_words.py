"""What the definitions of case measures have in common."""

from services.stats.domain.measures.definition import Listed, Name

REGULATIONS = "信访工作条例 (2022)"
STATISTICS_LAW = "统计法 7"
STANDING = "no longer counted: what counts is the end that stands"
NO_REOPENING = "its acceptance and first answer stand"

_DEPARTURES = (
    ("withdrawn", Name("撤回", "withdrawn")),
    ("diverted", Name("导入法定途径", "diverted")),
    ("linked", Name("并案", "linked")),
)


def departures(suffix: str = "", prefix: str = "") -> tuple[Listed, ...]:
    """The ways in which cases leave, by the counters whose names hold them."""
    return tuple(Listed(way, f"{prefix}{way}{suffix}", name) for way, name in _DEPARTURES)
