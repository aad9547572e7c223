"""Two counts that the grammar itself makes part and whole: 184 of 187, 187件中184件, 184/187."""

import re
from collections.abc import Iterator

from claims.rules.figure import Sort
from claims.rules.reading import Spoken
from claims.rules.ties.quotient import Pairing

_OF = re.compile(
    r"(?:\s[a-z-]+){0,4}?\s(?:out of|of)(?:\s(?:the|all|a|an|its|their|some|total|those|these|of|about))*\s(?:[a-z-]+\s)?",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"of (?:which|whom|them|these|those)\b", re.IGNORECASE)
_SLASH = re.compile(r"\s?/\s?")
_AMONG = re.compile(r"[^,，。;:]{0,14}?(?:当中|之中|中|里)[,，]?[^,，。;:\d]{0,12}")
_OF_BEFORE = re.compile(
    r"(?:^|[,;:(]\s*)(?:out\s)?of(?:\s(?:the|all|its|their|a total of))*$", re.IGNORECASE
)
_FARTHEST = 30
_BREAKS = re.compile(r"[;。]|\b(?:while|whereas)\b")


def pairs_in(spoken: Spoken) -> Iterator[tuple[int, int]]:
    """Places of part and whole."""
    figures = spoken.figures
    for at in range(len(figures) - 1):
        one, other = figures[at], figures[at + 1]
        if not (one.is_count and other.is_count):
            continue
        if one.value >= other.value and _OF_WHICH.match(other.tail) and "," in other.gap:
            yield at + 1, at
        elif _OF.fullmatch(other.gap) or (
            _SLASH.fullmatch(other.gap) and one.value <= other.value
        ):
            yield at, at + 1
        elif spoken.sentence.chinese and _AMONG.fullmatch(other.gap) and one.value >= other.value:
            yield at + 1, at


def paired_with(spoken: Spoken, at: int, pairs: list[tuple[int, int]]) -> Pairing | None:
    """The pair right before or right after a percentage, if nothing stands between."""
    figures = spoken.figures
    for part, whole in pairs:
        first, last = min(part, whole), max(part, whole)
        if (at == last + 1 and _close(figures[at].gap)) or (
            at == first - 1 and _opens(figures[first].gap)
        ):
            return Pairing((figures[part],), (figures[whole],), certain=True)
    return None


def _close(gap: str) -> bool:
    return len(gap) <= 2 * _FARTHEST and not _BREAKS.search(gap)


def _opens(gap: str) -> bool:
    """98.4% (184 of 187): a bracket, and little in it before the pair."""
    return re.fullmatch(r"[^,，;。]{0,24}[(:]\s*[^,，;。]{0,12}", gap) is not None


def base_of(spoken: Spoken, at: int) -> int | None:
    """The total that "Of the 187 …," opens a clause with, for figures behind it."""
    found = None
    for place in range(at):
        if _BREAKS.search(spoken.figures[place].gap):
            found = None
        figure = spoken.figures[place]
        if figure.sort is Sort.COUNT and _OF_BEFORE.search(figure.gap.strip(" ")):
            found = place
    return None if found is not None and _BREAKS.search(spoken.figures[at].gap) else found
