"""A document read: its sentences in order, each figure with what it says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claims.rules.document import Document, Passage, Table
from claims.rules.figure import Figure
from claims.rules.labelled_rows import as_text
from claims.rules.saying import sayings
from claims.rules.saying_parts import Role, Saying
from claims.rules.sentence import Sentence, sentences_of

_AIM = re.compile(
    r"力争|争取|下一?步|明年|来年|预计|预期|目标是|\b(?:aims?|aim(?:ed|ing)|targets?|goals?|plans? to|will|expects?)\b",
    re.IGNORECASE,
)
_AIM_REACH = 160
_NEAR_SENTENCES = 2
_NEAR_FIGURES = 10
_WIDEST = 16


@dataclass(frozen=True)
class Spoken:
    """A sentence with the sayings of its figures; `order` is its place in the document."""

    sentence: Sentence
    sayings: tuple[Saying, ...]
    order: int
    part: int

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Those of the sentence."""
        return self.sentence.figures

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Which of its figures say so many of something now."""
        return tuple(
            at
            for at, (figure, saying) in enumerate(zip(self.figures, self.sayings, strict=True))
            if figure.is_count and saying.role is Role.NUMBER
        )

    def counts_about(self, at: int) -> list[int]:
        """The counts within reach of a figure, from the first to the last."""
        return [each for each in self.counts if abs(each - at) <= _WIDEST and each != at]

    def is_aim(self, at: int) -> bool:
        """Whether it is what is aimed at, not what was reached."""
        said = self.sentence.text[: self.figures[at].start - self.sentence.start]
        return _AIM.search(said[-_AIM_REACH:]) is not None

    def since(self, first: int, at: int) -> str:
        """The text from the end of one figure to the start of a later one."""
        start = self.figures[first].end - self.sentence.start
        return self.sentence.text[start : self.figures[at].start - self.sentence.start]


@dataclass(frozen=True)
class Reading:
    """Everything that the ties look at."""

    spoken: tuple[Spoken, ...]
    tables: tuple[Table, ...]

    def near(self, spoken: Spoken) -> list[Figure]:
        """The counts of the sentences right before, the nearest first."""
        found: list[Figure] = []
        for back in range(1, _NEAR_SENTENCES + 1):
            if spoken.order - back < 0:
                break
            other = self.spoken[spoken.order - back]
            if other.part < spoken.part - 1:
                break
            found.extend(other.figures[at] for at in reversed(other.counts))
        return found[:_NEAR_FIGURES]


def read(document: Document) -> Reading:
    """Reads every passage and keeps the tables apart."""
    parts = [as_text(part) or part if isinstance(part, Table) else part for part in document.parts]
    tables = tuple(part for part in parts if isinstance(part, Table))
    return Reading(tuple(_spoken(parts)), tables)


def _spoken(parts: list[Passage | Table]) -> Iterator[Spoken]:
    order = 0
    for at, part in enumerate(parts):
        if isinstance(part, Passage):
            for sentence in sentences_of(part):
                yield Spoken(sentence, sayings(sentence), order, at)
                order += 1
