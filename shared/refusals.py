"""Refusals: what the office answers when a rule stands against a wish.

Each is a class named after the situation and lives beside its rule. Its docstring's first
sentence is what people read; its name in kebab case is its type on the wire.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Refusal(Exception):
    """The request is refused.

    `shown` becomes attributes of the refusal and members of the answer: ids, codes and numbers,
    never anything personal.
    """

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Refused"
    slug: ClassVar[str] = "refusal"
    type: ClassVar[str] = "/problems/refusal"

    def __init_subclass__(cls) -> None:
        """Name the problem on the wire after its class: CaseTaken is `/problems/case-taken`."""
        super().__init_subclass__()
        cls.slug = _WORD_BEGINS.sub("-", cls.__name__).lower()
        cls.type = f"/problems/{cls.slug}"

    def __init__(self, detail: str | None = None, /, **shown: str | int) -> None:
        """`detail` is one sentence; the docstring's first one where it is not given."""
        self.detail = detail or _first_sentence(type(self))
        self.shown = shown
        for name, value in shown.items():
            setattr(self, name, value)
        super().__init__(self.detail)


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of a request: its path (`person.name`), never its content."""

    field: str
    message: str


class InvalidInput(Refusal):
    """Something in the request is missing or not as it has to be; `errors` names the fields."""

    status = 422
    title = "The request is not valid"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        """`errors` is what is wrong, field by field."""
        super().__init__()
        self.errors = tuple(errors)


def invalid(field: str, message: str) -> InvalidInput:
    """The refusal of one field."""
    return InvalidInput([FieldError(field, message)])


def refusal_types() -> dict[str, type[Refusal]]:
    """Every refusal that is imported, by the last part of its type on the wire."""
    return {cls.slug: cls for cls in sorted(_below(Refusal), key=lambda cls: cls.slug)}


def _below(cls: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def _first_sentence(cls: type[Refusal]) -> str:
    return (cls.__doc__ or cls.title).strip().partition("\n\n")[0].replace("\n    ", " ")
