"""Steps of cases: appended as they are folded, read again for the past and for evidence."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

from services.stats.domain.case_step import SOURCE, CaseStep, Filing
from services.stats.domain.windows import Window
from services.stats.store.columns import columns_of
from shared.postgres import Connection
from shared.times import china_day

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
_TOUCHED: LiteralString = """
    select distinct case_id from case_step
    where division_code = %(division)s and source = %(source)s
          and seq > %(since)s and seq <= %(seq)s
"""
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
    by_day: Window | None
    by_due_day: Window | None
    after: str = ""
    limit: int | None = None

    def parameters(self) -> dict[str, object]:
        """As the query names them."""
        day, due = self.by_day, self.by_due_day
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
        }


def histories(connection: Connection, wanted: Wanted) -> AsyncIterator[list[CaseStep]]:
    """The steps of each case with a step in the windows, in the order of the cases' ids."""
    query: LiteralString = f"with candidate as materialized ({_IN_WINDOWS}) {_HISTORIES}"
    return _stream(connection, query, wanted.parameters())


def histories_touched(
    connection: Connection, division: str, *, since: int, seq: int
) -> AsyncIterator[list[CaseStep]]:
    """All steps up to `seq` of each case with a step after `since`."""
    query: LiteralString = f"with candidate as materialized ({_TOUCHED}) {_HISTORIES}"
    parameters = {"division": division, "source": SOURCE, "since": since, "seq": seq}
    return _stream(connection, query, parameters)


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
