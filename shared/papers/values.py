"""The values of a form's elements, and their checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from shared.papers.paper_form import Element, Form, Kind
from shared.papers.plain_text import lines_of
from shared.papers.refusals import Lacking
from shared.refusals import FieldError
from shared.visible_text import is_blank

LONGEST_TEXT = 50_000
LARGEST_COUNT = 9_999
MOST_LINES = 2_000
MOST_ROWS = 500
MOST_CHARACTERS = 60_000
MOST_LINES_IN_ALL = 4_000
"""All texts and rows of a paper together: about 180 pages."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signer's role, and the name if it is to be printed next to the line."""

    role: str
    name: str = ""


Row = Mapping[str, str]
Value = str | int | date | Sequence[Row] | Sequence[Signer]
Values = Mapping[str, Value | None]


def value_errors(form: Form, values: Values) -> list[FieldError]:
    """Values that do not fit their element's kind, by path in the request: `values.copies`."""
    known = {element.id for element in form.elements}
    strangers = [
        FieldError(_path_of(name), "is no element of this form")
        for name in values
        if name not in known
    ]
    found = [
        FieldError(f"values.{element.id}", reason)
        for element in form.elements
        if (value := values.get(element.id)) is not None
        and (reason := _value_error(element, value)) is not None
    ]
    return strangers + found or _too_long_together(values)


def _too_long_together(values: Values) -> list[FieldError]:
    texts = [text for value in values.values() for text in _texts_of(value)]
    if sum(map(len, texts)) > MOST_CHARACTERS:
        return [FieldError("values", f"has more than {MOST_CHARACTERS} characters")]
    if sum(len(lines_of(text)) for text in texts) > MOST_LINES_IN_ALL:
        return [FieldError("values", f"has more than {MOST_LINES_IN_ALL} lines")]
    return []


def _texts_of(value: Value | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sequence):
        for entry in value:
            if isinstance(entry, Signer):
                yield from (entry.role, entry.name)
            elif isinstance(entry, Mapping):
                yield from entry.values()


def _path_of(name: str) -> str:
    """The given name only if it looks like an element id: a key may be anything."""
    ours = name.isascii() and name.isidentifier() and len(name) <= 40
    return f"values.{name}" if ours else "values"


def _value_error(element: Element, value: Value) -> str | None:
    match element.kind:
        case Kind.TEXT | Kind.NUMBER | Kind.SEAL:
            return _text_error(value)
        case Kind.COUNT:
            counts = isinstance(value, int) and not isinstance(value, bool)
            fits = counts and 1 <= cast("int", value) <= LARGEST_COUNT
            return None if fits else f"is not a whole number from 1 to {LARGEST_COUNT}"
        case Kind.DATE:
            whole = isinstance(value, date) and not isinstance(value, datetime)
            return None if whole else "is not a date"
        case Kind.ROWS:
            return _rows_error(element, value)
        case Kind.SIGNATURES:
            return _signers_error(value)


def _text_error(value: object) -> str | None:
    if not isinstance(value, str):
        return "is not a text"
    if len(value) > LONGEST_TEXT:
        return f"is longer than {LONGEST_TEXT} characters"
    return None if len(lines_of(value)) <= MOST_LINES else f"has more than {MOST_LINES} lines"


def _rows_error(element: Element, value: Value) -> str | None:
    columns = {column.id for column in element.columns}
    if not isinstance(value, Sequence) or not all(isinstance(row, Mapping) for row in value):
        return "is not a list of rows"
    if len(value) > MOST_ROWS:
        return f"has more than {MOST_ROWS} rows"
    rows = cast("Sequence[Row]", value)
    if any(not row.keys() <= columns for row in rows):
        return f"has another column than {', '.join(sorted(columns))}"
    return _texts_error("a cell", [cell for row in rows for cell in row.values()])


def _signers_error(value: Value) -> str | None:
    if not isinstance(value, Sequence) or not all(isinstance(who, Signer) for who in value):
        return "is not a list of signers"
    if len(value) > MOST_ROWS:
        return f"has more than {MOST_ROWS} signers"
    signers = cast("Sequence[Signer]", value)
    return _texts_error("a signer", [text for who in signers for text in (who.role, who.name)])


def _texts_error(what: str, texts: Sequence[str]) -> str | None:
    """Each text is valid, and together they are no longer than one text may be."""
    if (reason := next(filter(None, map(_text_error, texts)), None)) is not None:
        return f"has {what} that {reason}"
    return _text_error("".join(texts))


def missing_elements(form: Form, values: Values) -> list[Lacking]:
    """Every required element without content, and every required cell that is empty."""
    return [
        lack for element in form.elements for lack in _missing_of(element, values.get(element.id))
    ]


def _missing_of(element: Element, value: Value | None) -> Iterator[Lacking]:
    if is_absent(value):
        if element.required:
            yield Lacking(element.id, element.zh, element.en, element.source)
        return
    if element.kind is Kind.ROWS:
        # `value_errors` checked the type
        for number, row in enumerate(cast("Sequence[Row]", value), start=1):
            yield from _empty_cells(element, row, number)


def _empty_cells(element: Element, row: Row, number: int) -> Iterator[Lacking]:
    for column in element.columns:
        if column.required and is_blank(row.get(column.id, "")):
            zh, en = f"{element.zh}·{column.zh}", f"{element.en}: {column.en}"
            yield Lacking(element.id, zh, en, element.source, number, column.id)


def is_absent(value: Value | None) -> bool:
    """Whether there is no content: None, an empty list, or text without a visible character."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, Sequence):
        return all(_is_empty(entry) for entry in value)
    return value is None


def _is_empty(entry: object) -> bool:
    if isinstance(entry, Signer):
        return is_blank(entry.role)
    return isinstance(entry, Mapping) and all(is_blank(cell) for cell in entry.values())
