"""Markdown: its tables as tables, its marks left out, code blocks passed over."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.documents.builder import PassageBuilder
from claims.documents.lines import Line, passages
from claims.documents.plain_text import decoded
from claims.rules.document import Document, Passage, Table, passage_of

_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+|\s*>\s?")
_MARKS = re.compile(
    r"\*{1,3}|_{2}|~~|`|!?\[(?=[^\]]{0,200}\]\()|\]\([^)\s]{0,500}\)|<[/a-zA-Z!][^<>]{0,200}>|\[\^[^\]]{1,20}\]:?"
)
_CELL = re.compile(r"(?:\\.|[^|\\])+")


def read_markdown(path: Path) -> Document:
    """DocumentUnreadable when it is no text or too long."""
    lines = [Line(text, at) for at, text in enumerate(decoded(path).splitlines(), 1)]
    return Document(tuple(_parts([*_outside_code(lines)])))


def _outside_code(lines: Sequence[Line]) -> Iterator[Line]:
    fenced = False
    for line in lines:
        if _FENCE.match(line.text):
            fenced = not fenced
        elif not fenced:
            yield line


def _parts(lines: list[Line]) -> Iterator[Passage | Table]:
    running: list[Line] = []
    at = 0
    while at < len(lines):
        stop = _table_end(lines, at)
        if stop > at:
            yield from _passages(running)
            running = []
            yield Table(tuple(_row(line) for line in lines[at:stop] if not _RULE.match(line.text)))
            at = stop
        else:
            running.append(lines[at])
            at += 1
    yield from _passages(running)


def _table_end(lines: Sequence[Line], at: int) -> int:
    """Where a table that begins here ends; `at` itself where none begins."""
    if at + 1 >= len(lines) or "|" not in lines[at].text or not _is_rule(lines[at + 1].text):
        return at
    stop = at + 2
    while stop < len(lines) and "|" in lines[stop].text and lines[stop].text.strip():
        stop += 1
    return stop


def _is_rule(text: str) -> bool:
    return len(text) < 2000 and "-" in text and "|" in text and _RULE.match(text) is not None


def _row(line: Line) -> tuple[Passage, ...]:
    cells = [*_CELL.finditer(line.text)]
    if cells and line.text.lstrip().startswith("|"):
        cells = [cell for cell in cells if cell.start() > 0 or line.text.startswith("|")]
    found = [_plain(Line(cell.group(), line.number, None, cell.start() + 1)) for cell in cells]
    inner = line.text.strip()
    if inner.endswith("|") and found and not found[-1].text.strip():
        found = found[:-1]
    return tuple(found)


def _plain(line: Line) -> Passage:
    """A line without the marks of emphasis, links and code."""
    builder = PassageBuilder()
    at = 0
    for mark in _MARKS.finditer(line.text):
        builder.add(line.text[at : mark.start()], line.number, line.column + at)
        at = mark.end()
    builder.add(line.text[at:], line.number, line.column + at)
    return builder.passage() if builder.pieces else passage_of("", line=line.number)


def _passages(lines: Sequence[Line]) -> Iterator[Passage]:
    """Headings stand apart; every other line goes on unless a blank one, or a list, parts them."""
    block: list[Line] = []
    for line in lines:
        heading = _HEADING.match(line.text)
        if heading:
            yield from _block(block)
            block = []
            rest = line.text[heading.end() :]
            yield from _block([Line(rest, line.number, None, heading.end() + 1)])
        else:
            block.append(line)
    yield from _block(block)


def _block(lines: Sequence[Line]) -> Iterator[Passage]:
    for passage in passages(lines):
        yield _without_marks(passage)


def _without_marks(passage: Passage) -> Passage:
    """The same passage, marks cut out, the places of the rest kept."""
    if not _MARKS.search(passage.text):
        return passage
    builder = PassageBuilder()
    kept = _kept(passage.text)
    for start, end in kept:
        for piece_start, piece_end in _cut(passage, start, end):
            place = passage.place(piece_start, piece_start + 1)
            builder.add(passage.text[piece_start:piece_end], place.line, place.first, place.page)
    return builder.passage() if builder.pieces else passage


def _kept(text: str) -> list[tuple[int, int]]:
    at, kept = 0, []
    for mark in _MARKS.finditer(text):
        kept.append((at, mark.start()))
        at = mark.end()
    return [*kept, (at, len(text))]


def _cut(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch parted where the document's lines part it."""
    edges = [piece.at for piece in passage.pieces if start < piece.at < end]
    for one, other in zip([start, *edges], [*edges, end], strict=True):
        if one < other:
            yield one, other
