"""What the check says of one figure, as data; words for it are in `reasons`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from claims.rules.document import Place
from claims.rules.figure import Figure
from claims.rules.sentence import Sentence


class Verdict(StrEnum):
    """What a reader with a pencil would say."""

    FOLLOWS = "follows"
    DOES_NOT_FOLLOW = "does-not-follow"
    CANNOT_CHECK = "cannot-check"
    NOTE = "note"


class Kind(StrEnum):
    """How a figure is tied to others."""

    RATIO = "ratio"
    SHARE = "share"
    SUM = "sum"
    PART = "part"
    REMAINDER = "remainder"
    CHANGE = "change"
    LAST_YEAR = "last-year"
    HUNDRED = "hundred"
    FEASIBILITY = "feasibility"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`why` is a sentence in the language of the document; `computed` is None where nothing is."""

    kind: Kind
    verdict: Verdict
    sentence: Sentence
    figure: Figure
    computed: str | None
    uses: Sequence[str] = field(default=())
    why: str

    @property
    def place(self) -> Place:
        """Where the figure stands in the document."""
        return self.sentence.passage.place(self.figure.start, self.figure.end)

    @property
    def stated(self) -> str:
        """The figure as it is printed."""
        return self.sentence.passage.text[self.figure.start : self.figure.end]
