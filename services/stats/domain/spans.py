"""Which days of which ledger each term of a figure is summed over.

The end of a term is judged, and a running year compared, by the horizon that is asked for: the same
position and the same horizon give the same figure again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.stats.domain.measures.terms import Term
from services.stats.domain.period import Period
from services.stats.domain.subjects import COUNTERS
from services.stats.domain.time_basis import TimeBasis

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A term in one division, from the first day to the last."""

    term: Term
    division: str
    start: date
    end: date
    terms_until: date = date.max
    """Where the days are those of recording: a term that ends later is not judged yet."""

    def of_value(self, value: int) -> "Span":
        """The same days for what counts under that value."""
        return replace(self, term=replace(self.term, value=value))


def spans_of(
    terms: Iterable[Term],
    period: Period,
    horizons: Mapping[str, date],
    by: TimeBasis = TimeBasis.OCCURRED,
) -> Iterator[Span]:
    """The spans to be summed; `horizons` gives the divisions and the day of judging."""
    for term in terms:
        for division, horizon in horizons.items():
            judged_after = COUNTERS[term.counter].judged_after
            if by is TimeBasis.RECORDED and judged_after is not None:
                until = _before(horizon, judged_after)
                start = date.min if term.ever else period.start
                yield Span(term, division, start, period.end, until)
            elif days := _days_of(term, period, horizon):
                yield Span(term, division, days.start, days.end)


def exists(term: Term, period: Period) -> bool:
    """Whether there is such a period at all; `all` has none a year before."""
    return not term.year_before or period.year_before() is not None


def _days_of(term: Term, period: Period, horizon: date) -> Period | None:
    if term.year_before:
        elapsed = period.until(horizon)
        return elapsed.year_before() if elapsed else None
    if term.ever:
        period = replace(period, start=date.min)
    judged_after = COUNTERS[term.counter].judged_after
    return period if judged_after is None else period.until(_before(horizon, judged_after))


def _before(horizon: date, judged_after: timedelta) -> date:
    """The last day that can be judged: what is awaited after it is over."""
    return horizon - min(judged_after + _DAY, horizon - date.min)
