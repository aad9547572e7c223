"""Answers about papers."""

from datetime import date
from typing import Protocol

from shared.http import Body


class PaperAnswer(Body):
    """A paper; the digest is that of its bytes."""

    form: str
    digest: str
    number: str | None
    dated: str


class FilledIn(PaperAnswer):
    """The recorded paper, and the dispute's new version."""

    mediation_id: str
    version: int
    unprinted: list[str]
    """Characters without a glyph, printed as codes, to be written in by hand."""


class PaperList(Body):
    """The current papers, in their order."""

    items: list[PaperAnswer]


class _Kept(Protocol):
    """The fields that a paper's event and its row have in common."""

    @property
    def form(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def dated(self) -> date: ...


def paper_summary(kept: _Kept) -> dict[str, object]:
    """The paper as JSON values."""
    return {
        "form": kept.form,
        "digest": kept.digest,
        "number": kept.number,
        "dated": kept.dated.isoformat(),
    }
