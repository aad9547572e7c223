"""The table `report_read`: which post read a report to take it up, or to work on an order for it."""

from typing import LiteralString

from shared.divisions import division_of
from shared.identity import Actor
from shared.postgres import Pool, transaction

_NOTE: LiteralString = """
    insert into report_read (division_code, report_id, actor_ref, role, correlation_id)
    values (%(division)s, %(report_id)s, %(actor_ref)s, %(role)s, %(correlation_id)s)
"""


async def note_read(pool: Pool, actor: Actor, report_id: str, correlation_id: str | None) -> None:
    """Record who reads a report, before it is shown; the reader may be of another township."""
    division = division_of(report_id)
    named = {
        "division": division,
        "report_id": report_id,
        "actor_ref": actor.place,
        "role": actor.role.value,
        "correlation_id": correlation_id,
    }
    async with transaction(pool, division) as connection:
        await connection.execute(_NOTE, named)
