"""PDFs: kept as they are, if they are whole and hold nothing that acts.

A paper that was signed or scanned is evidence by its bytes, so it is not written anew. Every object
is looked at, also those within compressed streams of objects.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

import pikepdf

from shared.attachments.verdict import Cleaned, NotTaken, Reason

PDF = "application/pdf"
_END = b"%%EOF"
_ACTING_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}
)
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound"}
    | {"/RichMediaExecute", "/GoToE", "/GoToR"}
)
_DEEPEST = 50


def check_pdf(given: bytes) -> Cleaned:
    """The PDF itself; NotTaken where it is broken, protected, or may act."""
    end = given.rfind(_END)
    if end < 0 or given[end + len(_END) :].strip(b"\r\n\t \0"):
        raise NotTaken(Reason.BROKEN)
    if is_zipfile(BytesIO(given)):
        # an archive behind the last page, whose comment ends as a PDF does
        raise NotTaken(Reason.BROKEN)
    try:
        with pikepdf.open(BytesIO(given), suppress_warnings=True) as document:
            if not len(document.pages):
                raise NotTaken(Reason.BROKEN)
            for each in (document.trailer, *document.objects):
                if any(_acts(*entry) for entry in _entries(each, 0)):
                    raise NotTaken(Reason.ACTIVE)
    except pikepdf.PasswordError:
        raise NotTaken(Reason.PROTECTED) from None
    return Cleaned(PDF, given)


def _entries(value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Every entry of the dictionaries that lie directly in an object."""
    if depth > _DEEPEST:
        raise NotTaken(Reason.COSTLY)
    if isinstance(value, pikepdf.Array):
        for each in value.as_list():
            if not _is_elsewhere(each):
                yield from _entries(each, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name, inner in value.items():
            yield name, inner
            if not _is_elsewhere(inner):
                yield from _entries(inner, depth + 1)


def _is_elsewhere(value: Any) -> bool:
    """Whether it is an object of its own, which is looked at by itself."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _acts(name: str, value: Any) -> bool:
    if name in _ACTING_KEYS:
        return True
    return name == "/S" and isinstance(value, pikepdf.Name) and str(value) in _ACTIONS
