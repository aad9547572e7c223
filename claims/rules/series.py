"""Figures told apart by one word: names first, then 分别, then the figures in the same order."""

import re
from dataclasses import replace

from claims.rules.figure import Figure

_APART = re.compile(r"(?:分别|依次)")
_CLAUSE = re.compile(r"[,，;。\n()]")
_BETWEEN_NAMES = re.compile(r"[、]|以及|和|与|及")
_BETWEEN_FIGURES = re.compile(r"\s*(?:[、,，]|和|与|及|以及|[、,，]?\s*and)\s*")
_CHANGES = re.compile(
    r"(?P<names>)(?P<said>[^,，;。\n、()]*(?:下降|上升|增长|减少|增加|提高|降低|回落|上涨|提升)(?:了)?)$"
)
_SPLIT = re.compile(r"(?P<names>[^,，;。\n()]*?)(?:分别|依次)(?P<said>[^、,，;。\n]*)$")


def told_apart(figures: list[Figure]) -> tuple[Figure, ...]:
    """The same figures; those of a series bear their own name and their place in it."""
    told = list(figures)
    at = 0
    while at < len(told):
        stop = _series_end(told, at)
        if stop - at > 1 and (
            found := _SPLIT.search(told[at].gap) or _CHANGES.search(told[at].gap)
        ):
            told[at:stop] = _named(told[at:stop], found["names"], found["said"])
        at = max(at + 1, stop)
    return tuple(told)


def _series_end(figures: list[Figure], at: int) -> int:
    stop = at + 1
    if not (_APART.search(figures[at].gap) or _CHANGES.search(figures[at].gap)):
        return stop
    while stop < len(figures) and _goes_on(figures[at], figures[stop]):
        stop += 1
    return stop


def _goes_on(first: Figure, other: Figure) -> bool:
    return other.sort is first.sort and _BETWEEN_FIGURES.fullmatch(other.gap) is not None


def _named(figures: list[Figure], names: str, said: str) -> list[Figure]:
    listed = [name.strip() for name in _BETWEEN_NAMES.split(names) if name.strip()]
    if len(listed) != len(figures):
        listed = [""] * len(figures)
    return [
        replace(figure, lead=f"{name}{said}".strip(), turn=at, turns=len(figures))
        for at, (figure, name) in enumerate(zip(figures, listed, strict=True))
    ]
