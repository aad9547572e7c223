"""The files that can be read: what a query joins instead of `vault_person`."""

from typing import LiteralString

OPEN_FILES: LiteralString = """(
        select division_code, person_ref, wrapped_key from vault_person as person
        where not exists (
            select from vault_erased as erased
            where erased.division_code = person.division_code
              and erased.person_ref = person.person_ref)
    ) as vault_file"""
"""Without those that were erased, whose rows wait for the owner's daily job."""
