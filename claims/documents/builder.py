"""Puts a passage together from stretches of lines, so that every character keeps its place."""

from dataclasses import dataclass, field

from claims.rules.document import Passage, Piece


@dataclass(slots=True)
class PassageBuilder:
    """Text so far, and where its stretches came from."""

    text: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, line: int, column: int = 1, page: int | None = None) -> None:
        """A stretch that begins at that column of that line."""
        if text:
            self.pieces.append(Piece(self.length, line, column, page))
            self._put(text)

    def put(self, text: str) -> None:
        """What stands nowhere in the document: a space or a line break between stretches."""
        self._put(text)

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def passage(self) -> Passage:
        """Of what was added."""
        return Passage("".join(self.text), tuple(self.pieces))
