"""Counts as they were at past positions: folded from the steps again, by the same pure fold.

A ledger that has little after the position is counted from today's rollups, less what the cases
touched since then contribute now, and with what they contributed then; a ledger that has more
after it than before is counted from the cases that the question can be about. So is every ledger
where the days are those of recording, which the rollups do not know.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence

from services.stats.domain.by import By
from services.stats.domain.case_fact import fold
from services.stats.domain.case_step import SOURCE, CaseStep
from services.stats.domain.counting import counted_in
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span
from services.stats.domain.windows import windows_of
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
    near = [span for span in spans if _is_near(span.division, vector, live)]
    found: Found = Tally(await case_rollups.sums(connection, near, chosen))
    for division, asked in _by_division(spans).items():
        then, now = position_in(vector, division), position_in(live, division)
        if _is_near(division, vector, live):
            await _take_back(connection, asked, chosen, found, then=then, now=now)
        else:
            await _count_anew(connection, asked, chosen, found, then=then)
    return found


async def sums_by_recording(
    connection: Connection, spans: Sequence[Span], chosen: CaseFilter, vector: Vector
) -> Sums:
    """The same by the days on which things were recorded."""
    found: Found = Tally()
    for division, asked in _by_division(spans).items():
        then = position_in(vector, division)
        await _count_anew(connection, asked, chosen, found, then=then, by=By.RECORDED)
    return found


def _by_division(spans: Sequence[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.division].append(span)
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
        before = [step for step in history if step.seq <= then]
        found.subtract(_counted(history, spans, chosen))
        found.update(_counted(before, spans, chosen))


async def _count_anew(
    connection: Connection,
    spans: Sequence[Span],
    chosen: CaseFilter,
    found: Found,
    *,
    then: int,
    by: By = By.OCCURRED,
) -> None:
    asked = Wanted(division=spans[0].division, seq=then, windows=windows_of(spans, by))
    async for history in histories(connection, asked):
        found.update(_counted(history, spans, chosen, by))


def _counted(
    history: Sequence[CaseStep],
    spans: Sequence[Span],
    chosen: CaseFilter,
    by: By = By.OCCURRED,
) -> list[tuple[Term, str]]:
    fact = fold(history)
    if fact is None or not chosen.takes(fact.filing):
        return []
    return [(span.term, span.division) for span in counted_in(fact, history, spans, by)]
