"""PDFs: read in a process of its own, whose memory and time are bounded, and put into passages.

A hostile PDF can make any parser loop, swell or crash; whatever it does ends with that process.
Lines that stand on most pages, and page numbers, are no text. A line's number counts on its page.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claims.documents.bounds import MOST_CHARACTERS, MOST_PAGES
from claims.documents.lines import Line, passages
from claims.documents.refusals import DocumentUnreadable
from claims.rules.document import Document

_CHILD = "claims.documents.pdf_pages"
_PATIENCE_SECONDS = 60
_EDGE = 2
_PAGE_NUMBER = re.compile(
    r"[\s\-—–_·.|/第页共of\d]*(?:page)?[\s\-—–_·.|/第页共of\d]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_APART = re.compile(r"(?<=[\u4e00-\u9fff，。；：、（）]) +(?=[\u4e00-\u9fff，。；：、（）])")
_SENTENCES = {
    "encrypted": "is protected by a password; save it without one",
    "too-many-pages": f"has more than the {MOST_PAGES} pages that are read; split it",
    "too-long": f"has more than the {MOST_CHARACTERS:,} characters that are read; split it",
    "broken": "is no PDF that can be read; open it, save it again as PDF, try again",
}


def read_pdf(path: Path) -> Document:
    """DocumentUnreadable when it is broken, protected, too large or has no text."""
    lines = [*_lines(_pages(path))]
    if not lines:
        raise DocumentUnreadable(
            f"{path.name} holds no text, only pictures of it; recognise its text first, or name "
            "the document that it was printed from."
        )
    return Document(tuple(passages(lines)))


def _pages(path: Path) -> list[list[str]]:
    try:
        ended = subprocess.run(
            [sys.executable, "-m", _CHILD, str(path)],
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as late:
        raise DocumentUnreadable(
            f"{path.name} takes longer than {_PATIENCE_SECONDS} s to read; save it again as PDF."
        ) from late
    told = _told(ended.stdout)
    if ended.returncode != 0 or not isinstance(told, dict) or "pages" not in told:
        reason = told.get("refused") if isinstance(told, dict) else None
        sentence = _SENTENCES.get(str(reason), _SENTENCES["broken"])
        raise DocumentUnreadable(f"{path.name} {sentence}.")
    return [[str(line) for line in page] for page in told["pages"]]


def _told(output: bytes) -> object:
    try:
        return json.loads(output)
    except ValueError:
        return None


def _lines(pages: list[list[str]]) -> Iterator[Line]:
    repeated = _repeated(pages)
    for number, page in enumerate(pages, 1):
        kept = [at for at, text in enumerate(page) if text.strip()]
        edges = {*kept[:_EDGE], *kept[-_EDGE:]}
        for at in kept:
            text = page[at]
            edge = at in edges
            if edge and (_PAGE_NUMBER.fullmatch(text) or _shape(text) in repeated):
                continue
            yield Line(_APART.sub("", text), at + 1, number)


def _repeated(pages: list[list[str]]) -> set[str]:
    """What stands at the edge of most pages, whatever its number."""
    shapes: Counter[str] = Counter()
    for page in pages:
        kept = [text for text in page if text.strip()]
        shapes.update({_shape(text) for text in (*kept[:_EDGE], *kept[-_EDGE:])})
    most = max(3, len(pages) // 2 + 1)
    return {shape for shape, times in shapes.items() if times >= most}


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text.strip())
