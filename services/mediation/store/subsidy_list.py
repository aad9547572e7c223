"""The basis of subsidies: disputes mediated and agreements written, per mediator and period.

Plain counts: no points, no rate, in the roster's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from shared.postgres import Pool, transaction

_LIST: LiteralString = """
    select roster.division_code as division, roster.mediator_id, roster.person_ref,
        (select count(*) from mediation_hand as participant
         join mediation_board as board using (division_code, mediation_id)
         where participant.division_code = roster.division_code
           and participant.mediator_id = roster.mediator_id and participant.takes_part
           and board.ended_at >= %(ended_from)s and board.ended_at < %(ended_before)s
           and board.state <> 'refused' and board.state <> 'terminated') as disputes,
        (select count(*) from mediation_board as board
         where board.division_code = roster.division_code
           and board.signed_by = roster.mediator_id and board.agreement_form = 'written'
           and board.ended_at >= %(ended_from)s and board.ended_at < %(ended_before)s)
            as written_agreements
    from mediator_roster as roster
    where (%(division)s::text is null or roster.division_code = %(division)s)
      and (%(mediators)s::text[] is null or roster.mediator_id = any(%(mediators)s))
      and (%(division_after)s::text is null or (roster.division_code, roster.mediator_id)
           > (%(division_after)s, %(mediator_after)s))
    order by roster.division_code, roster.mediator_id
    limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyLine:
    """A mediator's disputes that ended in the period, and agreements written and signed in it.

    The disputes are those that count as mediated: begun with both sides' consent and neither
    refused nor terminated. One that failed before a session could be held is among them.
    """

    division: str
    mediator_id: str
    person_ref: str
    disputes: int
    written_agreements: int


async def subsidy_list(
    pool: Pool,
    scope: str,
    *,
    division: str | None,
    mediators: Sequence[str] | None,
    period: tuple[datetime, datetime],
    after: tuple[str, str] | None,
    limit: int,
) -> list[SubsidyLine]:
    """The lines that follow `after`, of `mediators` or, where it is None, of everybody.

    The end of the period is exclusive.
    """
    division_after, mediator_after = after or (None, None)
    named = {
        "division": division,
        "mediators": mediators,
        "ended_from": period[0],
        "ended_before": period[1],
        "division_after": division_after,
        "mediator_after": mediator_after,
        "limit": limit,
    }
    async with (
        transaction(pool, scope) as connection,
        connection.cursor(row_factory=class_row(SubsidyLine)) as cursor,
    ):
        await cursor.execute(_LIST, named)
        return await cursor.fetchall()
