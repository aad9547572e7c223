"""What each figure has to count: a fold of the checker's own, over a division's whole ledgers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tests.chaos.observed import Ledger, LedgerEvent

Counted = Mapping[str, Counter[str]]
"""For each figure how often it counts which case, dispute, report … by its id."""

_COUNTS_IN = {
    "case-filed": ("cases_filed",),
    "case-accepted": ("cases_accepted",),
    "case-replied": ("cases_answered",),
    "opinion-served": ("cases_answered",),
    "case-resolved": ("cases_resolved",),
    "case-closed": ("cases_closed",),
    "case-diverted": ("cases_diverted",),
    "case-withdrawn": ("cases_withdrawn",),
    "mediation-succeeded": ("mediations_ended", "mediations_succeeded"),
    "mediation-failed": ("mediations_ended",),
    "mediator-enrolled": ("mediators",),
    "grid-report-validated": ("valid_grid_reports",),
    "village-registered": ("villages",),
    "grid-defined": ("grids",),
    "grid-worker-enrolled": ("grid_workers",),
}
_UNDONE_BY = {
    "case-reopened": ("cases_resolved", "cases_closed", "cases_diverted", "cases_withdrawn"),
    "mediation-end-voided": ("mediations_ended", "mediations_succeeded"),
    "mediator-left": ("mediators",),
    "village-dissolved": ("villages",),
    "grid-dissolved": ("grids",),
    "grid-worker-left": ("grid_workers",),
}
_SESSIONS_BY = {"mediation-session-held": 1, "mediation-session-voided": -1}
_SESSIONS = "mediation_sessions"
FIGURES = (*sorted({name for names in _COUNTS_IN.values() for name in names}), _SESSIONS)


def counted_in(ledgers: Mapping[Ledger, Sequence[LedgerEvent]], division: str) -> Counted:
    """What the figures of a division count once all its ledgers are folded."""
    return counted(
        event for ledger in ledgers if ledger.division == division for event in ledgers[ledger]
    )


def counted(events: Iterable[LedgerEvent]) -> Counted:
    """What the figures count once all these events are folded."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for figure in _COUNTS_IN.get(event.kind, ()):
            found[figure][event.stream_id] = 1
        for figure in _UNDONE_BY.get(event.kind, ()):
            found[figure].pop(event.stream_id, None)
        # several sessions of a dispute count each
        found[_SESSIONS][event.stream_id] += _SESSIONS_BY.get(event.kind, 0)
    return {figure: +found[figure] for figure in FIGURES}
