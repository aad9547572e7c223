"""Answers that are printed papers: their formats, and a file that nobody keeps on the way."""

from enum import StrEnum
from urllib.parse import quote

from fastapi import Response

from shared.papers import Rendered
from shared.refusals import Refusal


class NoSuchPaper(Refusal):
    """No such paper was printed, or none that this token may see."""

    status = 404
    title = "No such paper"


class PaperFormat(StrEnum):
    """To be printed, or to be edited."""

    PDF = "pdf"
    DOCX = "docx"


def paper_file(rendered: Rendered) -> Response:
    """The file as a download; not stored by caches, since a paper names people."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(rendered.name)}",
        "Cache-Control": "no-store",
    }
    return Response(rendered.content, media_type=rendered.media_type, headers=headers)
