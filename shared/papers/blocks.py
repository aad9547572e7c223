"""The blocks of a paper after layout: both writers print these and nothing else.

Texts are plain and final; lengths are in characters of the body's size (1 em).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any

import segno


@dataclass(frozen=True, slots=True)
class Title:
    """The paper's name, centred."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The document number, centred below the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """一、… (level 1) or （一）… (level 2)."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text, its first line indented by two characters, or `flush` for an addressee.

    `with_next` keeps it on the page of the next block.
    """

    text: str
    flush: bool = False
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the text after it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `shares` are the relative widths of the columns."""

    head: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """The signer, and the line to sign on."""

    text: str


@dataclass(frozen=True, slots=True)
class Closing:
    """The unit to be sealed, and the date, each with its distance from the right margin."""

    unit: str
    unit_indent: float
    day: str
    day_indent: float


@dataclass(frozen=True, slots=True)
class Contents:
    """Table of contents of a file; page numbers are known when all papers are set."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, centred; bytes, since no reader reads it as a text of the paper."""

    content: bytes

    @property
    def drawn(self) -> str:
        """The code as a picture that scales (SVG), the same for the same content."""
        written = BytesIO()
        _qr(self.content).save(written, kind="svg", border=_QUIET, xmldecl=False, svgns=True)
        return written.getvalue().decode()

    @property
    def picture(self) -> bytes:
        """The code as a PNG."""
        written = BytesIO()
        _qr(self.content).save(written, kind="png", scale=8, border=_QUIET)
        return written.getvalue()


_QUIET = 4
"""The blank modules around a code without which readers do not find it."""


def _qr(content: bytes) -> segno.QRCode:
    return segno.make_qr(content.decode("ascii"), error="m")


Block = (
    Title
    | NumberLine
    | Heading
    | Paragraph
    | Labelled
    | Table
    | SignatureLine
    | Closing
    | Contents
    | QrCode
)


def as_data(block: Block) -> dict[str, Any]:
    """The block as JSON values; `block` is its type."""
    if isinstance(block, QrCode):
        return {"block": "QrCode", "drawn": block.drawn}
    return {"block": type(block).__name__, **asdict(block)}


def every_text(block: Block, change: Callable[[str], str]) -> Block:
    """The block with `change` applied to each of its texts."""
    changed = {
        name: _changed(value, change)
        for name, value in asdict(block).items()
        if isinstance(value, str | tuple)
    }
    return replace(block, **changed)


def texts_of(block: Block) -> list[str]:
    """Every text of the block, in its order."""
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return text

    every_text(block, keep)
    return texts


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | list):
        return tuple(_changed(part, change) for part in value)
    return value
