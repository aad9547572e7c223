"""What a court or a centre had to deal with: 新收 and 旧存 together, of which 结案 and 未结 are made."""

import re
from collections.abc import Sequence

from claims.rules.figure import Figure
from claims.rules.units import alike

_OLD = re.compile(r"旧存|存案|结转|结存|上年遗留|往年遗留|\b(?:carried over|brought forward)\b")
_WITHIN = re.compile(r"[(]?[含包]|其中|including|of which")
_NEW = re.compile(
    r"新收|新受理|收案|收到|接收|(?<!旧)(?<!不予)(?<!不)受理|登记立案|新立案|\b(?:new|filed|received|accepted|lodged)\b"
)


def is_carried_over(figure: Figure) -> bool:
    """Whether it was open when the period began."""
    return _OLD.search(figure.words) is not None


def stock(counts: Sequence[Figure], unit: str) -> tuple[Figure, Figure] | None:
    """The one that came in and the one that was carried over, where each is stated once."""
    same = [each for each in counts if alike(each.unit, unit)]
    old = [each for each in same if is_carried_over(each) and not _WITHIN.search(each.gap)]
    new = [each for each in same if not is_carried_over(each) and _NEW.search(each.words)]
    return (new[0], old[0]) if len(old) == len(new) == 1 else None
