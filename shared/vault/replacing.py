"""Replacing an entry: corrected words take its place, and the earlier ones are kept nowhere.

From then on nothing reads the earlier entry; the owner's daily job deletes it
(`shared.office.purging`). Its digest stays in the ledger.
"""

from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.vault.person_file import Entry

_REPLACE: LiteralString = """
    insert into vault_replaced (division_code, person_ref, kind, digest, replaced_by, stream_id)
    values (%(division)s, %(person_ref)s, %(kind)s, %(digest)s, %(replaced_by)s, %(stream_id)s)
"""


def replace_entry(stream_id: str, digest: str, by: Entry) -> Statement:
    """Put `by` in the place of the entry of the same kind with this digest.

    `stream_id` is the record whose events name both. Raises RowTaken in the append if somebody
    replaced the entry meanwhile.
    """
    return Statement(
        _REPLACE,
        {
            "division": division_of(stream_id),
            "person_ref": by.person_ref,
            "kind": by.kind,
            "digest": digest,
            "replaced_by": by.digest,
            "stream_id": stream_id,
        },
    )


NOT_REPLACED: LiteralString = """
    not exists (
        select from vault_replaced as replaced
        where replaced.division_code = vault_entry.division_code
          and replaced.person_ref = vault_entry.person_ref
          and replaced.kind = vault_entry.kind and replaced.digest = vault_entry.digest)
"""
"""Of an entry that is read: nobody has corrected its words since."""
