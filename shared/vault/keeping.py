"""Writes files and entries in the transaction of the events that refer to them."""

from base64 import b64encode
from collections.abc import Collection, Iterable
from typing import LiteralString

import orjson

from shared.ledger import Statement
from shared.vault.person_file import Entry, PersonFile

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

# No stream has version -1, so the check fails for every file that is found.
_REQUIRE_OPEN: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(person_ref, -1))
    from vault_erased
    where division_code = %(division)s and person_ref = any(%(refs)s)
"""


def require_open(division: str, refs: Collection[str]) -> list[Statement]:
    """A conflict of the append if one of these files was erased since it was looked up.

    For whoever names a person by a reference: the append holds the ledger's lock, so an erasure
    comes either before this check or after the event that names the person.
    """
    if not refs:
        return []
    return [Statement(_REQUIRE_OPEN, {"division": division, "refs": sorted(refs)})]


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
