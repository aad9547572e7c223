"""What mediation keeps in the vault: a file of its own for each dispute, one for each person.

A dispute's file has its own id as reference: its texts tell of several people at once, so they
are in none of their files.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import LiteralString

from services.mediation.domain.mediation_refusals import MediationNotFound
from shared.divisions import division_of
from shared.postgres import Pool, rows, transaction
from shared.vault import Content, Entry, PersonFile, Vault


class EntryKind(StrEnum):
    """What an entry holds."""

    PERSON = "person"
    APPLICATION = "application"
    CONSENT = "consent"
    RECORD = "record"
    DRAFT = "draft"
    AGREEMENT = "agreement"
    PAPER = "paper"


_KEY: LiteralString = """
    select person_ref, wrapped_key
    from mediation_board
    left join vault_person on vault_person.division_code = mediation_board.division_code
        and vault_person.person_ref = mediation_board.mediation_id
    where mediation_board.division_code = %(division)s and mediation_id = %(mediation_id)s
"""
_ENTRIES: LiteralString = """
    select person_ref, wrapped_key, kind, digest, sealed
    from vault_person join vault_entry using (division_code, person_ref)
    where division_code = %(division)s and person_ref = any(%(refs)s) and kind = %(kind)s
"""


async def file_of(pool: Pool, vault: Vault, scope: str, mediation_id: str) -> PersonFile:
    """The vault's file of a dispute; raises MediationNotFound or PersonErased."""
    named = {"division": division_of(mediation_id), "mediation_id": mediation_id}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _KEY, named)
    if not found:
        raise MediationNotFound
    return vault.unlock(**found[0])


async def contents(
    pool: Pool, vault: Vault, scope: str, *, division: str, refs: Sequence[str], kind: EntryKind
) -> list[tuple[str, str, Content]]:
    """Reference, digest and content of all entries of a kind in these files; erased ones lack."""
    named = {"division": division, "refs": list(refs), "kind": kind}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _ENTRIES, named)
    return [
        (row["person_ref"], row["digest"], _read(vault, row.pop("wrapped_key"), Entry(**row)))
        for row in found
    ]


def _read(vault: Vault, wrapped_key: bytes, entry: Entry) -> Content:
    return vault.unlock(entry.person_ref, wrapped_key).read(entry)


async def names(
    pool: Pool, vault: Vault, scope: str, *, division: str, refs: Sequence[str]
) -> dict[str, str]:
    """The names of people by reference; who was erased, or gave none, lacks."""
    found = await contents(pool, vault, scope, division=division, refs=refs, kind=EntryKind.PERSON)
    return {ref: person["name"] for ref, _, person in found if person.get("name")}
