"""The evidence of a figure: the matters that it counts, each with the events that made it count."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from services.stats.domain.by import By
from services.stats.domain.counting import by_counter, counted_in
from services.stats.domain.ledgers import Vector
from services.stats.domain.mark import Mark
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span, spans_of
from services.stats.domain.step import Step
from services.stats.domain.subject import Fact
from services.stats.domain.subjects import COUNTERS, SUBJECT_OF
from services.stats.domain.windows import windows_of
from services.stats.store import positions, rollups
from services.stats.store.candidates import Wanted
from services.stats.store.figures import Question, vector_of
from services.stats.store.filters import Chosen
from services.stats.store.past import position_in
from services.stats.store.steps import histories
from services.stats.store.subject_tables import tables_of
from services.stats.store.tables import SubjectTables
from shared.divisions import division_of
from shared.postgres import Connection

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """A matter by its id, and the steps that made it count."""

    about: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page of counted matters and the positions that it is as of."""

    found: list[Counted]
    vector: Vector
    parked: Vector
    """How many events each ledger lacks, where it lacks any."""


async def evidence(
    connection: Connection, question: Question, term: Term, *, after: str, limit: int
) -> Evidence:
    """Up to `limit` matters after an id, in the order of their ids, within one snapshot."""
    tables = tables_of(SUBJECT_OF[term.counter])
    live = await positions.folded(connection, question.division)
    vector = await vector_of(connection, question, live)
    parked = await positions.parked(connection, question.division, vector)
    horizons = await positions.horizons(connection, tables, vector)
    spans = [
        span
        for span in spans_of([term], question.period, horizons, question.by)
        if not after or span.division >= division_of(after)
    ]
    if vector == live and question.by is By.OCCURRED:
        spans = await _not_empty(connection, tables, spans, question.chosen)
    found: list[Counted] = []
    for span in sorted(spans, key=lambda span: span.division):
        seq = position_in(vector, tables.subject, span.division)
        asked = _wanted(tables, span, question.by, seq, after)
        async for counted in _counted(connection, question, span, asked):
            found.append(counted)
            if len(found) == limit:
                return Evidence(found, vector, parked)
    return Evidence(found, vector, parked)


async def _not_empty(
    connection: Connection, tables: SubjectTables, spans: Sequence[Span], chosen: Chosen
) -> list[Span]:
    """Those in which the rollups count anything: no matter of the others need be looked at."""
    sums = await rollups.sums(connection, tables, spans, chosen)
    return [span for span in spans if sums.get((span.term, span.division))]


async def _counted(
    connection: Connection, question: Question, span: Span, asked: Wanted
) -> AsyncIterator[Counted]:
    """All counted matters of one division, read in batches: a caller may stop at any of them."""
    subject, spans = asked.tables.subject, by_counter([span])
    while True:
        batch = [history async for history in histories(connection, asked)]
        for history in batch:
            fact = subject.fold(history)
            if fact is None or not question.chosen.takes(subject, fact):
                continue
            marks = [mark for _, mark in counted_in(subject, fact, history, spans, question.by)]
            if marks:
                yield Counted(history[0].about, _made_by(fact, history, span, marks))
        if len(batch) < _BATCH:
            return
        asked = replace(asked, after=batch[-1][0].about)


def _wanted(tables: SubjectTables, span: Span, by: By, seq: int, after: str) -> Wanted:
    return Wanted(
        tables=tables,
        division=span.division,
        seq=seq,
        windows=windows_of([span], by),
        after=after,
        limit=_BATCH,
    )


def _made_by(
    fact: Fact, history: Sequence[Step], span: Span, marks: Sequence[Mark]
) -> tuple[Step, ...]:
    """The steps by which it has the anchor, and those that the counter reads besides."""
    read = (getattr(fact, name) for name in COUNTERS[span.term.counter].made_by)
    made = {mark.seq for mark in (*marks, *read) if isinstance(mark, Mark)}
    return tuple(step for step in history if step.seq in made)
