"""`python -m claims.documents.pdf_pages FILE`: the lines of every page, as JSON.

Runs apart from the command, with bounds on its own memory and time.
"""

import json
import resource
import sys

import pypdfium2
import pypdfium2.raw as pdfium

from claims.documents.bounds import MOST_CHARACTERS, MOST_PAGES

_MOST_MEMORY = 2 * 2**30
_MOST_CPU_SECONDS = 40


def main(path: str) -> int:
    """Prints pages, or why there are none; 1 for the latter."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = _read(path)
    sys.stdout.buffer.write(json.dumps(told).encode())
    return 0 if "pages" in told else 1


def _read(path: str) -> dict[str, object]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as reason:
        protected = reason.err_code == pdfium.FPDF_ERR_PASSWORD
        return {"refused": "encrypted" if protected else "broken"}
    if len(document) > MOST_PAGES:
        return {"refused": "too-many-pages"}
    return _pages(document)


def _pages(document: pypdfium2.PdfDocument) -> dict[str, object]:
    pages: list[list[str]] = []
    length = 0
    for at in range(len(document)):
        text = _text(document, at)
        length += len(text)
        if length > MOST_CHARACTERS:
            return {"refused": "too-long"}
        pages.append(text.replace("\r\n", "\n").replace("\ufffe", "").split("\n"))
    return {"pages": pages}


def _text(document: pypdfium2.PdfDocument, at: int) -> str:
    """Nothing for a page that is broken: the others are still read."""
    try:
        page = document[at]
    except pypdfium2.PdfiumError:
        return ""
    lines = page.get_textpage()
    if lines.count_chars() > MOST_CHARACTERS:
        return "x" * (MOST_CHARACTERS + 1)
    return str(lines.get_text_range())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
