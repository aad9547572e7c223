"""In which spans an entity counts.

By time of recording an entity counts on the day on which the event that makes it count was recorded,
and a term that ends on the later of its last day and the day on which what began it was recorded:
the day from which anyone could tell. So what is entered today counts in no period that was over
before, and over all days together both ways give the same. What is asked of a case (answered
within 30 days? accepted in time?) depends on when things occurred, either way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from services.stats.domain.counted_subject import Contribution, CountedSubject
from services.stats.domain.spans import Span
from services.stats.domain.stretch import Stretch
from services.stats.domain.subjects import COUNTERS
from services.stats.domain.time_basis import TimeBasis
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step
from shared.folding.subject import Fact
from shared.times import china_day

SpansOf = Mapping[str, Sequence[Span]]
"""The spans that are asked of each counter."""


class CountedSpan(NamedTuple):
    """A span in which an entity counts, and the occurrence by which it has the anchor."""

    span: Span
    occurrence: Occurrence
    times: int = 1
    """How often: the days of a stretch, the people of a visit."""


def by_counter(spans: Iterable[Span]) -> SpansOf:
    """The spans by the names of their counters."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.term.counter].append(span)
    return found


def spans_counted(
    subject: CountedSubject, fact: Fact, history: Sequence[Step], spans: SpansOf, by: TimeBasis
) -> Iterator[CountedSpan]:
    """Every span in which the entity counts, as often as it counts there.

    `history` is what the fact was folded from.
    """
    recorded_at = (
        {} if by is TimeBasis.OCCURRED else {step.seq: step.recorded_at for step in history}
    )
    for contribution in subject.contributions(fact):
        asked = spans.get(contribution.counter)
        if not asked:
            continue
        day = contribution.day
        counted = day if by is TimeBasis.OCCURRED else _recorded(contribution, recorded_at)
        value = COUNTERS[contribution.counter].value
        for span in asked:
            if span.start <= counted <= span.end and day <= span.terms_until:
                counted_in = span if value is None else span.of_value(value(fact))
                yield CountedSpan(counted_in, contribution.occurrence, contribution.times)
    yield from _on_end(subject, fact, spans, recorded_at)


def _on_end(
    subject: CountedSubject, fact: Fact, spans: SpansOf, recorded_at: Mapping[int, datetime]
) -> Iterator[CountedSpan]:
    """The spans in which days on end count."""
    for counter, anchor in subject.lasting:
        for span in spans.get(counter.name, ()):
            for stretch in anchor.stretches(fact):
                if days := _days(stretch, span, recorded_at):
                    yield CountedSpan(span, stretch.occurrence, days)


def _days(stretch: Stretch, span: Span, recorded_at: Mapping[int, datetime]) -> int:
    """How many days of the stretch count in the span.

    By recording, the days until the stretch was recorded count on that day, all others on their own.
    """
    start, end = span.start, min(span.end, span.terms_until)
    if recorded_at:
        recorded = china_day(recorded_at[stretch.occurrence.seq])
        if recorded > span.end:
            return 0
        if recorded >= start:
            start = date.min
    return stretch.days_in(start, end)


def _recorded(contribution: Contribution, recorded_at: Mapping[int, datetime]) -> date:
    """The day from which the ledger could tell."""
    recorded = china_day(recorded_at[contribution.occurrence.seq])
    is_due_day = COUNTERS[contribution.counter].anchor.is_due_day
    return max(contribution.day, recorded) if is_due_day else recorded
