"""What a week or a month is counted from: one snapshot of the township's ledger and tables.

Reports are counted from their events up to a place in the ledger, so that the numbers of any earlier
place are found again; patrols from the tables as they are.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, LiteralString

import orjson
from psycopg.rows import class_row

from services.grid.domain.period import Period
from services.grid.domain.period_figures import CountedReport, Fact, counted_report
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store.coverage_rows import CoverageRows, rows_in
from services.grid.store.own_reports import COLUMNS
from services.grid.store.report_board import NOT_KEPT_BACK, KeptFrom, ReportLine
from shared.contracts.catalogue import decode_data
from shared.postgres import SET_SCOPE, Connection, Pool, rows, transaction

_SNAPSHOT: LiteralString = "set transaction isolation level repeatable read, read only"
_HEAD: LiteralString = "select head_seq from ledger where division_code = %(division)s"
_EVENTS: LiteralString = """
    select stream_id, kind, schema_version, data, occurred_at from event
    where division_code = %(division)s and seq <= %(as_of)s and stream_id in (
        select report_id from report_board
        where division_code = %(division)s and submitted_at < %(ends)s
          and (state = any(%(open)s) or exists (
              select from event as later
              where later.division_code = %(division)s and later.stream_id = report_id
                and (later.occurred_at >= %(begins)s or later.seq > %(as_of)s))))
    order by stream_id, version
"""
_LINES: LiteralString = f"""
    select {COLUMNS} from report_board
    where division_code = %(division)s and report_id = any(%(reports)s) and {NOT_KEPT_BACK.sql}
    order by submitted_at, report_id
"""
_HAS_GRIDS: LiteralString = """
    select from grid_board
    where division_code = %(division)s and valid_from <= %(last)s
      and (last_day is null or last_day >= %(first)s)
    limit 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRows:
    """What was read in one snapshot."""

    as_of: int
    reports: list[CountedReport]
    coverage: CoverageRows


@asynccontextmanager
async def _snapshot(pool: Pool, division: str) -> AsyncIterator[Connection]:
    async with pool.connection() as connection, connection.transaction():
        await connection.execute(_SNAPSHOT)
        await connection.execute(SET_SCOPE, (division,))
        yield connection


async def period_rows(
    pool: Pool, division: str, period: Period, *, now: datetime, as_of: int | None = None
) -> PeriodRows:
    """The reports up to a place in the ledger, its end unless one is named, and the patrols."""
    async with _snapshot(pool, division) as connection:
        found = await rows(connection, _HEAD, {"division": division})
        head = int(found[0]["head_seq"]) if found else 0
        place = head if as_of is None else min(as_of, head)
        events = await rows(connection, _EVENTS, _named(division, period, place))
        coverage = await rows_in(connection, division, first=period.first, last=period.last)
    return PeriodRows(as_of=place, reports=list(_counted(events, period, now)), coverage=coverage)


def _named(division: str, period: Period, as_of: int) -> dict[str, object]:
    return {
        "division": division,
        "as_of": as_of,
        "begins": period.begins,
        "ends": period.ends,
        "open": [state.value for state in OPEN_STATES],
    }


def _counted(
    events: Iterable[dict[str, Any]], period: Period, now: datetime
) -> Iterable[CountedReport]:
    for _, stream in groupby(events, key=lambda row: row["stream_id"]):
        facts = [
            Fact(
                decode_data(row["kind"], row["schema_version"], orjson.loads(row["data"])),
                row["occurred_at"],
            )
            for row in stream
        ]
        found = counted_report(facts, period, now=now)
        if found is not None:
            yield found


async def lines_of(
    pool: Pool, division: str, reports: Sequence[str], who: KeptFrom
) -> list[ReportLine]:
    """These reports as they are now, the earliest first, but for what is kept from who asks."""
    named = {"division": division, "reports": list(reports), **who.named()}
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(ReportLine)) as cursor,
    ):
        await cursor.execute(_LINES, named)
        return await cursor.fetchall()


async def has_grids(pool: Pool, division: str, period: Period) -> bool:
    """Whether the township has a grid on some day of the period."""
    named = {"division": division, "first": period.first, "last": period.last}
    async with transaction(pool, division) as connection:
        return bool(await rows(connection, _HAS_GRIDS, named))
