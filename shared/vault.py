"""The vault: personal data, encrypted under one key per person.

    key-encryption key ─ wraps ─► a person's data key ─ seals ─► filing, replies, opinions

Events carry `person_ref` and salted digests. The salt is derived from the data key and never leaves
the service: once the key's row is deleted, the texts cannot be read nor the digests traced.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, LiteralString

import orjson

from shared.canonical import canonical
from shared.keys import Key, Keys
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction
from shared.refusals import Refusal


class PersonErased(Refusal):
    """The person's file was erased: nothing can be added to it any more."""

    title = "The person's file was erased"


Content = dict[str, Any]
"""JSON values: person and narrative of a filing, the text of a reply or an opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sealed entry of the vault."""

    person_ref: str
    kind: str
    digest: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """A person's file with the decrypted data key."""

    person_ref: str
    wrapped_key: bytes = field(repr=False)
    key: Key = field(repr=False)

    def digest(self, content: Content) -> str:
        """The digest for events; the content itself stays in the vault."""
        return self._digest(canonical(content))

    def entry(self, kind: str, content: Content) -> Entry:
        """Seal the content, bound to this person and kind."""
        text = canonical(content)
        return Entry(
            person_ref=self.person_ref,
            kind=kind,
            digest=self._digest(text),
            sealed=self.key.seal(text, bound_to=_place(self.person_ref, kind)),
        )

    def _digest(self, text: bytes) -> str:
        return sha256(self.key.mac(b"salt") + text).hexdigest()

    def read(self, entry: Entry) -> Content:
        """Decrypt an entry; raises NotUnsealed if it was changed or moved."""
        place = _place(self.person_ref, entry.kind)
        content: Content = orjson.loads(self.key.unseal(entry.sealed, bound_to=place))
        return content


def _place(person_ref: str, kind: str) -> bytes:
    return f"{person_ref}/{kind}".encode()


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

    async def entries(self, scope: str, division: str, person_ref: str) -> list[Entry]:
        """The sealed entries of a file."""
        query: LiteralString = """
            select person_ref, kind, digest, sealed from vault_entry
            where division_code = %(division)s and person_ref = %(person_ref)s
        """
        named = {"division": division, "person_ref": person_ref}
        async with transaction(self._pool, scope) as connection:
            found = await rows(connection, query, named)
        return [Entry(**row) for row in found]


_KEEP: LiteralString = """
    with persons as (
        insert into vault_person (division_code, person_ref, wrapped_key)
        select %(division)s, person_ref, decode(wrapped_key, 'base64')
        from json_to_recordset(%(persons)s::json) as given (person_ref text, wrapped_key text)
    )
    insert into vault_entry (division_code, person_ref, kind, digest, sealed)
    select %(division)s, person_ref, kind, digest, decode(sealed, 'base64')
    from json_to_recordset(%(entries)s::json)
        as given (person_ref text, kind text, digest text, sealed text)
    on conflict do nothing
"""


def keep(division: str, begun: Iterable[PersonFile], entries: Iterable[Entry]) -> list[Statement]:
    """Statements that insert new files and entries; existing entries stay unchanged."""
    persons = [
        {"person_ref": file.person_ref, "wrapped_key": b64encode(file.wrapped_key).decode()}
        for file in begun
    ]
    contents = [
        {
            "person_ref": entry.person_ref,
            "kind": entry.kind,
            "digest": entry.digest,
            "sealed": b64encode(entry.sealed).decode(),
        }
        for entry in entries
    ]
    if not (persons or contents):
        return []
    named = {
        "division": division,
        "persons": orjson.dumps(persons).decode(),
        "entries": orjson.dumps(contents).decode(),
    }
    return [Statement(_KEEP, named)]
