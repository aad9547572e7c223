"""Refusals: the answer when a rule does not allow a command.

Each is a class named after the situation, in the module of its rule. The first sentence of its
docstring is shown to users; its name in kebab case is the problem type.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

_WORD_BEGINS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Refusal(Exception):
    """The request is refused.

    `shown` becomes attributes of the refusal and members of the problem: ids, codes and numbers,
    never personal data.
    """

    hides: ClassVar[bool] = False
    """It says that there is nothing, also to whoever was answered before: a repeat is refused too."""
    status: ClassVar[int] = 409
    title: ClassVar[str] = "Refused"
    slug: ClassVar[str] = "refusal"
    type: ClassVar[str] = "/problems/refusal"

    def __init_subclass__(cls) -> None:
        """Name the problem type after the class: CaseTaken is `/problems/case-taken`."""
        super().__init_subclass__()
        cls.slug = _WORD_BEGINS.sub("-", cls.__name__).lower()
        cls.type = f"/problems/{cls.slug}"

    def __init__(self, detail: str | None = None, /, **shown: str | int) -> None:
        """`detail` is one sentence; default is the first sentence of the docstring."""
        self.detail = detail or _first_sentence(type(self))
        self.shown = shown
        for name, value in shown.items():
            setattr(self, name, value)
        super().__init__(self.detail)


@dataclass(frozen=True, slots=True)
class FieldError:
    """A mistake in one field of a request: its path (`person.name`), never its content."""

    field: str
    message: str


class InvalidInput(Refusal):
    """Something in the request is missing or not as it has to be; `errors` names the fields."""

    status = 422
    title = "The request is not valid"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        """`errors` has one entry per mistake."""
        super().__init__()
        self.errors = tuple(errors)


def invalid(field: str, message: str) -> InvalidInput:
    """The refusal of one field."""
    return InvalidInput([FieldError(field, message)])


def refusal_types() -> dict[str, type[Refusal]]:
    """Every imported refusal class by its slug."""
    return {cls.slug: cls for cls in sorted(_below(Refusal), key=lambda cls: cls.slug)}


def _below(cls: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def _first_sentence(cls: type[Refusal]) -> str:
    return (cls.__doc__ or cls.title).strip().partition("\n\n")[0].replace("\n    ", " ")
