"""What a cell holds, as the office wrote it, whatever the reader made of it."""

import re
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_ESCAPED_RETURN = re.compile(r"_x000[dD]_")
_LINE_END = re.compile(r"\r\n?")
_MARGIN = "\ufeff\u200b\u200e\u200f\u2060"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DIGITS_KEPT = 10**15


class CellUnreadable(ValueError):
    """A cell does not hold what it should; the message never repeats what it does hold."""


class DigitsLost(CellUnreadable):
    """A spreadsheet keeps 15 digits of a number, so the end of a longer one is not true."""

    def __init__(self) -> None:
        super().__init__(
            "a number of more than 15 digits, whose end the spreadsheet has lost; "
            "the column has to be text"
        )


class BytesOfAnotherEncoding(CellUnreadable):
    """The cell holds bytes that mean nothing in the register's encoding."""

    def __init__(self) -> None:
        super().__init__("bytes that mean nothing in the register's encoding")


def office_text(text: str) -> str:
    """Line ends made one, control characters gone, blanks of every kind off both ends."""
    if not text.isprintable() and _SURROGATE.search(text):
        raise BytesOfAnotherEncoding
    return _cleaned(text)


def _cleaned(text: str) -> str:
    text = _LINE_END.sub("\n", _ESCAPED_RETURN.sub("\r", text))
    return _trimmed(text if text.isprintable() else _CONTROL.sub("", text))


def _trimmed(text: str) -> str:
    while (shorter := text.strip().strip(_MARGIN)) != text:
        text = shorter
    return text


def cell_text(cell: Cell) -> str:
    """`160.0` is "160", `007` in a text cell stays "007", an empty cell is ""."""
    match cell:
        case str():
            return office_text(cell)
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return _number_text(cell)
        case None:
            return ""
        case _:
            return str(cell)


def _number_text(number: float) -> str:
    if not abs(number) < _DIGITS_KEPT:  # so that what is no number at all is refused too
        raise DigitsLost
    return str(int(number)) if number == int(number) else repr(number)


def column_key(name: str) -> str:
    """A column's name without the blanks and line breaks that headers are set with."""
    return "".join(_cleaned(name).split())
