"""Which cases each figure has to count: a fold of the checker's own, over the whole ledger."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tests.chaos.observed import LedgerEvent

FIGURES = (
    "cases_filed",
    "cases_accepted",
    "cases_answered",
    "cases_resolved",
    "cases_closed",
    "cases_diverted",
    "cases_withdrawn",
)
_COUNTS_IN = {
    "case-filed": "cases_filed",
    "case-accepted": "cases_accepted",
    "case-replied": "cases_answered",
    "opinion-served": "cases_answered",
    "case-resolved": "cases_resolved",
    "case-closed": "cases_closed",
    "case-diverted": "cases_diverted",
    "case-withdrawn": "cases_withdrawn",
}
_UNDONE_BY_REOPENING = ("cases_resolved", "cases_closed", "cases_diverted", "cases_withdrawn")


def counted_cases(events: Sequence[LedgerEvent]) -> Mapping[str, set[str]]:
    """For each figure the cases that it counts once all these events are folded."""
    counted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if figure := _COUNTS_IN.get(event.kind):
            counted[figure].add(event.stream_id)
        elif event.kind == "case-reopened":
            for figure in _UNDONE_BY_REOPENING:
                counted[figure].discard(event.stream_id)
    return counted
