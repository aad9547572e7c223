"""The queries that find the entities a question may be about: first these, then their steps."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import LiteralString

from services.stats.domain.windows import Windows
from services.stats.store.counted_tables import CountedTables
from shared.times import start_of


@cache
def _in_windows(tables: CountedTables) -> LiteralString:
    return f"""
        select distinct {tables.id} from {tables.step}
        where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
              and {tables.id} > %(after)s
              and (kind = any(%(kinds)s) and day between %(start)s and %(end)s
                   or kind = any(%(due_kinds)s) and due_day between %(due_start)s and %(due_end)s)
        order by {tables.id} limit %(limit)s
    """


# By time of recording: an index range for each window, whatever the planner knows of the table.
@cache
def _recorded_in_windows(tables: CountedTables) -> LiteralString:
    return f"""
        select recorded.{tables.id}
        from unnest(%(recorded_from)s::timestamptz[], %(recorded_before)s::timestamptz[])
             as asked (start, before)
        cross join lateral (
            select {tables.id} from {tables.step}
            where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
                  and recorded_at >= asked.start and recorded_at < asked.before
                  and kind = any(%(recorded_kinds)s) and {tables.id} > %(after)s
            offset 0) recorded
        union
        select {tables.id} from {tables.step}
        where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
              and kind = any(%(kinds)s) and day between %(start)s and %(end)s
              and {tables.id} > %(after)s
        union
        select {tables.id} from {tables.step}
        where division_code = %(division)s and source = %(source)s and seq <= %(seq)s
              and kind = any(%(due_kinds)s) and due_day between %(due_start)s and %(due_end)s
              and {tables.id} > %(after)s
        order by {tables.id} limit %(limit)s
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Histories of a division's entities as of a position: those after an id, up to a limit."""

    tables: CountedTables
    division: str
    seq: int
    windows: Windows
    after: str = ""
    limit: int | None = None

    @property
    def candidates(self) -> LiteralString:
        """The query that finds the entities."""
        find = _recorded_in_windows if self.windows.by_recording else _in_windows
        return find(self.tables)

    def parameters(self) -> dict[str, object]:
        """As the query names them."""
        windows = self.windows
        day, due, recorded = windows.by_day, windows.by_due_day, windows.by_recording
        return {
            "division": self.division,
            "source": self.tables.subject.source,
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
            "recorded_before": [end_of(window.end) for window in recorded],
        }


def end_of(day: date) -> datetime:
    """The moment when the day is over, or the last that there is."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return start_of(day + timedelta(days=1))
