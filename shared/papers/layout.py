"""Lays out a form's values as blocks: numbers the headings, leaves out empty optional elements."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from shared.papers.blocks import (
    Block,
    Closing,
    Heading,
    Labelled,
    NumberLine,
    Paragraph,
    SignatureLine,
    Table,
    Title,
)
from shared.papers.numbers import ordinal, printed_day
from shared.papers.paper_form import Element, Form, Kind, Place, Printed, Section
from shared.papers.plain_text import lines_of, plain
from shared.papers.values import Row, Signer, Value, Values, is_absent

DAY_INDENT = 4.0
"""The date ends four characters from the right margin."""


class _Headings:
    """Counts the headings of a paper."""

    def __init__(self) -> None:
        self._first = 0
        self._second = 0

    def first(self, text: str) -> Heading:
        self._first += 1
        self._second = 0
        return Heading(f"{ordinal(self._first)}、{text}", 1)

    def second(self, text: str) -> Heading:
        self._second += 1
        return Heading(f"（{ordinal(self._second)}）{text}", 2)


def lay_out(form: Form, values: Values) -> tuple[Block, ...]:
    """The whole paper, its title first."""
    return Title(_title(form, values)), *_body(form, values)


def _title(form: Form, values: Values) -> str:
    """The form's name, or the wording of the element that makes the title."""
    for element in form.elements:
        if element.place is Place.TITLE and not is_absent(values.get(element.id)):
            return element.wording.format(_one_line(cast("str", values[element.id])))
    return form.zh


def _body(form: Form, values: Values) -> Iterator[Block]:
    headings = _Headings()
    for item in form.body:
        match item:
            case Printed(text, with_next):
                yield Paragraph(text, with_next=with_next)
            case Section(zh):
                yield headings.first(zh)
            case Element(kind=Kind.SEAL) | Element(kind=Kind.DATE, place=Place.PLAIN):
                yield from _closing(form, values, item)
            case Element(place=Place.TITLE):
                continue
            case Element() if not is_absent(values.get(item.id)):
                yield from _element(item, cast("Value", values[item.id]), headings)
            case Element():
                continue


def _element(element: Element, value: Value, headings: _Headings) -> Iterator[Block]:
    match element.kind:
        case Kind.NUMBER:
            yield NumberLine(_one_line(cast("str", value)))
        case Kind.SIGNATURES:
            yield from _signatures(element, cast("Sequence[Signer]", value))
        case Kind.ROWS:
            yield from _heading(element, headings)
            yield _table(element, cast("Sequence[Row]", value))
        case _:
            yield from _written(element, _lines(element, value), headings)


def _written(element: Element, lines: list[str], headings: _Headings) -> Iterator[Block]:
    if element.place is Place.LABELLED:
        yield Labelled(f"{element.zh}：", lines[0])
        lines = lines[1:]
    yield from _heading(element, headings)
    flush = element.place is Place.FLUSH
    yield from (Paragraph(text, flush) for text in lines)


def _heading(element: Element, headings: _Headings) -> Iterator[Heading]:
    if element.place is Place.HEADED:
        yield headings.first(element.zh)
    elif element.place is Place.SUBHEADED:
        yield headings.second(element.zh)


def _lines(element: Element, value: Value) -> list[str]:
    if isinstance(value, date):
        return [element.wording.format(printed_day(value))]
    if isinstance(value, int):
        return [element.wording.format(value)]
    return [element.wording.format(line) for line in lines_of(cast("str", value))]


def _table(element: Element, rows: Sequence[Row]) -> Table:
    columns = element.columns
    return Table(
        tuple(column.zh for column in columns),
        tuple(column.share for column in columns),
        tuple(tuple(plain(row.get(column.id, "")).strip() for column in columns) for row in rows),
    )


def _signatures(element: Element, signers: Sequence[Signer]) -> Iterator[SignatureLine]:
    for signer in signers:
        who = " ".join(filter(None, (_one_line(signer.role), _one_line(signer.name))))
        yield SignatureLine(f"{who}{element.mark}：")


def _one_line(text: str) -> str:
    return " ".join(lines_of(text))


def _closing(form: Form, values: Values, item: Element) -> Iterator[Closing]:
    """Seal and plain date are printed together, at the place of the later one."""
    given = [
        element
        for element in form.elements
        if element.kind is Kind.SEAL
        or (element.kind is Kind.DATE and element.place is Place.PLAIN)
        if not is_absent(values.get(element.id))
    ]
    if not given or given[-1] is not item:
        return
    units = [
        _one_line(cast("str", values[element.id])) + element.mark
        for element in given
        if element.kind is Kind.SEAL
    ]
    days = [
        printed_day(cast("date", values[element.id]))
        for element in given
        if element.kind is Kind.DATE
    ]
    unit, day = "".join(units), "".join(days)
    centred = DAY_INDENT + (_width(day) - _width(unit)) / 2
    yield Closing(unit, max(0.0, centred), day, DAY_INDENT)


def _width(text: str) -> float:
    """The approximate printed width: a Latin letter takes half of a character."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
