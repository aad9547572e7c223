"""Elements that several forms have, with what the law says of them."""

from shared.papers import Column, Element, Kind, elements
from shared.papers.elements import dated, text

LAW = "人民调解法"
CONFIRMATION_RULES = "司法确认规定"
CIVIL_PROCEDURE = "民事诉讼法"
FILE_FORMAT = "司法部2010年人民调解文书格式"

FREE_AND_VOLUNTARY = (
    "人民调解不收取任何费用。当事人可以自愿接受、拒绝或者随时终止调解；"
    "调解不妨碍当事人依法通过仲裁、行政、司法等途径维护自己的权利。"
)

SIGNED = "（签名、盖章或按指印）"
SIGNED_BY_HAND = "（签名）"
SEALED = "（印章）"

PARTY_COLUMNS = (
    Column("side", "身份", "side", share=4, required=True),
    Column("name", "姓名（名称）", "name", share=5, required=True),
    Column("sex", "性别", "sex", share=2),
    Column("age", "年龄", "age", share=2),
    Column("address", "单位或住址", "unit or address", share=8, required=True),
    Column("contact", "联系方式", "contact", share=5),
)
"""What the office needs to know of a party and no more: neither ethnicity nor political status."""


__all__ = ["dated", "line", "number", "parties", "seal", "signatures", "text"]


def number(source: str = FILE_FORMAT, *, required: bool = True) -> Element:
    """The document number below the title."""
    return elements.number("编号", source, required=required)


def parties(source: str, zh: str = "当事人基本情况") -> Element:
    """Everyone who is a side of the dispute."""
    return Element(
        id="parties", zh=zh, en="parties", kind=Kind.ROWS, source=source, columns=PARTY_COLUMNS
    )


def line(
    id: str,  # noqa: A002 - as Element has it
    zh: str,
    en: str,
    source: str = FILE_FORMAT,
    *,
    required: bool = True,
    kind: Kind = Kind.TEXT,
) -> Element:
    """Something that is written in one line after its name."""
    return elements.line(id, zh, en, source, required=required, kind=kind)


def signatures(
    id: str,  # noqa: A002 - as Element has it
    zh: str,
    en: str,
    source: str,
    *,
    mark: str = SIGNED,
    required: bool = True,
) -> Element:
    """Who signs."""
    return elements.signatures(id, zh, en, source, mark=mark, required=required)


def seal(source: str, zh: str = "人民调解委员会印章") -> Element:
    """Where the committee's seal goes: over its name and the date."""
    return elements.seal(zh, "committee seal", source, mark=SEALED)
