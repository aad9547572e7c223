"""Counts as they were at past positions: folded from the steps again, by the same pure fold.

A ledger that has little after the position is counted from today's rollups, less what the cases
touched since then contribute now, and with what they contributed then; a ledger that has more
after it than before is counted from the cases that the question can be about.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator, Sequence

from services.stats.domain.case_fact import CaseFact, fold
from services.stats.domain.case_step import SOURCE
from services.stats.domain.counters import contributions
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span
from services.stats.domain.windows import window_of
from services.stats.store import case_rollups
from services.stats.store.case_rollups import Sums
from services.stats.store.case_steps import Wanted, histories, histories_touched
from services.stats.store.filters import CaseFilter
from shared.postgres import Connection

Found = Tally[tuple[Term, str]]


async def sums(
    connection: Connection,
    spans: Sequence[Span],
    chosen: CaseFilter,
    *,
    vector: Vector,
    live: Vector,
) -> Sums:
    """What `case_rollups.sums` gave when the ledgers stood at these positions."""
    by_division: dict[str, list[Span]] = defaultdict(list)
    near: list[Span] = []
    for span in spans:
        by_division[span.division].append(span)
        if _is_near(span.division, vector, live):
            near.append(span)
    found: Found = Tally(await case_rollups.sums(connection, near, chosen))
    for division, asked in by_division.items():
        then, now = position_in(vector, division), position_in(live, division)
        if _is_near(division, vector, live):
            await _take_back(connection, asked, chosen, found, then=then, now=now)
        else:
            await _count_anew(connection, asked, chosen, found, then=then)
    return found


def _is_near(division: str, vector: Vector, live: Vector) -> bool:
    return 2 * position_in(vector, division) >= position_in(live, division)


def position_in(vector: Vector, division: str) -> int:
    """How far the division's cases are read."""
    return vector.get(LedgerName(SOURCE.removeprefix("/"), division), 0)


async def _take_back(
    connection: Connection,
    spans: Sequence[Span],
    chosen: CaseFilter,
    found: Found,
    *,
    then: int,
    now: int,
) -> None:
    if then == now:
        return
    division = spans[0].division
    async for history in histories_touched(connection, division, since=then, seq=now):
        before = fold(step for step in history if step.seq <= then)
        found.subtract(_counted(fold(history), spans, chosen))
        found.update(_counted(before, spans, chosen))


async def _count_anew(
    connection: Connection,
    spans: Sequence[Span],
    chosen: CaseFilter,
    found: Found,
    *,
    then: int,
) -> None:
    asked = wanted(spans, then)
    async for history in histories(connection, asked):
        found.update(_counted(fold(history), spans, chosen))


def _counted(
    fact: CaseFact | None, spans: Sequence[Span], chosen: CaseFilter
) -> list[tuple[Term, str]]:
    if fact is None or not chosen.takes(fact.filing):
        return []
    return [(span.term, span.division) for span in counted_in(fact, spans)]


def wanted(
    spans: Sequence[Span], seq: int, *, after: str = "", limit: int | None = None
) -> Wanted:
    """The histories up to a position that the spans of one division may count."""
    return Wanted(
        division=spans[0].division,
        seq=seq,
        by_day=window_of(spans, "day"),
        by_due_day=window_of(spans, "due_day"),
        after=after,
        limit=limit,
    )


def counted_in(fact: CaseFact, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in which the case counts."""
    days = dict(contributions(fact))
    for span in spans:
        day = days.get(span.term.counter)
        if day is not None and span.start <= day <= span.end:
            yield span
