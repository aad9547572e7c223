"""The vault: personal data, encrypted under one key per person.

    key-encryption key ─ wraps ─► a person's data key ─ seals ─► names, contacts, texts

Events carry `person_ref` and salted digests. The salt is derived from the data key and never leaves
the service: once the key's row is deleted, the texts cannot be read nor the digests traced. An entry
is found by its digest, which is computed again whenever it is read: what another entry holds does
not pass for it.

`vault` opens files and reads their entries, `keeping` writes them, `replacing` puts corrected words in
the place of earlier ones, `erasure` closes files, `bodies`
is what routes take of a person and of a text. Which kinds of entries there are, and whose file belongs to which
record, each service says itself.
"""

from shared.vault.keeping import keep, require_open
from shared.vault.person_file import Content, Entry, EntryExchanged, PersonErased, PersonFile
from shared.vault.vault import PERSON, Opened, Vault

__all__ = [
    "PERSON",
    "Content",
    "Entry",
    "EntryExchanged",
    "Opened",
    "PersonErased",
    "PersonFile",
    "Vault",
    "keep",
    "require_open",
]
