"""What the bodies have in common by which it is tried whether a command is open (`actions`)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from shared.contracts.event import Code
from shared.office.actions import Asking, Tried

Bodies = Callable[[Asking[Any]], Sequence[Tried]]
NOBODYS_DIGEST = "0" * 64
"""Of nothing that anybody has uploaded or filled in."""
UNKNOWN_UNIT = "a-unit-not-registered"


def body(**values: object) -> Bodies:
    """One body."""
    return lambda _: [values]


def each_of(name: str, values: Iterable[str], **others: object) -> Bodies:
    """A body for each value of one of its members."""
    bodies = [{name: value, **others} for value in values]
    return lambda _: bodies


def each_code(name: str, codes: type[Code], **others: object) -> Bodies:
    """A body for each code of a list."""
    return each_of(name, [code.value for code in codes], **others)


def first_of(codes: type[Code]) -> str:
    """Any code, where it makes no difference which."""
    return next(iter(codes)).value


def nobody(ask: Asking[Any]) -> str:
    """An id of the division that nothing has."""
    return f"{ask.division}-00000000-0000-7000-8000-000000000000"
