"""The evidence of a figure: the entities that it counts, each with the events that made it count."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import attrgetter

from services.stats.asking.past_counts import by_division, position_in
from services.stats.asking.question import Question, horizons_of, vector_of
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counting import by_counter, spans_counted
from services.stats.domain.ledgers import Vector
from services.stats.domain.measures import Part
from services.stats.domain.spans import Span, spans_of
from services.stats.domain.subjects import COUNTERS, SUBJECT_OF
from services.stats.domain.time_basis import TimeBasis
from services.stats.domain.windows import windows_of
from services.stats.store import positions, rollups
from services.stats.store.candidates import Wanted
from services.stats.store.counted_tables import CountedTables
from services.stats.store.filters import Chosen
from services.stats.store.histories import histories
from services.stats.store.kept_from import Asker, kept_from
from services.stats.store.subject_tables import tables_of
from shared.divisions import division_of
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step
from shared.folding.subject import Fact
from shared.postgres import Connection

_BATCH = 500


@dataclass(frozen=True, slots=True)
class CountedEntity:
    """An entity by its id, and the steps that made it count."""

    entity_id: str
    steps: tuple[Step, ...]
    is_withheld: bool = False
    """It is about the unit of whoever asks, or was recognised as an accusation."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page of counted entities and the positions that it is as of."""

    found: list[CountedEntity]
    withheld: int
    """How many more count there, which are about the unit of whoever asks or accusations."""
    vector: Vector
    horizon: date
    parked: Vector
    """How many events each ledger lacks, where it lacks any."""


async def evidence(
    connection: Connection,
    question: Question,
    part: Part,
    *,
    asker: Asker,
    after: str,
    limit: int,
) -> Evidence:
    """Up to `limit` entities after an id, and one more where there is one, within one snapshot.

    They are in the order of their ids. Those that are about the asker's unit, and accusations, are
    counted alone.
    """
    tables = tables_of(SUBJECT_OF[part.term.counter])
    live = await positions.folded(connection, question.division)
    vector = await vector_of(connection, question, live)
    parked = await positions.parked(connection, question.division, vector)
    horizon = question.judged_on(datetime.now(UTC))
    horizons = horizons_of(tables.subject, vector, horizon)
    spans = [
        span
        for span in spans_of(part.terms, question.period, horizons, question.by)
        if not after or span.division >= division_of(after)
    ]
    if vector == live and question.by is TimeBasis.OCCURRED:
        spans = await _not_empty(connection, tables, spans, question.chosen)
    found: list[CountedEntity] = []
    withheld = behind_the_last = 0
    for division, own in sorted(by_division(spans).items()):
        seq = position_in(vector, tables.subject, division)
        asked = _wanted(tables, own, question.by, seq, after)
        async for counted in _counted(connection, question, _Counting(part, own), asked, asker):
            if not counted.is_withheld:
                found.append(counted)
            elif len(found) < limit:
                withheld += 1
            else:
                behind_the_last += 1
            if len(found) > limit:  # the next page counts what lies behind the last of this one
                return Evidence(found, withheld, vector, horizon, parked)
    return Evidence(found, withheld + behind_the_last, vector, horizon, parked)


async def _not_empty(
    connection: Connection, tables: CountedTables, spans: Sequence[Span], chosen: Chosen
) -> list[Span]:
    """Those in which anything is counted: no entity of the others need be looked at."""
    sums = await rollups.sums(connection, tables, spans, chosen)
    counted = {(replace(term, value=None), division) for (term, division), n in sums.items() if n}
    return [span for span in spans if (span.term, span.division) in counted]


class _Counting:
    """Whether an entity counts in the spans of one division, and by which events."""

    def __init__(self, part: Part, spans: Sequence[Span]) -> None:
        self._part, self._spans = part, by_counter(spans)

    def steps(
        self, subject: CountedSubject, fact: Fact, history: Sequence[Step], by: TimeBasis
    ) -> tuple[Step, ...]:
        """The steps by which it has the anchor, and those that its counter reads besides.

        None where the entity does not count, or is taken off as often as it counts.
        """
        counted = list(spans_counted(subject, fact, history, self._spans, by))
        less = sum(each.times for each in counted if each.span.term == self._part.less)
        if sum(each.times for each in counted) <= 2 * less:
            return ()
        made_by = COUNTERS[self._part.term.counter].made_by
        read = (attrgetter(name)(fact) for name in made_by)
        occurrences = (*(each.occurrence for each in counted), *read)
        made = {each.seq for each in occurrences if isinstance(each, Occurrence)}
        return tuple(step for step in history if step.seq in made)


async def _counted(
    connection: Connection,
    question: Question,
    counting: _Counting,
    asked: Wanted,
    asker: Asker,
) -> AsyncIterator[CountedEntity]:
    """All counted entities of one division, read in batches: a caller may stop at any of them."""
    subject = asked.tables.subject
    while True:
        batch = [history async for history in histories(connection, asked)]
        ids = [history[0].entity_id for history in batch]
        kept = await kept_from(connection, asked.tables, asker, division=asked.division, ids=ids)
        for history in batch:
            fact = subject.fold(history)
            if fact is None or not question.chosen.takes(subject, fact):
                continue
            if steps := counting.steps(subject, fact, history, question.by):
                entity_id = history[0].entity_id
                yield CountedEntity(entity_id, steps, is_withheld=entity_id in kept)
        if len(batch) < _BATCH:
            return
        asked = replace(asked, after=batch[-1][0].entity_id)


def _wanted(
    tables: CountedTables, spans: Sequence[Span], by: TimeBasis, seq: int, after: str
) -> Wanted:
    return Wanted(
        tables=tables,
        division=spans[0].division,
        seq=seq,
        windows=windows_of(spans, by),
        after=after,
        limit=_BATCH,
    )
