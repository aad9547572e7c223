"""A document as the check reads it: passages and tables, each character with its place."""

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and columns counted from 1, both columns included."""

    line: int
    first: int
    last: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage that came from one line of the document."""

    at: int
    line: int
    column: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that is read together; a line break in it separates what merely follows."""

    text: str
    pieces: tuple[Piece, ...]

    def place(self, start: int, end: int) -> Place:
        """Of the characters from start to before end; of the first line where they run on."""
        at = max(bisect_right(self.pieces, start, key=lambda piece: piece.at) - 1, 0)
        piece = self.pieces[at]
        stop = self.pieces[at + 1].at if at + 1 < len(self.pieces) else len(self.text)
        shift = piece.column - piece.at
        last = max(min(end, stop) - 1, start)
        return Place(piece.line, start + shift, last + shift, piece.page)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the header first; rows may be of different length."""

    rows: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """In the order of reading."""

    parts: tuple[Passage | Table, ...]


def passage_of(text: str, *, line: int = 1, page: int | None = None) -> Passage:
    """One line's text, from its first column."""
    return Passage(text, (Piece(0, line, 1, page),))
