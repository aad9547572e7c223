"""The table `warning_raiser`: which unit and which post raised a warning.

No event says it, and no list shows it: a safety warning is shown to them and to leaders alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from services.grid.domain.early_warning.warning_file import OPEN_STATES
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into warning_raiser (division_code, warning_id, raised_by)
    select %(division)s, %(warning_id)s, given from unnest(%(raisers)s::text[]) as given
    order by given on conflict do nothing
"""
_IS_ONE: LiteralString = """
    select from warning_raiser
    where division_code = %(division)s and warning_id = %(warning_id)s
      and raised_by = any(%(raisers)s::text[])
"""
_LAST: LiteralString = """
    select warning_id, episode, state from warning_board as board
    where division_code = %(division)s and rule = %(rule)s and subject = %(subject)s
      and subject_kind = %(kind)s and not recorded_afterwards
      and (%(kind)s <> 'safety' or exists (select from warning_raiser as raiser
          where raiser.division_code = board.division_code
            and raiser.warning_id = board.warning_id and raised_by = any(%(raisers)s::text[])))
    order by episode desc limit 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReported:
    """The last warning that posts raised about a matter."""

    warning_id: str
    episode: int
    state: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.state in OPEN_STATES


def kept(warning_id: str, raisers: Sequence[str]) -> list[Statement]:
    """Keep who raised it."""
    if not raisers:
        return []
    named = {"warning_id": warning_id, "raisers": list(raisers)}
    return [Statement(_KEEP, {"division": division_of(warning_id), **named})]


async def is_raiser(pool: Pool, warning_id: str, raisers: Sequence[str]) -> bool:
    """Whether one of these raised it."""
    named = {"warning_id": warning_id, "raisers": list(raisers)}
    division = division_of(warning_id)
    async with transaction(pool, division) as connection:
        return bool(await rows(connection, _IS_ONE, {"division": division, **named}))


async def last_reported(
    pool: Pool, division: str, kind: WarningSubject, subject: str, raisers: Sequence[str]
) -> LastReported | None:
    """The last one that a post raised about a matter; of safety, that one of these raised."""
    named = {
        "division": division,
        "rule": WarningRule.TOLD_BY_WORKER.value,
        "kind": kind.value,
        "subject": subject,
        "raisers": list(raisers),
    }
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(LastReported)) as cursor,
    ):
        await cursor.execute(_LAST, named)
        return await cursor.fetchone()
