"""Word documents (.docx): paragraphs, tables and notes, as they read once changes are accepted.

A paragraph's number stands for its line: Word knows no lines until it is printed. Inserted text
is read, deleted text is not; automatic list numbers are no text.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from claims.documents.bounds import MOST_EXPANDED_BYTES
from claims.documents.refusals import DocumentUnreadable
from claims.documents.word_text import WordReader
from claims.rules.document import Document, Passage, Table

_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_word(path: Path) -> Document:
    """DocumentUnreadable when it is broken, encrypted or grows beyond what is read."""
    try:
        with zipfile.ZipFile(path) as parts:
            return Document(tuple(_read(path, parts)))
    # zipfile has RuntimeErrors for what is encrypted, and for a compression that it does not know
    except (zipfile.BadZipFile, RuntimeError, EOFError) as broken:
        raise _broken(path) from broken
    except (etree.XMLSyntaxError, zipfile.LargeZipFile, ValueError) as broken:
        raise _broken(path) from broken


def _broken(path: Path) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"{path.name} is no Word document that can be read; open it, save it as .docx, try again."
    )


def _read(path: Path, parts: zipfile.ZipFile) -> Iterator[Passage | Table]:
    names = set(parts.namelist())
    if _BODY not in names:
        raise _broken(path)
    reader = WordReader()
    room = MOST_EXPANDED_BYTES
    for name in (_BODY, *(note for note in _NOTES if note in names)):
        raw = _bounded(path, parts, name, room)
        room -= len(raw)
        yield from reader.parts(_tree(path, raw))


def _bounded(path: Path, parts: zipfile.ZipFile, name: str, room: int) -> bytes:
    """The member, never more of it than there is room for, whatever the archive claims."""
    with parts.open(name) as member:
        raw = member.read(room + 1)
    if len(raw) > room:
        raise DocumentUnreadable(
            f"{path.name} unpacks to more than the {MOST_EXPANDED_BYTES // 2**20} MB that are read; "
            "split it."
        )
    return raw


def _tree(path: Path, raw: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    root = etree.fromstring(raw, parser)
    if root.getroottree().docinfo.doctype:
        raise _broken(path)
    return root
