"""People and texts as routes take them: all of it goes to the vault."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, StringConstraints

from shared.http import Body
from shared.organisation import check_organisation, check_registration_number
from shared.resident_number import check_resident_number
from shared.visible_text import says_nothing


def _check_visible(text: str) -> str:
    if says_nothing(text):
        raise ValueError("The text has no visible character")
    return text


@dataclass(frozen=True, slots=True)
class VisibleText(GroupedMetadata):
    """A text of at most so many characters, some of which a reader sees."""

    longest: int

    def __iter__(self) -> Iterator[object]:
        """The constraints, as pydantic reads them."""
        yield StringConstraints(min_length=1, max_length=self.longest)
        yield AfterValidator(_check_visible)


def text(longest: int) -> VisibleText:
    """A text that is not blank."""
    return VisibleText(longest)


Narrative = Annotated[str, text(20_000)]
Name = Annotated[str, text(200)]


class Particulars(Body):
    """What the vault keeps of a person; a service's own body says who that is."""

    name: Name | None = None
    phone: Annotated[str, text(100)] | None = None
    id_number: Annotated[str, text(100), AfterValidator(check_resident_number)] | None = None
    """A resident's number is checked by its last character, other documents' are not."""
    address: Annotated[str, text(500)] | None = None


class Organisation(Body):
    """Who caused a matter: an organisation, such as an employer or a contractor, never a person.

    It goes to the vault; an event has a keyed mark of it.
    """

    registration_number: (
        Annotated[str, text(40), AfterValidator(check_registration_number)] | None
    ) = None
    """统一社会信用代码 (unified social credit code); with it, another spelling of the name is the same."""
    title: Annotated[Name, AfterValidator(check_organisation)]


class OrganisationShown(Body):
    """An organisation as the vault has it."""

    registration_number: str | None = None
    title: str
