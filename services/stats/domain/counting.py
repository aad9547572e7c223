"""In which spans a matter counts.

By time of recording a matter counts on the day on which the event that makes it count was recorded,
and a term that ends on the later of its last day and the day on which what began it was recorded:
the day from which anyone could tell. So what is entered today counts in no period that was over
before, and over all days together both ways give the same. What is asked of a case (answered
within 30 days? accepted in time?) is a matter of when things occurred, either way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from services.stats.domain.by import By
from services.stats.domain.mark import Mark
from services.stats.domain.spans import Span
from services.stats.domain.step import Step
from services.stats.domain.subject import Contribution, Fact, Subject
from services.stats.domain.subjects import COUNTERS
from shared.times import china_day

SpansOf = Mapping[str, Sequence[Span]]
"""The spans that are asked of each counter."""


class Counted(NamedTuple):
    """A span in which a matter counts, and the mark by which it has the anchor."""

    span: Span
    mark: Mark


def by_counter(spans: Iterable[Span]) -> SpansOf:
    """The spans by the names of their counters."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        found[span.term.counter].append(span)
    return found


def counted_in(
    subject: Subject, fact: Fact, history: Sequence[Step], spans: SpansOf, by: By
) -> Iterator[Counted]:
    """Every span in which the matter counts, as often as it counts there.

    `history` is what the fact was folded from.
    """
    told_at = {} if by is By.OCCURRED else {step.seq: step.recorded_at for step in history}
    for contribution in subject.contributions(fact):
        asked = spans.get(contribution.counter)
        if not asked:
            continue
        day = contribution.day
        counted = day if by is By.OCCURRED else _recorded(contribution, told_at)
        for span in asked:
            if span.start <= counted <= span.end and day <= span.terms_until:
                yield Counted(span, contribution.mark)


def _recorded(contribution: Contribution, told_at: Mapping[int, datetime]) -> date:
    """The day from which the ledger could tell."""
    told = china_day(told_at[contribution.mark.seq])
    is_due_day = COUNTERS[contribution.counter].anchor.is_due_day
    return max(contribution.day, told) if is_due_day else told
