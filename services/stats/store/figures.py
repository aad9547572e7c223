"""Figures as of the positions asked, or as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.stats.domain.by import By
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import Figure, Measure, Term, figure_of, terms_of
from services.stats.domain.period import Period
from services.stats.domain.spans import Span, exists, spans_of
from services.stats.domain.subjects import SUBJECT_OF, SUBJECTS
from services.stats.store import past, positions
from services.stats.store.filters import EVERYTHING, Chosen
from services.stats.store.rollups import Sums
from services.stats.store.subject_tables import tables_of
from services.stats.store.tables import SubjectTables
from shared.postgres import Connection
from shared.refusals import Refusal


class AsOfMissesLedger(Refusal):
    """The position does not say where every ledger of the division stood."""

    status = 422
    title = "The position misses a ledger"


class AsOfNotFolded(Refusal):
    """The position lies beyond what is folded here yet."""

    status = 503
    title = "The position is not reached yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which days of which division, of which matters, and as of when (None: as it stands)."""

    division: str
    period: Period
    by: By = By.OCCURRED
    chosen: Chosen = EVERYTHING
    as_of: Vector | datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures and the positions that they are as of."""

    figures: Sequence[Figure]
    vector: Vector
    parked: Vector = field(default_factory=dict)
    """How many events each ledger lacks, where it lacks any."""


async def figures(
    connection: Connection, question: Question, measures: Sequence[Measure]
) -> Answer:
    """The figures, read within one snapshot."""
    live = await positions.folded(connection, question.division)
    vector = await vector_of(connection, question, live)
    terms = {term for measure in measures for term in terms_of(measure)}
    counts = await _counts(connection, question, terms, vector, live)
    parked = await positions.parked(connection, question.division, vector)
    return Answer([figure_of(measure, counts) for measure in measures], vector, parked)


async def vector_of(
    connection: Connection, question: Question, live: Mapping[LedgerName, int]
) -> dict[LedgerName, int]:
    """The positions that the question is about."""
    asked = question.as_of
    if asked is None:
        return dict(live)
    if isinstance(asked, datetime):
        return await positions.at(connection, live, asked)
    missed = [ledger for ledger in live if ledger not in asked]
    if missed:
        raise AsOfMissesLedger(ledger=str(missed[0]))
    if any(asked[ledger] > seq for ledger, seq in live.items()):
        raise AsOfNotFolded
    return {ledger: asked[ledger] for ledger in live}


async def _counts(
    connection: Connection, question: Question, terms: set[Term], vector: Vector, live: Vector
) -> dict[Term, int]:
    counts = {term: 0 for term in terms if exists(term, question.period)}
    for subject in SUBJECTS:
        own = [term for term in terms if SUBJECT_OF[term.counter] is subject]
        if not own:
            continue
        tables = tables_of(subject)
        horizons = await positions.horizons(connection, tables, vector)
        spans = list(spans_of(own, question.period, horizons, question.by))
        sums = await _sums(connection, tables, question, spans, vector=vector, live=live)
        for (term, _), value in sums.items():
            counts[term] += value
    return counts


async def _sums(
    connection: Connection,
    tables: SubjectTables,
    question: Question,
    spans: Sequence[Span],
    *,
    vector: Vector,
    live: Vector,
) -> Sums:
    chosen = question.chosen
    if question.by is By.RECORDED:
        return await past.sums_by_recording(connection, tables, spans, chosen, vector)
    return await past.sums(connection, tables, spans, chosen, vector=vector, live=live)
