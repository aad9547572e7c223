"""What can still be read of a database, by whoever has the service's key and every row."""

from collections.abc import Iterator
from typing import LiteralString

import psycopg

from shared.keys import Keys, NotUnsealed
from shared.vault import PersonErased, Vault
from shared.vault.person_file import Entry
from tests.receipts import opened_receipts

_ENTRIES: LiteralString = """
    select person_ref, wrapped_key, kind, digest, sealed
    from vault_entry left join vault_person using (division_code, person_ref)
"""
_TABLES: LiteralString = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
)


def readable(superuser: psycopg.Connection, vault: Vault, keys: Keys) -> Iterator[str]:
    """Rows in the clear, receipts and the vault's texts, opened with the key where it opens."""
    for (table,) in superuser.execute(_TABLES).fetchall():
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
