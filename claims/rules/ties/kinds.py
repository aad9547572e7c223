"""Whether the kinds of a list exclude each other, and whether there can be no others."""

import re
from fractions import Fraction

from claims.rules.figure import Bound, Figure
from claims.rules.vocabulary import ALL_KINDS, APART

_LETTER = re.compile(r"(?:^|[^A-Za-z])([A-HⅠ-Ⅳ甲乙丙丁一二三四五])[类级型等档]")
_LETTERS = ("ABCDEFGH", "甲乙丙丁", "ⅠⅡⅢⅣ", "一二三四五")
_FEWEST_LETTERS = 3
_FEWEST_APART = 2
_ANY_KIND = re.compile(
    "|".join(sorted({re.escape(kind) for kinds in (*ALL_KINDS, *APART) for kind in kinds}))
)


def is_lettered(items: tuple[Figure, ...]) -> bool:
    """A类, B类, C类: from the first letter on, none left out."""
    found = [_LETTER.search(each.lead) for each in items]
    written = "".join(each[1] for each in found if each)
    return len(written) == len(items) > 1 and any(each.startswith(written) for each in _LETTERS)


def is_all_letters(items: tuple[Figure, ...]) -> bool:
    """Whether lettered kinds are set beside their total as all of it: 共20件,A类…、B类…、C类…."""
    open_list = re.search("其中|包括|含", items[0].gap) if items else None
    return len(items) >= _FEWEST_LETTERS and open_list is None and is_lettered(items)


def begins_letters(said: str) -> bool:
    """Whether it names the first of lettered kinds."""
    found = _LETTER.search(said)
    return found is not None and found[1] in "A甲Ⅰ一"


def is_all(items: tuple[Figure, ...]) -> bool:
    """Whether the kinds are by their names all that there can be."""
    return any(
        len(kinds) == len(items)
        and all(any(kind in item.words for item in items) for kind in kinds)
        for kinds in ALL_KINDS
    )


def apart(items: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Those of which a thing can be one only: 来信, 来访; the most that one set names."""
    if is_lettered(items):
        return items
    items = tuple(each for each in items if _ANY_KIND.search(each.words))
    if len(items) < _FEWEST_APART:
        return ()
    sets = [_of_set(items, kinds) for kinds in (*ALL_KINDS, *APART)]
    most = max(sets, key=len, default=())
    return most if len(most) > 1 else ()


def _of_set(items: tuple[Figure, ...], kinds: tuple[str, ...]) -> tuple[Figure, ...]:
    """Empty where two items are of one kind, as those of two groupings are."""
    named = [(each, _named(each, kinds)) for each in items if each.bound is Bound.EXACT]
    found = [(each, kind) for each, kind in named if kind]
    alone = len({kind for _, kind in found}) == len(found)
    return tuple(each for each, _ in found) if alone else ()


def _named(item: Figure, kinds: tuple[str, ...]) -> str | None:
    """The longest kind that its words name; None where they name two, as 来信来访 does."""
    found = [kind for kind in kinds if kind in item.lead] or [
        kind for kind in kinds if f" {kind} " in f" {item.tail.rstrip('.')} "
    ]
    longest = max(found, key=len, default=None)
    return longest if all(kind in (longest or "") for kind in found) else None


def together(items: tuple[Figure, ...]) -> Fraction:
    """Their sum."""
    return sum((each.value for each in items), Fraction(0))
