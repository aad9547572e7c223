"""People as the routes take them: all of it goes to the vault, and a reference comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import Field, model_validator

from services.mediation.api.office import Office
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.store.vault_files import EntryKind
from shared.contracts.mediation_codes import PartySide
from shared.divisions import Identifier, division_of, new_id
from shared.http import Body
from shared.ledger import Statement
from shared.refusals import invalid
from shared.vault import Entry, PersonFile, Vault, keep, require_open
from shared.vault.bodies import Name, Particulars


class Person(Particulars):
    """Somebody who is a party or a mediator."""

    name: Name


class Party(Body):
    """A party: by a reference from an earlier answer, or as a new person."""

    party_id: Identifier | None = None
    person: Person | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.party_id is None) is (self.person is None):
            raise ValueError("Either party_id or person is given")
        return self


Parties = Annotated[tuple[Party, ...], Field(max_length=100, fail_fast=True)]


@dataclass
class Registration:
    """People on their way into the vault of one township."""

    vault: Vault
    division: str
    files: list[PersonFile] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    looked_up: set[str] = field(default_factory=set)
    """Persons who were named by a reference and whose files are open."""

    async def refs(
        self,
        office: Office,
        parties: Sequence[Party],
        *,
        where: str,
        mediation: MediationFile | None = None,
    ) -> tuple[str, ...]:
        """The parties' references, in their order, each once and each somebody's.

        Who is on record for the dispute already is so, though they were erased since. Raises
        InvalidInput where a reference is nobody's.
        """
        paths = [f"{where}.{place}.party_id" for place in range(len(parties))]
        refs = [self._ref(party, path) for party, path in zip(parties, paths, strict=True)]
        known = _on_record(mediation) | {file.person_ref for file in self.files}
        if strangers := set(refs) - known:
            self.looked_up |= await self.vault.registered(self.division, strangers)
            known |= self.looked_up
        for place, (ref, path) in enumerate(zip(refs, paths, strict=True)):
            if ref in refs[:place]:
                raise invalid(path, "The party is named twice")
            if ref not in known:
                raise invalid(path, "Nobody is registered under this reference")
        return tuple(refs)

    def side_writes(self) -> list[Statement]:
        """Keeps the new people; a conflict if somebody who was looked up was erased since."""
        return [
            *require_open(self.division, self.looked_up),
            *keep(self.division, self.files, self.entries),
        ]

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


def _on_record(mediation: MediationFile | None) -> set[str]:
    if mediation is None:
        return set()
    sides = [
        (mediation.parties_of(side), mediation.parties_applied_for(side)) for side in PartySide
    ]
    return {ref for side in sides for refs in side for ref in refs}
