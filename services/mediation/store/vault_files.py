"""What mediation keeps in the vault: a file of its own for each dispute, one for each person.

A dispute's file has its own id as reference: its texts tell of several people at once, so they
are in none of their files.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import LiteralString, NamedTuple

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
    where division_code = %(division)s and person_ref = any(%(refs)s) and kind = any(%(kinds)s)
      and (%(digest)s::text is null or digest = %(digest)s)
"""

_REGISTERED: LiteralString = """
    select distinct person_ref from vault_person join vault_entry using (division_code, person_ref)
    where division_code = %(division)s and person_ref = any(%(refs)s) and kind = %(kind)s
"""


class Opened(NamedTuple):
    """An entry as it can be read, and what finds it."""

    ref: str
    kind: str
    digest: str
    content: Content


async def file_of(pool: Pool, vault: Vault, scope: str, mediation_id: str) -> PersonFile:
    """The vault's file of a dispute; raises MediationNotFound or PersonErased."""
    named = {"division": division_of(mediation_id), "mediation_id": mediation_id}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _KEY, named)
    if not found:
        raise MediationNotFound
    return vault.unlock(**found[0])


async def contents(
    pool: Pool,
    vault: Vault,
    scope: str,
    *,
    division: str,
    refs: Sequence[str],
    kinds: Collection[EntryKind],
    digest: str | None = None,
) -> list[Opened]:
    """All entries of these kinds in these files, in one transaction; erased ones lack.

    With a `digest` only the entry that it finds is read and decrypted.
    """
    named = {"division": division, "refs": list(refs), "kinds": list(kinds), "digest": digest}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _ENTRIES, named)
    return [_opened(vault, row.pop("wrapped_key"), Entry(**row)) for row in found]


def _opened(vault: Vault, wrapped_key: bytes, entry: Entry) -> Opened:
    content = vault.unlock(entry.person_ref, wrapped_key).read(entry)
    return Opened(entry.person_ref, entry.kind, entry.digest, content)


async def registered(pool: Pool, division: str, refs: Collection[str]) -> set[str]:
    """Those of the references under which a township has a person on record."""
    named = {"division": division, "refs": list(refs), "kind": EntryKind.PERSON}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _REGISTERED, named)
    return {row["person_ref"] for row in found}


async def names(
    pool: Pool, vault: Vault, scope: str, *, division: str, refs: Sequence[str]
) -> dict[str, str]:
    """The names of people by reference; who was erased, or gave none, lacks."""
    found = await contents(
        pool, vault, scope, division=division, refs=refs, kinds=[EntryKind.PERSON]
    )
    return {each.ref: each.content["name"] for each in found if each.content.get("name")}
