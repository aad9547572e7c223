"""Figures as of the positions asked for, or of the live state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from services.stats.asking import past_counts
from services.stats.asking.question import Question, horizons_of, vector_of
from services.stats.domain.ledgers import Vector
from services.stats.domain.measures import Figure, Measure, Term, figure_of, terms_of
from services.stats.domain.spans import Span, exists, spans_of
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.domain.time_basis import TimeBasis
from services.stats.store import positions
from services.stats.store.counted_tables import CountedTables
from services.stats.store.rollups import Sums
from services.stats.store.subject_tables import tables_of
from shared.postgres import Connection


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures and the positions that they are as of."""

    figures: Sequence[Figure]
    vector: Vector
    horizon: date
    """The day by which terms and running periods were judged."""
    parked: Vector = field(default_factory=dict)
    """How many events each ledger lacks, where it lacks any."""


async def figures(
    connection: Connection, question: Question, measures: Sequence[Measure]
) -> Answer:
    """The figures, read within one snapshot."""
    live = await positions.folded(connection, question.division)
    vector = await vector_of(connection, question, live)
    terms = {term for measure in measures for term in terms_of(measure)}
    horizon = question.judged_on(datetime.now(UTC))
    counts = await _counts(connection, question, terms, horizon=horizon, vector=vector, live=live)
    parked = await positions.parked(connection, question.division, vector)
    found = [figure_of(measure, counts) for measure in measures]
    return Answer(found, vector, horizon, parked)


async def _counts(
    connection: Connection,
    question: Question,
    terms: set[Term],
    *,
    horizon: date,
    vector: Vector,
    live: Vector,
) -> Counter[Term]:
    counts = Counter({term: 0 for term in terms if exists(term, question.period)})
    for subject in SUBJECTS:
        own = [term for term in terms if SUBJECT_OF[term.counter] is subject]
        if not own:
            continue
        tables = tables_of(subject)
        horizons = horizons_of(subject, vector, horizon)
        spans = list(spans_of(own, question.period, horizons, question.by))
        sums = await _sums(connection, tables, question, spans, vector=vector, live=live)
        for (term, _), value in sums.items():
            counts[term] += value
    return counts


async def _sums(
    connection: Connection,
    tables: CountedTables,
    question: Question,
    spans: Sequence[Span],
    *,
    vector: Vector,
    live: Vector,
) -> Sums:
    chosen = question.chosen
    if question.by is TimeBasis.RECORDED:
        return await past_counts.sums_by_recording(connection, tables, spans, chosen, vector)
    return await past_counts.sums(connection, tables, spans, chosen, vector=vector, live=live)
