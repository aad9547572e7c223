"""SQL that leaves out what is about a matter with an accusation or a case of discipline in it.

As far as grid knows it by cases as intake publishes them. It is looked up when it is asked, since a
case may turn out to be one after the warning.
"""

from typing import LiteralString

from shared.postgres import Pool, rows, transaction

NOT_SEALED: LiteralString = """
    (matter_id is null or not exists (select from followed_case as filed
        where filed.division_code = {table}.division_code
          and filed.matter_id = {table}.matter_id
          and (filed.accusation or filed.category = 'discipline') and not filed.voided))
"""
"""`{table}` is a board with a `matter_id`."""
_SEALED: LiteralString = f"""
    select warning_id as stream_id from warning_board
    where division_code = %(division)s and not {NOT_SEALED.replace("{table}", "warning_board")}
    union all
    select watch_id from watch_board
    where division_code = %(division)s and not {NOT_SEALED.replace("{table}", "watch_board")}
"""


async def sealed_streams(pool: Pool, scope: str, *, division: str) -> frozenset[str]:
    """The warnings and watched matters of a ledger that are about a sealed matter."""
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _SEALED, {"division": division})
    return frozenset(row["stream_id"] for row in found)
