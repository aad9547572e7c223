"""In which spans a case counts.

By time of recording a case counts on the day on which the event that makes it count was recorded,
and a term that ends on the later of its last day and the day on which what began it was recorded:
the day from which anyone could tell. So what is entered today counts in no period that was over
before, and over all days together both ways give the same. What is asked of a case (answered
within 30 days? accepted in time?) is a matter of when things occurred, either way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from services.stats.domain.anchors import Anchor
from services.stats.domain.by import By
from services.stats.domain.case_fact import CaseFact, Mark
from services.stats.domain.case_step import CaseStep
from services.stats.domain.counters import COUNTERS, contributions
from services.stats.domain.spans import Span
from shared.times import china_day

_MADE_BY: dict[Anchor, Callable[[CaseFact], Mark | None]] = {
    Anchor.FILED: lambda fact: fact.filed,
    Anchor.ACCEPTANCE_DUE: lambda fact: fact.filed,
    Anchor.ACCEPTED: lambda fact: fact.accepted,
    Anchor.REPLY_DUE: lambda fact: fact.accepted,
    Anchor.ANSWERED: lambda fact: fact.answered,
    Anchor.RESOLVED: lambda fact: fact.resolved,
    Anchor.WITHDRAWN: lambda fact: fact.withdrawn,
    Anchor.DIVERTED: lambda fact: fact.diverted,
    Anchor.LINKED: lambda fact: fact.linked,
    Anchor.CLOSED: lambda fact: fact.closed,
}
"""The event by which a case has an anchor; for the end of a term, the one that began it."""


def counted_in(
    fact: CaseFact, history: Sequence[CaseStep], spans: Sequence[Span], by: By
) -> Iterator[Span]:
    """The spans in which the case counts; `history` is what the fact was folded from."""
    occurred = dict(contributions(fact))
    counted = occurred if by is By.OCCURRED else _recorded(fact, history, occurred)
    for span in spans:
        day = counted.get(span.term.counter)
        if day is None or not span.start <= day <= span.end:
            continue
        if occurred[span.term.counter] <= span.terms_until:
            yield span


def _recorded(
    fact: CaseFact, history: Sequence[CaseStep], occurred: Mapping[str, date]
) -> dict[str, date]:
    """The same counters, each on the day from which the ledger could tell."""
    told_at = {step.seq: step.recorded_at for step in history}
    days = {
        anchor: china_day(told_at[mark.seq])
        for anchor, made_by in _MADE_BY.items()
        if (mark := made_by(fact))
    }
    found: dict[str, date] = {}
    for counter, day in occurred.items():
        anchor = COUNTERS[counter].anchor
        found[counter] = max(day, days[anchor]) if anchor.is_due_day else days[anchor]
    return found
