"""What grid knows of a matter: by its reports and signals, and by cases as intake publishes them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from services.grid.store.kept_from_own import ABOUT, NOT_COMPLAINED_OF
from shared.postgres import Pool, rows, transaction

_RECORDS: LiteralString = f"""
    select village_code, category from (
        select division_code, matter_id, village_code, matter_category as category
        from report_board
        where division_code = %(division)s and matter_id = %(matter_id)s and state <> 'rejected'
        union all
        select division_code, matter_id, village_code, category from signal_board
        where division_code = %(division)s and matter_id = %(matter_id)s
        union all
        select division_code, matter_id, village_code, category from followed_case
        where division_code = %(division)s and matter_id = %(matter_id)s
          and not accusation and not voided and category <> 'discipline'
    ) as known where {NOT_COMPLAINED_OF.replace("{table}", "known")}
    order by village_code nulls last, category
"""
_MATTERS_ABOUT: LiteralString = f"""
    select matter_id from (
        select %(division)s::text as division_code, unnest(%(matters)s::text[]) as matter_id
    ) as named where not {NOT_COMPLAINED_OF.replace("{table}", "named")}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMatter:
    """A record of the matter: where it is, and of which category."""

    village_code: str | None
    category: str


async def records_of_matter(
    pool: Pool,
    division: str,
    matter_id: str,
    *,
    own: Sequence[str] = (),
    own_units: Sequence[str] = (),
) -> list[KnownMatter]:
    """Those with a village first; none where the own unit is complained of in one of them."""
    named = {
        "division": division,
        "matter_id": matter_id,
        "own": list(own),
        "own_units": list(own_units),
    }
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(KnownMatter)) as cursor,
    ):
        await cursor.execute(_RECORDS, named)
        return await cursor.fetchall()


async def matters_about(
    pool: Pool,
    division: str,
    matters: Collection[str],
    *,
    own: Sequence[str],
    own_units: Sequence[str],
) -> frozenset[str]:
    """Those of these matters in which the own unit is complained of."""
    if not matters:
        return frozenset()
    named = {
        "division": division,
        "matters": sorted(matters),
        "own": list(own),
        "own_units": list(own_units),
    }
    async with transaction(pool, division) as connection:
        return frozenset(row["matter_id"] for row in await rows(connection, _MATTERS_ABOUT, named))


async def is_complained_of(
    pool: Pool, division: str, matter_id: str, unit: str, *, names: Collection[str]
) -> bool:
    """Whether the township's unit, by these names, is complained of in the matter.

    Also by what is shown to nobody.
    """
    own = {"own": [f"{division}/{name}" for name in names], "own_units": sorted(names)}
    return bool(await matters_about(pool, division, [matter_id], **own))


async def streams_about(
    pool: Pool, scope: str, *, division: str, own: Sequence[str], own_units: Sequence[str]
) -> frozenset[str]:
    """The warnings and watched matters of a ledger in whose matter the own unit is complained of."""
    named = {"division": division, "own": list(own), "own_units": list(own_units)}
    async with transaction(pool, scope) as connection:
        return frozenset(row["stream_id"] for row in await rows(connection, ABOUT, named))
