"""The evidence of a figure: the cases that it counts, each with the events that made it count."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from services.stats.domain.by import By
from services.stats.domain.case_fact import CaseFact, Mark, fold
from services.stats.domain.case_step import CaseStep
from services.stats.domain.counters import COUNTERS
from services.stats.domain.counting import counted_in
from services.stats.domain.ledgers import Vector
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span, spans_of
from services.stats.domain.windows import windows_of
from services.stats.store import case_rollups, positions
from services.stats.store.case_steps import Wanted, histories
from services.stats.store.figures import Question, vector_of
from services.stats.store.filters import CaseFilter
from services.stats.store.past import position_in
from shared.divisions import division_of
from shared.postgres import Connection

_BATCH = 500


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case, and the steps that made it count."""

    case_id: str
    steps: tuple[CaseStep, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page of counted cases and the positions that it is as of."""

    cases: list[CountedCase]
    vector: Vector
    parked: Vector
    """How many events each ledger lacks, where it lacks any."""


async def evidence(
    connection: Connection, question: Question, term: Term, *, after: str, limit: int
) -> Evidence:
    """Up to `limit` cases after a case id, in the order of their ids, within one snapshot."""
    live = await positions.folded(connection, question.division)
    vector = await vector_of(connection, question, live)
    parked = await positions.parked(connection, question.division, vector)
    horizons = await positions.horizons(connection, vector)
    spans = [
        span
        for span in spans_of([term], question.period, horizons, question.by)
        if not after or span.division >= division_of(after)
    ]
    if vector == live and question.by is By.OCCURRED:
        spans = await _not_empty(connection, spans, question.chosen)
    found: list[CountedCase] = []
    for span in sorted(spans, key=lambda span: span.division):
        seq = position_in(vector, span.division)
        asked = _wanted(span, question.by, seq, after)
        async for case in _cases(connection, question, span, asked):
            found.append(case)
            if len(found) == limit:
                return Evidence(found, vector, parked)
    return Evidence(found, vector, parked)


async def _not_empty(
    connection: Connection, spans: Sequence[Span], chosen: CaseFilter
) -> list[Span]:
    """Those in which the rollups count anything: no case of the others need be looked at."""
    sums = await case_rollups.sums(connection, spans, chosen)
    return [span for span in spans if sums.get((span.term, span.division))]


async def _cases(
    connection: Connection, question: Question, span: Span, asked: Wanted
) -> AsyncIterator[CountedCase]:
    """All counted cases of one division, read in batches: a caller may stop at any of them."""
    while True:
        batch = [history async for history in histories(connection, asked)]
        for history in batch:
            fact = fold(history)
            if fact is None or not question.chosen.takes(fact.filing):
                continue
            if any(counted_in(fact, history, [span], question.by)):
                yield CountedCase(fact.case_id, _made_by(fact, history, span))
        if len(batch) < _BATCH:
            return
        asked = replace(asked, after=batch[-1][0].case_id)


def _wanted(span: Span, by: By, seq: int, after: str) -> Wanted:
    windows = windows_of([span], by)
    return Wanted(division=span.division, seq=seq, windows=windows, after=after, limit=_BATCH)


def _made_by(fact: CaseFact, history: Sequence[CaseStep], span: Span) -> tuple[CaseStep, ...]:
    marks = (getattr(fact, name) for name in COUNTERS[span.term.counter].made_by)
    made = {mark.seq for mark in marks if isinstance(mark, Mark)}
    return tuple(step for step in history if step.seq in made)
