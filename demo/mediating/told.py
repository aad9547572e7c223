"""What a register says in its own words, as the doors take it: codes, moments, steps."""

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
    """A command: the last word of its route, and its body."""

    verb: str
    body: Body


def coded(codes: type[Code], label: str) -> str:
    """The code of a list that has this label; LookupError where none has."""
    for code in codes:
        if code.label == label:
            return code.value
    raise LookupError(f"{label!r} is no {codes.__name__}")


def moment(text: str, clock: str) -> str:
    """The day that a text begins with, at that time in China."""
    return f"{day(text).isoformat()}T{clock}:00+08:00"


def day(text: str) -> date:
    """The day that a text begins with; ValueError where it begins with none."""
    matched = _DAY.match(text)
    if matched is None:
        raise ValueError(f"{text!r} begins with no day")
    return date(*map(int, matched.groups()))


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Of `2024年1月8日面对面；…` the day and the rest of each; nothing of an empty text."""
    for part in filter(None, text.split("；")):
        matched = _DAY.match(part)
        if matched is None:
            raise ValueError(f"{part!r} begins with no day")
        yield matched[0], part[matched.end() :]
