"""Lines put together to passages: wrapped ones are joined, short ones listed, others kept apart."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.documents.builder import PassageBuilder
from claims.rules.document import Passage

_ENDS = re.compile(r"[。！？!?…”』」]\s*$|[.]\s*$")
_MARK = re.compile(
    r"\s*(?:[-*•·●○■◆▪➢►–]\s|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、]|\d{1,2}[.．](?!\d)|第[一二三四五六七八九十\d]+[章节条部]|#)"
)
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_WIDEST_WRAP = 200
_FULL = 0.82
_NEARLY_FULL = 0.66
_SHORT = 90
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, from its first column."""

    text: str
    number: int
    page: int | None = None
    column: int = 1


def passages(lines: Sequence[Line], *, wrapped: bool = True) -> Iterator[Passage]:
    """In order; blank lines part passages. Lines that are paragraphs are not `wrapped`."""
    typical = _typical_width(lines) if wrapped else 0
    builder = PassageBuilder()
    last: Line | None = None
    for line in lines:
        how = None if last is None else _between(last, line, typical)
        if how is None or builder.length > _LONGEST:
            if builder.length:
                yield builder.passage()
            builder = PassageBuilder()
        else:
            builder.put(how)
        builder.add(line.text, line.number, line.column, line.page)
        last = line if line.text.strip() else None
    if builder.length:
        yield builder.passage()


def _between(last: Line, line: Line, typical: int) -> str | None:
    """What joins two lines; None where a new passage begins."""
    if not line.text.strip():
        return None
    if _MARK.match(line.text):
        return "\n" if _is_listed(last) and _is_listed(line) else None
    if _is_wrapped(last, typical):
        return _joint(last.text, line.text)
    return "\n" if _is_listed(last) and _is_listed(line) else None


def _is_wrapped(line: Line, typical: int) -> bool:
    """Whether a line ended because the page did."""
    ended = _ENDS.search(line.text) is not None
    return not ended and 0 < typical <= _WIDEST_WRAP and width(line.text) >= _NEARLY_FULL * typical


def _is_listed(line: Line) -> bool:
    """A short line that ends no sentence: one of a list."""
    text = line.text.rstrip()
    return not _ENDS.search(text) and width(text) <= _SHORT


def _joint(before: str, after: str) -> str:
    return "" if _HAN.search(before[-24:]) or _HAN.search(after[:24]) else " "


def _typical_width(lines: Sequence[Line]) -> int:
    """The width that long lines share, where they are wrapped at one; 0 where they are not."""
    widths = sorted(width(line.text) for line in lines if line.text.strip())
    if len(widths) < 4:
        return 0
    longest = widths[-1]
    alike = sum(each >= _FULL * longest for each in widths)
    followed = sum(
        bool(one.text.strip() and other.text.strip()) and not _ENDS.search(one.text)
        for one, other in pairwise(lines)
        if width(one.text) >= _FULL * longest
    )
    return longest if alike >= 3 and followed >= 2 else 0


def width(text: str) -> int:
    """In half-width columns."""
    text = text.rstrip()
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
