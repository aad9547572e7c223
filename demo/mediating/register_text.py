"""Parses the texts of a register into codes, times and steps for the API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.contracts.event import Code

Row = dict[str, str]
Body = dict[str, Any]

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True)
class Step:
    """A command: the verb at the end of its route, and its body."""

    verb: str
    body: Body


def coded(codes: type[Code], label: str) -> str:
    """The code with this label; raises LookupError."""
    for code in codes:
        if code.label == label:
            return code.value
    raise LookupError(f"{label!r} is no {codes.__name__}")


def moment(text: str, clock: str) -> str:
    """The day at the beginning of the text, at that time in China."""
    return f"{day(text).isoformat()}T{clock}:00+08:00"


def day(text: str) -> date:
    """The day at the beginning of the text; raises ValueError."""
    matched = _DAY.match(text)
    if matched is None:
        raise ValueError(f"{text!r} begins with no day")
    return date(*map(int, matched.groups()))


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Split `2024年1月8日面对面；…` (8 January 2024, joint session; …) into days and texts."""
    for part in filter(None, text.split("；")):
        matched = _DAY.match(part)
        if matched is None:
            raise ValueError(f"{part!r} begins with no day")
        yield matched[0], part[matched.end() :]
