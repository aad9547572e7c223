"""Steps of cases: appended as they are folded, read again for the past and for evidence."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, LiteralString

from services.stats.domain.case_step import SOURCE, CaseStep, Filing
from services.stats.domain.windows import Windows
from services.stats.store.columns import columns_of
from shared.postgres import Connection
from shared.times import china_day, start_of

_INSTANT = timedelta(microseconds=1)
_BATCH = 5000

_APPEND: LiteralString = """
    insert into case_step (
        division_code, source, seq, case_id, kind, event_id, occurred_at, recorded_at, day,
        category, village_code, channel, first_or_repeat, headcount, imported, due_at,
        due_day)
    select * from unnest(
        %b::text[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[],
        %b::timestamptz[], %b::timestamptz[], %b::date[], %b::text[], %b::text[], %b::text[],
        %b::text[], %b::integer[], %b::boolean[], %b::timestamptz[], %b::date[])
"""


async def append(connection: Connection, steps: Sequence[CaseStep]) -> None:
    """Keep the steps; the caller's inbox sees to it that none comes twice."""
    await connection.execute(_APPEND, columns_of(map(_row, steps), 17))


def _row(step: CaseStep) -> tuple[Any, ...]:
    filing = step.filing
    return (
        step.division,
        step.source,
        step.seq,
        step.case_id,
        step.kind,
        step.event_id,
        step.at,
        step.recorded_at,
        step.day,
        *(_stated(filing) if filing else _NOT_A_FILING),
        step.due_at,
        step.due_at and china_day(step.due_at - _INSTANT),
    )


_NOT_A_FILING = (None,) * 6


def _stated(filing: Filing) -> tuple[str, str | None, str, str, int | None, bool]:
    return (
        filing.category,
        filing.village_code,
        filing.channel,
        filing.first_or_repeat,
        filing.headcount,
        filing.imported,
    )


# Candidates first, then all their steps up to the position.
_IN_WINDOWS: LiteralString = """
    select distinct case_id from case_step
    where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
          and case_id > %(after)s
          and (kind = any(%(kinds)s) and day between %(start)s and %(end)s
               or kind = any(%(due_kinds)s) and due_day between %(due_start)s and %(due_end)s)
    order by case_id limit %(limit)s
"""
# By time of recording: an index range for each window, whatever the planner knows of the table.
_RECORDED_IN_WINDOWS: LiteralString = """
    select recorded.case_id
    from unnest(%(recorded_from)s::timestamptz[], %(recorded_before)s::timestamptz[])
         as asked (start, before)
    cross join lateral (
        select case_id from case_step
        where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
              and recorded_at >= asked.start and recorded_at < asked.before
              and kind = any(%(recorded_kinds)s) and case_id > %(after)s
        offset 0) recorded
    union
    select case_id from case_step
    where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
          and kind = any(%(kinds)s) and day between %(start)s and %(end)s
          and case_id > %(after)s
    union
    select case_id from case_step
    where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
          and kind = any(%(due_kinds)s) and due_day between %(due_start)s and %(due_end)s
          and case_id > %(after)s
    order by case_id limit %(limit)s
"""
_TOUCHED: LiteralString = """
    select distinct case_id from case_step
    where division_code = %(division)s and source = %(source)s
          and seq > %(since)s and seq <= %(seq)s
"""
_NAMED: LiteralString = "select unnest(%(cases)s::text[]) as case_id"
_LAST = 2**63 - 1
_HISTORIES: LiteralString = """
    select step.division_code, step.source, step.seq, step.case_id, step.kind, step.event_id,
           step.occurred_at, step.day, step.recorded_at, step.category, step.village_code,
           step.channel, step.first_or_repeat, step.headcount, step.imported, step.due_at
    from candidate join case_step step
      on step.division_code = %(division)s and step.case_id = candidate.case_id
    where step.source = %(source)s and step.seq <= %(seq)s
    order by step.case_id, step.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Histories of a division's cases as of a position: those after a case id, up to a limit."""

    division: str
    seq: int
    windows: Windows
    after: str = ""
    limit: int | None = None

    @property
    def candidates(self) -> LiteralString:
        """The query that finds the cases."""
        return _RECORDED_IN_WINDOWS if self.windows.by_recording else _IN_WINDOWS

    def parameters(self) -> dict[str, object]:
        """As the query names them."""
        windows = self.windows
        day, due, recorded = windows.by_day, windows.by_due_day, windows.by_recording
        return {
            "division": self.division,
            "source": SOURCE,
            "seq": self.seq,
            "after": self.after,
            "limit": self.limit,
            "kinds": list(day.kinds) if day else [],
            "start": day and day.start,
            "end": day and day.end,
            "due_kinds": list(due.kinds) if due else [],
            "due_start": due and due.start,
            "due_end": due and due.end,
            "recorded_kinds": sorted({kind for window in recorded for kind in window.kinds}),
            "recorded_from": [start_of(window.start) for window in recorded],
            "recorded_before": [_end_of(window.end) for window in recorded],
        }


def _end_of(day: date) -> datetime:
    """The moment when the day is over, or the last that there is."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of(day + timedelta(days=1))


def histories(connection: Connection, wanted: Wanted) -> AsyncIterator[list[CaseStep]]:
    """The steps of each case with a step in the windows, in the order of the cases' ids."""
    query: LiteralString = f"with candidate as materialized ({wanted.candidates}) {_HISTORIES}"
    return _stream(connection, query, wanted.parameters())


def histories_touched(
    connection: Connection, division: str, *, since: int, seq: int
) -> AsyncIterator[list[CaseStep]]:
    """All steps up to `seq` of each case with a step after `since`."""
    query: LiteralString = f"with candidate as materialized ({_TOUCHED}) {_HISTORIES}"
    parameters = {"division": division, "source": SOURCE, "since": since, "seq": seq}
    return _stream(connection, query, parameters)


async def histories_of(
    connection: Connection, division: str, cases: Collection[str]
) -> dict[str, list[CaseStep]]:
    """All steps of these cases of a division that are kept, by case id."""
    query: LiteralString = f"with candidate as materialized ({_NAMED}) {_HISTORIES}"
    parameters = {"division": division, "source": SOURCE, "cases": list(cases), "seq": _LAST}
    found = [history async for history in _stream(connection, query, parameters)]
    return {history[0].case_id: history for history in found}


async def _stream(
    connection: Connection, query: LiteralString, parameters: dict[str, object]
) -> AsyncIterator[list[CaseStep]]:
    """Case by case; memory holds one batch of rows."""
    async with connection.cursor("histories", binary=True) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(query, parameters)
        history: list[CaseStep] = []
        async for row in cursor:
            step = _step(row)
            if history and history[0].case_id != step.case_id:
                yield history
                history = []
            history.append(step)
        if history:
            yield history


def _step(row: tuple[Any, ...]) -> CaseStep:
    return CaseStep(
        division=row[0],
        source=row[1],
        seq=row[2],
        case_id=row[3],
        kind=row[4],
        event_id=row[5],
        at=row[6],
        day=row[7],
        recorded_at=row[8],
        filing=None if row[9] is None else Filing(*row[9:15]),
        due_at=row[15],
    )
