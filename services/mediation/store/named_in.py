"""The disputes that name a person: as a party now, before, or in what was voided since."""

from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from shared.postgres import Pool, rows, transaction
from shared.vault.open_files import OPEN_FILES

_NAMING: LiteralString = f"""
    select mediation_id, state, wrapped_key is not null as has_texts
    from mediation_board as board
    left join {OPEN_FILES} on vault_file.division_code = board.division_code
        and vault_file.person_ref = board.mediation_id
    where board.division_code = %(division)s and mediation_id in (
        select stream_id from event
        where division_code = %(division)s and position(%(person_ref)s in data) > 0)
    order by mediation_id
"""
"""Every event of the township is read: rare enough, and no event that names the person is missed."""
_IS_MEDIATOR: LiteralString = """
    select from mediator_roster
    where division_code = %(division)s and person_ref = %(person_ref)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingDispute:
    """A dispute with the person among its parties."""

    mediation_id: str
    state: str
    has_texts: bool
    """Its texts can still be read."""


async def disputes_naming(
    pool: Pool, scope: str, *, division: str, person_ref: str
) -> list[NamingDispute]:
    """By the order of their ids."""
    named = {"division": division, "person_ref": person_ref}
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(NamingDispute)) as cursor,
    ):
        await cursor.execute(_NAMING, named)
        return await cursor.fetchall()


async def is_mediator(pool: Pool, scope: str, *, division: str, person_ref: str) -> bool:
    """Whether the reference is that of somebody who is or was on the roster."""
    named = {"division": division, "person_ref": person_ref}
    async with transaction(pool, scope) as connection:
        return bool(await rows(connection, _IS_MEDIATOR, named))
