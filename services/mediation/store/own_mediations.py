"""A mediator's own open disputes, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from services.mediation.domain.mediation_state import GOING_ON
from services.mediation.store.kept_from import NOT_KEPT_SQL, asking
from shared.identity import Actor
from shared.postgres import Pool, transaction

_GOING_ON: LiteralString = ", ".join(f"'{each.value}'" for each in GOING_ON)
_OPEN: LiteralString = f"""
    with own as (
        select division_code as division, mediation_id, state, dispute_kind, applicants, respondents,
            case when state = 'open'
                then ((due_at - interval '1 microsecond') at time zone 'Asia/Shanghai')::date
            end as last_day,
            next_due_on
        from mediation_board as board
        where state = any(array[{_GOING_ON}])
          and exists (select from mediation_hand as participant
                      where participant.division_code = board.division_code
                        and participant.mediation_id = board.mediation_id
                        and participant.mediator_id = any(%(mediators)s) and participant.takes_part)
          and {NOT_KEPT_SQL.replace("{table}", "board")}
    )
    select *, count(*) over () as of_all from own
    order by least(last_day, next_due_on, case when state in ('applied', 'breached')
                                               then %(today)s::date end) nulls last,
        division, mediation_id
    limit %(limit)s
"""
"""`due_at` is the first moment after the period, so the last day is the day before.

Disputes that wait for consent, and breaches, are due today.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMediation:
    """A dispute on its mediator's list."""

    division: str
    mediation_id: str
    state: str
    dispute_kind: str
    last_day: date | None
    """The last day of the mediation period, while it runs."""
    next_due_on: date | None
    applicants: list[str]
    respondents: list[str]
    of_all: int
    """The number of all, including those beyond the limit."""


async def own_mediations(
    pool: Pool,
    actor: Actor,
    mediators: Sequence[str],
    *,
    own: Sequence[str],
    today: date,
    limit: int,
) -> list[OwnMediation]:
    """The disputes in which these mediators take part and that are not over, but for what complains
    of the unit of whoever asks.
    """
    named = {**asking(actor, own), "mediators": list(mediators), "today": today, "limit": limit}
    async with (
        transaction(pool, actor.scope) as connection,
        connection.cursor(row_factory=class_row(OwnMediation)) as cursor,
    ):
        await cursor.execute(_OPEN, named)
        return await cursor.fetchall()
