"""People as the routes take them: all of it goes to the vault, and a reference comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from services.mediation.store.vault_files import EntryKind
from shared.divisions import Identifier, division_of, new_id
from shared.http import Body
from shared.refusals import invalid
from shared.vault import Entry, PersonFile, Vault


def text(longest: int) -> StringConstraints:
    """A text that is not empty."""
    return StringConstraints(min_length=1, max_length=longest)


Narrative = Annotated[str, text(20_000)]


class Person(Body):
    """Somebody who is a party or a mediator."""

    name: Annotated[str, text(200)]
    phone: Annotated[str, text(100)] | None = None
    id_number: Annotated[str, text(100)] | None = None
    address: Annotated[str, text(500)] | None = None


class Party(Body):
    """A party: by a reference that an answer told before, or as a person who is new here."""

    party_id: Identifier | None = None
    person: Person | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.party_id is None) is (self.person is None):
            raise ValueError("Either party_id or person is given")
        return self


Parties = Annotated[tuple[Party, ...], Field(max_length=100)]


@dataclass
class Registration:
    """People on their way into the vault of one township."""

    vault: Vault
    division: str
    files: list[PersonFile] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def refs(self, parties: Sequence[Party], *, where: str) -> tuple[str, ...]:
        """The parties' references, in their order."""
        return tuple(
            self._ref(party, f"{where}.{place}.party_id") for place, party in enumerate(parties)
        )

    def _ref(self, party: Party, where: str) -> str:
        if party.person is not None:
            return self.enter(party.person)
        if party.party_id is None or division_of(party.party_id) != self.division:
            raise invalid(where, "The party is registered in another township")
        return party.party_id

    def enter(self, person: Person) -> str:
        """A file for a person; gives its reference."""
        file = self.vault.begin(new_id(self.division))
        self.files.append(file)
        self.entries.append(file.entry(EntryKind.PERSON, person.model_dump(exclude_none=True)))
        return file.person_ref
