"""Reports and signals of one township about one category, those that are nearest in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from services.grid.domain.signal.suggesting import MOST_LOOKED_AT, NEAR
from services.grid.store.report_board import NOT_KEPT_BACK, KeptFrom
from shared.postgres import Pool, transaction

_REPORTS: LiteralString = f"""
    select 'report' as kind, report_id as id, matter_id, submitted_at as at, village_code,
        grid_code, topic
    from report_board
    where division_code = %(division)s and matter_category = %(category)s
        and state <> 'rejected' and {NOT_KEPT_BACK.sql}
"""
_SIGNALS: LiteralString = """
    select 'signal' as kind, signal_id as id, matter_id, received_at as at, village_code,
        grid_code, topic
    from signal_board
    where division_code = %(division)s and category = %(category)s
        and linked_id is null and signal_id <> %(signal_id)s
        and coalesce(complained_unit <> all(%(own_units)s::text[]), true)
"""


def _nearest(records: LiteralString, at: LiteralString, record_id: LiteralString) -> LiteralString:
    earlier: LiteralString = f"""({records} and {at} <= %(at)s and {at} >= %(first)s
        order by {at} desc, {record_id} desc limit %(half)s)"""
    later: LiteralString = f"""({records} and {at} > %(at)s and {at} <= %(last)s
        order by {at}, {record_id} limit %(half)s)"""
    return f"{earlier} union all {later}"


ALIKE: LiteralString = f"""
    select * from (
        {_nearest(_REPORTS, "submitted_at", "report_id")}
        union all
        {_nearest(_SIGNALS, "received_at", "signal_id")}
    ) as found
    order by greatest(at - %(at)s, %(at)s - at), id limit %(most)s
"""
"""Four short walks along an index, and the nearest of what they find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A report or a signal, without a word of what was said."""

    kind: str
    id: str
    matter_id: str
    at: datetime
    village_code: str | None
    grid_code: str | None
    topic: str | None


async def records_alike(
    pool: Pool,
    division: str,
    *,
    signal_id: str,
    category: str,
    at: datetime,
    own_units: Sequence[str],
    who: KeptFrom,
) -> list[Alike]:
    """At most as many as are looked at; signals that count with another record are left out."""
    named = {
        "division": division,
        "signal_id": signal_id,
        "category": category,
        "at": at,
        "first": at - NEAR,
        "last": at + NEAR,
        "half": MOST_LOOKED_AT // 2,
        "most": MOST_LOOKED_AT,
        "own_units": list(own_units),
        **who.named(),
    }
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(Alike)) as cursor,
    ):
        await cursor.execute(ALIKE, named)
        return await cursor.fetchall()
