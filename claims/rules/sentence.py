"""Sentences, and in each its figures with the words that stand around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.rules.document import Passage
from claims.rules.figure import Figure
from claims.rules.folding import folded
from claims.rules.one_unit import in_one_unit
from claims.rules.scanner import figures_in
from claims.rules.series import told_apart

_HAN = re.compile(r"[\u4e00-\u9fff]")
_END = re.compile(r"[。!?]+[”\"’」)]?|(?<=[a-z0-9%)\]”\"])\.(?=\s+[A-Z\"“(]|\s*$|\n)")
_EDGES = ',，、;:。!?\n()“”‘’"「」《》[]|'
_EDGE = re.compile("[" + re.escape(_EDGES) + "]")
_EN_AND = re.compile(r"\b(?:and|but|while|whereas)\b")
_DONE = re.compile(r"已|成功|化解|办结|解决|处置|整改|答复|结案|调处|达成|完成")
_LONGEST_WORDS = 80
_MOST_FIGURES = 48
_MOST_SHOWN = 600
_HALF_GAP = 150
_LONGEST_GAP = 2 * _HALF_GAP
_ASIDE_END = re.compile(r"(?<=[\u4e00-\u9fff])[(][\u4e00-\u9fff]{1,12}[)]\s*$")
_NAMES_END = re.compile(r"[:(]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Figures in order; `after` is what is said behind the last one."""

    passage: Passage
    start: int
    end: int
    text: str  # folded
    chinese: bool
    figures: tuple[Figure, ...]
    after: str
    shown: str | None = None  # in place of the text: the row of a cell
    whole: bool = True  # False for a stretch of one that is too long to be read at once

    @property
    def printed(self) -> str:
        """As it stands in the document."""
        return self.shown or self.passage.text[self.start : self.end].strip()[:_MOST_SHOWN]


def sentences_of(passage: Passage) -> Iterator[Sentence]:
    """Those that state a figure. A line break inside a passage ends no sentence."""
    text = folded(passage.text)
    figures = iter([*figures_in(text)])
    waiting = next(figures, None)
    for start, end in _stretches(text):
        held: list[Figure] = []
        while waiting is not None and waiting.start < end:
            held.append(waiting)
            waiting = next(figures, None)
        yield from _cut(passage, text, (start, end), held)


def _cut(
    passage: Passage, text: str, stretch: tuple[int, int], held: list[Figure]
) -> Iterator[Sentence]:
    """Whole, unless it has more figures than a sentence of any reader's."""
    if not held:
        return
    start, end = stretch
    for first in range(0, len(held), _MOST_FIGURES):
        some = held[first : first + _MOST_FIGURES]
        last = first + _MOST_FIGURES >= len(held)
        stop = end if last else held[first + _MOST_FIGURES].start
        yield _sentence(passage, text, (start, stop), some, whole=len(held) <= _MOST_FIGURES)
        start = stop


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _sentence(
    passage: Passage, text: str, stretch: tuple[int, int], held: list[Figure], *, whole: bool
) -> Sentence:
    start, end = stretch
    placed = told_apart(in_one_unit(_with_words(text, start, end, held)))
    said = text[start:end]
    return Sentence(
        passage=passage,
        start=start,
        end=end,
        text=said,
        chinese=_HAN.search(said) is not None,
        figures=placed,
        after=text[held[-1].end : end],
        whole=whole,
    )


def _with_words(text: str, start: int, end: int, held: list[Figure]) -> list[Figure]:
    placed: list[Figure] = []
    depth = 0
    for at, figure in enumerate(held):
        before = held[at - 1].end if at else start
        after = held[at + 1].start if at + 1 < len(held) else end
        gap = _bounded(text[before : figure.start])
        depth = max(depth + gap.count("(") - gap.count(")"), 0)
        tail = _upto_edge(text[figure.end : min(after, figure.end + _LONGEST_WORDS)])
        placed.append(figure.said(gap=gap, lead=_lead(gap), tail=tail, depth=depth))
    return placed


def _bounded(gap: str) -> str:
    """What is far from both figures says nothing of either."""
    return gap if len(gap) <= _LONGEST_GAP else gap[:_HALF_GAP] + gap[-_HALF_GAP:]


def _lead(gap: str) -> str:
    """The words right before; a name may be set off by a colon or a bracket."""
    named = _NAMES_END.search(gap)
    said = _ASIDE_END.sub("", gap[: named.start()] if named else gap)
    at = next((at for at in range(len(said) - 1, -1, -1) if said[at] in _EDGES), -1)
    return _EN_AND.split(said[at + 1 :][-_LONGEST_WORDS:])[-1].strip()


def _upto_edge(said: str) -> str:
    edge = _EDGE.search(said)
    if edge is None:
        # up to the next figure: what was done is said of that one, 45件积案已化解40件
        said = _DONE.split(said)[0]
    return _EN_AND.split(said[: edge.start()] if edge else said)[0].strip()
