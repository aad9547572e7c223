"""What can still be read of a database, by whoever has the service's key and every row."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg

from shared.attachments.sealing import AttachmentKey
from shared.keys import Keys, NotUnsealed
from shared.vault import PersonErased, Vault
from shared.vault.person_file import Entry
from tests.receipts import opened_receipts

_ENTRIES: LiteralString = """
    select person_ref, wrapped_key, kind, digest, sealed
    from vault_entry left join vault_person using (division_code, person_ref)
"""
_PARTS: LiteralString = """
    select person_ref, wrapped_key, stream_id, digest, part, parts, sealed
    from vault_attachment_part
    join vault_attachment using (division_code, stream_id, digest)
    left join vault_person using (division_code, person_ref)
"""
_TABLES: LiteralString = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
)


def readable(superuser: psycopg.Connection, vault: Vault, keys: Keys) -> Iterator[str]:
    """Rows in the clear, receipts, the vault's texts and attachments, opened where the key opens."""
    tables = [str(name) for (name,) in superuser.execute(_TABLES).fetchall()]
    if "vault_attachment_part" in tables:
        yield from _attachments(superuser, vault)
    for table in tables:
        for row in superuser.execute(f"select t::text from {table} as t".encode()).fetchall():
            yield str(row[0])
    for content in opened_receipts(superuser, keys):
        yield content.decode()
    for ref, wrapped, kind, digest, sealed in superuser.execute(_ENTRIES).fetchall():
        entry = Entry(person_ref=ref, kind=kind, digest=digest, sealed=bytes(sealed))
        try:
            yield str(vault.unlock(ref, wrapped and bytes(wrapped)).read(entry))
        except (PersonErased, NotUnsealed):
            continue


def _attachments(superuser: psycopg.Connection, vault: Vault) -> Iterator[str]:
    """Their parts, each byte as one character."""
    for row in superuser.execute(_PARTS).fetchall():
        ref, wrapped, stream_id, digest, part, parts, sealed = row
        try:
            key = AttachmentKey(stream_id, vault.unlock(ref, wrapped and bytes(wrapped)))
            yield key.unseal(bytes(sealed), digest, part, parts).decode("latin-1")
        except (PersonErased, NotUnsealed):
            continue
