"""What a mediator has to do: their own disputes that are not over, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import LiteralString

from psycopg.rows import class_row

from shared.postgres import Pool, transaction

_OPEN: LiteralString = """
    select distinct division_code as division, mediation_id, state, dispute_kind, due_at,
        next_due_on, applicants, respondents
    from mediation_hand join mediation_board using (division_code, mediation_id)
    where mediator_id = any(%(mediators)s) and takes_part
      and state = any(array['applied', 'open', 'agreed', 'partly-performed', 'breached'])
    order by division_code, mediation_id
    limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMediation:
    """A dispute as its mediator's list needs it."""

    division: str
    mediation_id: str
    state: str
    dispute_kind: str
    due_at: datetime | None
    next_due_on: date | None
    applicants: list[str]
    respondents: list[str]


async def own_mediations(
    pool: Pool, scope: str, mediators: Sequence[str], *, limit: int
) -> list[OwnMediation]:
    """The disputes in which these mediators take part and that are not over."""
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(OwnMediation)) as cursor,
    ):
        await cursor.execute(_OPEN, {"mediators": list(mediators), "limit": limit})
        return await cursor.fetchall()
