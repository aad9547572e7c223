"""Counts as they were at past positions: folded from the steps again, by the same pure fold.

A ledger that has little after the position is counted from today's rollups, less what the entities
touched since then contribute now, and with what they contributed then; a ledger that has more
after it than before is counted from the entities that the question can be about. So is every ledger
where the days are those of recording, which the rollups do not know.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counting import by_counter, spans_counted
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span
from services.stats.domain.time_basis import TimeBasis
from services.stats.domain.windows import windows_of
from services.stats.store import rollups
from services.stats.store.candidates import Wanted
from services.stats.store.counted_tables import CountedTables
from services.stats.store.filters import Chosen
from services.stats.store.histories import histories, histories_touched
from services.stats.store.rollups import Sums
from shared.folding.step import Step
from shared.postgres import Connection

Found = Counter[tuple[Term, str]]


async def sums(
    connection: Connection,
    tables: CountedTables,
    spans: Sequence[Span],
    chosen: Chosen,
    *,
    vector: Vector,
    live: Vector,
) -> Sums:
    """What `rollups.sums` gave when the ledgers stood at these positions."""
    subject = tables.subject
    near = [span for span in spans if _is_near(subject, span.division, vector, live)]
    found: Found = Counter(await rollups.sums(connection, tables, near, chosen))
    for division, asked in by_division(spans).items():
        then, now = (position_in(each, subject, division) for each in (vector, live))
        folding = _Folding(tables, asked, chosen)
        if _is_near(subject, division, vector, live):
            await folding.take_back(connection, found, then=then, now=now)
        else:
            await folding.count_anew(connection, found, then=then)
    return found


async def sums_by_recording(
    connection: Connection,
    tables: CountedTables,
    spans: Sequence[Span],
    chosen: Chosen,
    vector: Vector,
) -> Sums:
    """The same by the days on which things were recorded."""
    found: Found = Counter()
    for division, asked in by_division(spans).items():
        then = position_in(vector, tables.subject, division)
        folding = _Folding(tables, asked, chosen, TimeBasis.RECORDED)
        await folding.count_anew(connection, found, then=then)
    return found


def by_division(spans: Sequence[Span]) -> dict[str, list[Span]]:
    """The spans of each division."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.division].append(span)
    return found


def _is_near(subject: CountedSubject, division: str, vector: Vector, live: Vector) -> bool:
    then, now = (position_in(each, subject, division) for each in (vector, live))
    return 2 * then >= now


def position_in(vector: Vector, subject: CountedSubject, division: str) -> int:
    """How far the ledger is read that tells of the subject in that division."""
    return vector.get(LedgerName(subject.service, division), 0)


class _Folding:
    """The spans of one division, counted from histories."""

    def __init__(
        self,
        tables: CountedTables,
        spans: Sequence[Span],
        chosen: Chosen,
        by: TimeBasis = TimeBasis.OCCURRED,
    ) -> None:
        self._tables, self._chosen, self._by = tables, chosen, by
        self._spans, self._asked = spans, by_counter(spans)
        self._division = spans[0].division

    async def take_back(
        self, connection: Connection, found: Found, *, then: int, now: int
    ) -> None:
        """From what is counted now to what was counted then."""
        if then == now:
            return
        touched = histories_touched(connection, self._tables, self._division, since=then, seq=now)
        async for history in touched:
            before = [step for step in history if step.seq <= then]
            found.subtract(self._counted(history))
            found.update(self._counted(before))

    async def count_anew(self, connection: Connection, found: Found, *, then: int) -> None:
        """What was counted then, from all that the spans can be about."""
        windows = windows_of(self._spans, self._by)
        wanted = Wanted(tables=self._tables, division=self._division, seq=then, windows=windows)
        async for history in histories(connection, wanted):
            found.update(self._counted(history))

    def _counted(self, history: Sequence[Step]) -> Found:
        subject = self._tables.subject
        fact, found = subject.fold(history), Found()
        if fact is None or not self._chosen.takes(subject, fact):
            return found
        for span, _, times in spans_counted(subject, fact, history, self._asked, self._by):
            found[span.term, span.division] += times
        return found
