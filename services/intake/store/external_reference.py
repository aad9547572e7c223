"""External references: which case of ours an older register's number stands for.

A number is unique in the county, so the look-up runs with the county's scope: what it finds
outside the caller's own is told as "elsewhere", without the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from shared.divisions import county_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction
from shared.vault.open_files import OPEN_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReference:
    """A register's number that was filed before, with the locked key of its person."""

    external_number: str
    division: str
    case_id: str
    person_ref: str | None
    wrapped_key: bytes | None = field(repr=False)


async def find(
    pool: Pool, *, county: str, source: str, numbers: Sequence[str]
) -> dict[str, KnownReference]:
    """Those of a register's numbers that were filed before."""
    query: LiteralString = f"""
        select reference.external_number, reference.division_code as division,
            reference.case_id, case_board.person_ref, vault_file.wrapped_key
        from external_reference as reference
        left join case_board using (division_code, case_id)
        left join {OPEN_FILES} using (division_code, person_ref)
        where reference.county_code = %(county)s and reference.source = %(source)s
          and reference.external_number = any(%(numbers)s)
    """
    named = {"county": county, "source": source, "numbers": list(numbers)}
    async with transaction(pool, county) as connection:
        found = await rows(connection, query, named)
    return {row["external_number"]: KnownReference(**row) for row in found}


_KEEP: LiteralString = """
    insert into external_reference
        (county_code, source, external_number, division_code, case_id)
    select %(county)s, %(source)s, given.number, %(division)s, given.case_id
    from unnest(%(numbers)s::text[], %(case_ids)s::text[]) as given (number, case_id)
"""


def keep(division: str, source: str, cases: dict[str, str]) -> Statement:
    """What writes new references, number to case; one that is taken fails the transaction."""
    named = {
        "county": county_of(division),
        "source": source,
        "division": division,
        # in one order everywhere, so that two who bring in the same rows never wait in a circle
        "numbers": sorted(cases),
        "case_ids": [cases[number] for number in sorted(cases)],
    }
    return Statement(_KEEP, named)
