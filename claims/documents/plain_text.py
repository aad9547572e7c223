"""Plain text: UTF-8, with or without a mark, UTF-16 with one, or GB18030."""

import codecs
from pathlib import Path

from claims.documents.bounds import MOST_TEXT_BYTES
from claims.documents.lines import Line, passages
from claims.documents.refusals import DocumentUnreadable
from claims.rules.document import Document

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_plain_text(path: Path) -> Document:
    """Every line of it; DocumentUnreadable when it is no text or too long."""
    lines = decoded(path).splitlines()
    return Document(tuple(passages([Line(text, at) for at, text in enumerate(lines, 1)])))


def decoded(path: Path) -> str:
    """The text in the encoding that it is surely in."""
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise DocumentUnreadable(
            f"{path.name} is longer than the {MOST_TEXT_BYTES // 2**20} MB of text that are read; "
            "split it."
        )
    raw = path.read_bytes()
    marked = [name for mark, name in _MARKS.items() if raw.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        text = _try(raw, encoding)
        if text is not None and "\x00" not in text:
            return text
    raise DocumentUnreadable(
        f"{path.name} is no text in UTF-8 or GB18030; save it as UTF-8 and try again."
    )


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
