"""Elements that the forms of several services have: texts, lines, signatures, seal, number, date."""

from shared.papers.paper_form import Element, Kind, Place


def number(zh: str, source: str, *, required: bool = True) -> Element:
    """The document number below the title."""
    return Element(
        id="number",
        zh=zh,
        en="number",
        kind=Kind.NUMBER,
        source=source,
        required=required,
        place=Place.PLAIN,
    )


def text(
    id: str,  # noqa: A002 - as Element has it
    zh: str,
    en: str,
    source: str,
    *,
    required: bool = True,
    place: Place = Place.HEADED,
) -> Element:
    """Something that is written in words."""
    return Element(
        id=id, zh=zh, en=en, kind=Kind.TEXT, source=source, required=required, place=place
    )


def line(
    id: str,  # noqa: A002 - as Element has it
    zh: str,
    en: str,
    source: str,
    *,
    required: bool = True,
    kind: Kind = Kind.TEXT,
) -> Element:
    """Something that is written in one line after its name."""
    return Element(
        id=id,
        zh=zh,
        en=en,
        kind=kind,
        source=source,
        required=required,
        place=Place.LABELLED,
    )


def signatures(
    id: str,  # noqa: A002 - as Element has it
    zh: str,
    en: str,
    source: str,
    *,
    mark: str,
    required: bool = True,
) -> Element:
    """Who signs."""
    return Element(
        id=id,
        zh=zh,
        en=en,
        kind=Kind.SIGNATURES,
        source=source,
        required=required,
        place=Place.PLAIN,
        mark=mark,
    )


def seal(zh: str, en: str, source: str, *, mark: str) -> Element:
    """Where the seal goes: over the unit's name and the date."""
    return Element(
        id="seal", zh=zh, en=en, kind=Kind.SEAL, source=source, place=Place.PLAIN, mark=mark
    )


def dated(source: str, zh: str = "日期", en: str = "date") -> Element:
    """The day of the paper, at its end."""
    return Element(id="dated", zh=zh, en=en, kind=Kind.DATE, source=source, place=Place.PLAIN)
