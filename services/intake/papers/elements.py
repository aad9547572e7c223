"""Elements that the opinion and the notices have, with what asks for them."""

from shared.papers import Element, Kind, Place, elements
from shared.papers.elements import dated, line

OFFICE = "信访文书格式"
"""The office's own layout, where no article asks for the element."""
LAW = "信访工作条例"
SEALED = "（印章）"

__all__ = [
    "LAW", "OFFICE", "dated", "line", "matter", "number", "petitioner", "received", "seal",
]  # fmt: skip


def number() -> Element:
    """The document number, by unit and year."""
    return elements.number("文号", OFFICE)


def petitioner() -> Element:
    """Whom the paper addresses."""
    return Element(
        id="petitioner",
        zh="信访人",
        en="petitioner",
        kind=Kind.TEXT,
        source=OFFICE,
        place=Place.FLUSH,
        wording="{}：",
    )


def received() -> Element:
    """The day on which the office received it."""
    return line("received", "收到日期", "date received", f"{LAW} 22, 23", kind=Kind.DATE)


def matter() -> Element:
    """What the petition is about, in a few words."""
    return line("matter", "信访事项", "matter", f"{LAW} 23")


def seal() -> Element:
    """The unit's own seal, not that of an office within it."""
    return elements.seal("机关、单位印章", "unit seal", OFFICE, mark=SEALED)
