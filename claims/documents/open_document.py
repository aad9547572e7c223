"""Which reader a document is for, by its suffix, and whether it is what it says it is."""

from collections.abc import Callable
from pathlib import Path

from claims.documents.bounds import MOST_CHARACTERS, MOST_FILE_BYTES
from claims.documents.markdown import read_markdown
from claims.documents.pdf import read_pdf
from claims.documents.plain_text import read_plain_text
from claims.documents.refusals import DocumentUnreadable
from claims.documents.word import read_word
from claims.rules.document import Document, Passage, Table

_READERS: dict[str, Callable[[Path], Document]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_word,
    ".pdf": read_pdf,
}
_INSTEAD = {
    ".doc": "save it as .docx",
    ".wps": "save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".ofd": "save it as .pdf",
}
_BEGINNINGS = (
    (b"%PDF-", ".pdf", "a PDF"),
    (b"PK\x03\x04", ".docx", "a zip file or an office document"),
    (b"\xd0\xcf\x11\xe0", "", "an old or encrypted office document"),
)


def read_document(path: Path) -> Document:
    """DocumentUnreadable, one sentence, for whatever cannot be read."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentUnreadable(_unknown(path))
    try:
        _check(path)
        document = reader(path)
    except OSError as reason:
        raise DocumentUnreadable(
            f"{path} cannot be read: {reason.strerror or reason}."
        ) from reason
    return _worth_reading(path, document)


def _unknown(path: Path) -> str:
    instead = _INSTEAD.get(path.suffix.lower(), "name a .txt, .md, .docx or .pdf")
    return f"{path.name} is of a kind that is not read; {instead}."


def _check(path: Path) -> None:
    if path.is_dir():
        raise DocumentUnreadable(f"{path} is a directory; name a document in it.")
    if not path.exists():
        raise DocumentUnreadable(f"There is no {path}; check the name.")
    if not path.is_file():
        raise DocumentUnreadable(f"{path} is no file; name a document.")
    size = path.stat().st_size
    if size == 0:
        raise DocumentUnreadable(f"{path.name} is empty.")
    if size > MOST_FILE_BYTES:
        raise DocumentUnreadable(
            f"{path.name} is larger than the {MOST_FILE_BYTES // 2**20} MB that are read; "
            "save it without its pictures."
        )
    _check_beginning(path)


def _check_beginning(path: Path) -> None:
    with path.open("rb") as file:
        beginning = file.read(8)
    for mark, suffix, what in _BEGINNINGS:
        if beginning.startswith(mark) and path.suffix.lower() != suffix:
            raise DocumentUnreadable(
                f"{path.name} is {what}, not what its name says; "
                + (f"rename it to {suffix}." if suffix else "save it as .docx without a password.")
            )


def _worth_reading(path: Path, document: Document) -> Document:
    length = sum(map(_length, document.parts))
    if length > MOST_CHARACTERS:
        raise DocumentUnreadable(
            f"{path.name} has more than the {MOST_CHARACTERS:,} characters that are read; split it."
        )
    if not length:
        raise DocumentUnreadable(f"{path.name} holds no text.")
    return document


def _length(part: Passage | Table) -> int:
    """Of its text, blank ones none."""
    if isinstance(part, Passage):
        return len(part.text.strip())
    return sum(len(cell.text.strip()) for row in part.rows for cell in row)
