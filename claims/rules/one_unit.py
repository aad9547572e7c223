"""件次 where the writer counts the same things in 件: 共1326件次,其中来信218件."""

import re
from dataclasses import replace
from itertools import pairwise

from claims.rules.figure import Figure

_KINDS = re.compile(r"其中|当中|包括|分为|[按从依][^,，。;]{1,8}分|^[^,，;。:]{0,10}:")
_TIMES = {"件次": "件"}


def in_one_unit(figures: list[Figure]) -> list[Figure]:
    """The same figures; a total whose kinds are counted without 次 is counted as they are."""
    plain = {at for at, pair in enumerate(pairwise(figures)) if _has_plain_kinds(*pair)}
    return [
        replace(figure, unit=_TIMES[figure.unit]) if at in plain else figure
        for at, figure in enumerate(figures)
    ]


def _has_plain_kinds(total: Figure, kind: Figure) -> bool:
    return (
        total.unit in _TIMES
        and kind.unit == _TIMES[total.unit]
        and kind.value <= total.value
        and _KINDS.search(kind.gap) is not None
    )
