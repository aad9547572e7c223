"""Opens the files in the vault with the key-encryption key, and reads their entries."""

from collections.abc import Collection, Mapping, Sequence
from typing import LiteralString, NamedTuple

from shared.divisions import division_of
from shared.keys import Key, Keys
from shared.postgres import Pool, rows, transaction
from shared.vault.open_files import OPEN_FILES
from shared.vault.person_file import Content, Entry, PersonErased, PersonFile
from shared.vault.replacing import NOT_REPLACED

PERSON = "person"
"""The kind of the entry that says who somebody is."""

_OF_FILE: LiteralString = f"""
    select person_ref, kind, digest, sealed from vault_entry
    where division_code = %(division)s and person_ref = %(person_ref)s and {NOT_REPLACED}
"""
_OF_KINDS: LiteralString = f"""
    select person_ref, wrapped_key, kind, digest, sealed
    from {OPEN_FILES} join vault_entry using (division_code, person_ref)
    where division_code = %(division)s and person_ref = any(%(refs)s) and kind = any(%(kinds)s)
      and (%(digest)s::text is null or digest = %(digest)s) and {NOT_REPLACED}
"""
_REGISTERED: LiteralString = f"""
    select distinct person_ref from {OPEN_FILES} join vault_entry using (division_code, person_ref)
    where division_code = %(division)s and person_ref = any(%(refs)s) and kind = %(kind)s
"""


_FILE: LiteralString = f"""
    with known as (
        select division_code, person_ref from vault_person union
        select division_code, person_ref from vault_erased)
    select person_ref, wrapped_key from known left join {OPEN_FILES} using (division_code, person_ref)
    where division_code = %(division)s and person_ref = %(person_ref)s
"""
"""Who was erased is known without a key."""


class Opened(NamedTuple):
    """An entry as it can be read, and what finds it."""

    ref: str
    kind: str
    digest: str
    content: Content


class Vault:
    """Opens persons' files with the key-encryption key."""

    def __init__(self, pool: Pool, keys: Keys) -> None:
        self._pool = pool
        self._wrapping = keys.for_purpose("vault-wrap")

    def begin(self, person_ref: str) -> PersonFile:
        """A file with a fresh key; nothing is stored before `keep`."""
        key = Key.fresh()
        wrapped = self._wrapping.wrap(key, bound_to=person_ref.encode())
        return PersonFile(person_ref=person_ref, wrapped_key=wrapped, key=key)

    def unlock(self, person_ref: str | None, wrapped_key: bytes | None) -> PersonFile:
        """Open a stored file; raises PersonErased if it was erased."""
        if person_ref is None or wrapped_key is None:
            raise PersonErased
        key = self._wrapping.unwrap(wrapped_key, bound_to=person_ref.encode())
        return PersonFile(person_ref=person_ref, wrapped_key=wrapped_key, key=key)

    async def file_found_by(
        self, scope: str, query: LiteralString, named: Mapping[str, object]
    ) -> PersonFile | None:
        """The file whose `person_ref` and `wrapped_key` the query finds; None where it has no row.

        Raises PersonErased where the row has none.
        """
        async with transaction(self._pool, scope) as connection:
            found = await rows(connection, query, named)
        return self.unlock(**found[0]) if found else None

    async def file(self, scope: str, person_ref: str) -> PersonFile | None:
        """The file of this reference, None where there is none; raises PersonErased."""
        named = {"division": division_of(person_ref), "person_ref": person_ref}
        return await self.file_found_by(scope, _FILE, named)

    async def reopen(self, scope: str, person_ref: str, sealed: bytes) -> bytes | None:
        """What the file enclosed for a receipt; None where it was erased."""
        try:
            file = await self.file(scope, person_ref)
        except PersonErased:
            return None
        return None if file is None else file.disclose(sealed)

    async def entries(self, scope: str, division: str, person_ref: str) -> list[Entry]:
        """The sealed entries of a file."""
        named = {"division": division, "person_ref": person_ref}
        async with transaction(self._pool, scope) as connection:
            found = await rows(connection, _OF_FILE, named)
        return [Entry(**row) for row in found]

    async def contents(
        self,
        scope: str,
        *,
        division: str,
        refs: Sequence[str],
        kinds: Collection[str],
        digest: str | None = None,
    ) -> list[Opened]:
        """All entries of these kinds in these files, in one transaction; erased ones are absent.

        With a `digest` only the entry that has it is read and decrypted.
        """
        named = {"division": division, "refs": list(refs), "kinds": list(kinds), "digest": digest}
        async with transaction(self._pool, scope) as connection:
            found = await rows(connection, _OF_KINDS, named)
        return [self._opened(row.pop("wrapped_key"), Entry(**row)) for row in found]

    def _opened(self, wrapped_key: bytes, entry: Entry) -> Opened:
        content = self.unlock(entry.person_ref, wrapped_key).read(entry)
        return Opened(entry.person_ref, entry.kind, entry.digest, content)

    async def registered(self, division: str, refs: Collection[str]) -> set[str]:
        """Those of the references under which a township has a person on record."""
        named = {"division": division, "refs": list(refs), "kind": PERSON}
        async with transaction(self._pool, division) as connection:
            found = await rows(connection, _REGISTERED, named)
        return {row["person_ref"] for row in found}

    async def names(self, scope: str, *, division: str, refs: Sequence[str]) -> dict[str, str]:
        """The names of people by reference; absent is who was erased, or gave none."""
        found = await self.contents(scope, division=division, refs=refs, kinds=[PERSON])
        return {each.ref: each.content["name"] for each in found if each.content.get("name")}
