"""What is told of papers: what finds each again, and what a pen has to add."""

from datetime import date
from typing import Protocol

from shared.http import Body


class PaperAnswer(Body):
    """What finds the paper again, and names its bytes."""

    form: str
    digest: str
    number: str | None
    dated: str


class FilledIn(PaperAnswer):
    """The paper, and the dispute's version that came of it."""

    mediation_id: str
    version: int
    unprinted: list[str]
    """Characters that no face can print: each stands by its code, to be written in by hand."""


class PaperList(Body):
    """The papers that count, in their order."""

    items: list[PaperAnswer]


class _Kept(Protocol):
    """A paper as its event and its row tell of it alike."""

    @property
    def form(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def dated(self) -> date: ...


def told_of(kept: _Kept) -> dict[str, object]:
    """The paper as an answer has it."""
    return {
        "form": kept.form,
        "digest": kept.digest,
        "number": kept.number,
        "dated": kept.dated.isoformat(),
    }
