"""People and texts as routes take them: all of it goes to the vault."""

from typing import Annotated

from pydantic import StringConstraints

from shared.http import Body


def text(longest: int) -> StringConstraints:
    """A text that is not empty."""
    return StringConstraints(min_length=1, max_length=longest)


Narrative = Annotated[str, text(20_000)]
Name = Annotated[str, text(200)]


class Particulars(Body):
    """What the vault keeps of a person; a service's own body says who that is."""

    name: Name | None = None
    phone: Annotated[str, text(100)] | None = None
    id_number: Annotated[str, text(100)] | None = None
    address: Annotated[str, text(500)] | None = None
