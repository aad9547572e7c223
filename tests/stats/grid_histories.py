"""Any history of villages, grids, workers and reports, also what the service would refuse."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.contracts.grid_codes import Employment, GridKind, VillageKind
from shared.contracts.report_codes import ReportSource, ReportTopic, Urgency
from tests.stats.grid_lives import Grids, a_village

_FIRST = date(2024, 1, 1)
# some of them are later than every horizon
_DAYS = st.integers(0, 4000).map(lambda days: (_FIRST + timedelta(days=days)).isoformat()) | (
    st.integers(0, 700).map(lambda days: (_FIRST + timedelta(days=days)).isoformat())
)
_WHICH = st.integers(0, 5)
_VILLAGES = st.integers(201, 203).map(a_village)
_GRIDS = st.builds("{}{:03}".format, _VILLAGES, st.integers(1, 2))
_PLACES = (
    st.tuples(st.just("register"), _VILLAGES, _DAYS)
    | st.tuples(st.just("end_village"), _VILLAGES, _DAYS)
    | st.tuples(st.just("define"), _GRIDS, _DAYS, st.sampled_from(GridKind))
    | st.tuples(st.just("end_grid"), _GRIDS, _DAYS)
    | st.tuples(
        st.just("correct_village"),
        _VILLAGES,
        st.none() | _DAYS,
        st.none() | st.sampled_from(VillageKind),
    )
    | st.tuples(
        st.just("correct_grid"),
        _GRIDS,
        st.none() | _DAYS,
        st.none() | st.sampled_from(GridKind),
    )
)
_WORKERS = (
    st.tuples(st.just("enrol"), _WHICH, _DAYS, st.sampled_from(Employment))
    | st.tuples(st.just("assign"), _WHICH, _GRIDS, _DAYS)
    | st.tuples(st.just("void_assignment"), _WHICH, _GRIDS)
    | st.tuples(st.just("leave"), _WHICH, _DAYS)
    | st.just(("erase",))
)
_REPORTS = st.tuples(
    st.just("submit"),
    _DAYS,
    st.sampled_from([ReportTopic.WASTE, ReportTopic.UNPAID_WAGES]),
    st.sampled_from([Urgency.NORMAL, Urgency.AT_ONCE]),
    st.sampled_from([ReportSource.PATROL, ReportSource.RESIDENT]),
    _GRIDS,
) | st.tuples(st.sampled_from(("validate", "reject", "close", "miss")), _WHICH, _DAYS)
_CORRECTIONS = st.tuples(
    st.just("correct_topic"),
    _WHICH,
    _DAYS,
    st.sampled_from([ReportTopic.WASTE, ReportTopic.UNPAID_WAGES]),
    st.none() | _GRIDS,
)


@st.composite
def grid_ledgers(draw: st.DrawFn, most: int = 40, *, lawful: bool = False) -> Grids:
    """A township's ledger with a few of everything, and anything that may happen to it.

    Of a lawful one every report is checked once, and none is closed or missed.
    """
    history = _History(lawful=lawful)
    for command in draw(
        st.lists(_PLACES | _WORKERS | _REPORTS | _CORRECTIONS, min_size=1, max_size=most)
    ):
        history.add(*command)
    return history.ledger


class _History:
    def __init__(self, *, lawful: bool) -> None:
        self.ledger, self.lawful = Grids(), lawful
        self.workers: list[str] = []
        self.reports: list[str] = []

    def add(self, what: str, *rest: Any) -> None:
        match what:
            case "submit":
                self.reports.append(self.ledger.submit(*rest))
            case "validate" | "reject" | "close" | "miss" | "correct_topic":
                self._step(what, *rest)
            case "enrol":
                which, on, employment = rest
                known = self.workers[which] if which < len(self.workers) else None
                worker = self.ledger.enrol(on, employment, again=known)
                if known is None:
                    self.workers.append(worker)
            case "assign" | "void_assignment" | "leave":
                if self.workers:
                    self._of(self.workers, what, *rest)
            case _:
                getattr(self.ledger, what)(*rest)

    def _step(self, what: str, *rest: Any) -> None:
        if not self.reports:
            return
        if not self.lawful or what == "correct_topic":
            self._of(self.reports, what, *rest)
        elif what in {"validate", "reject"}:
            self._of([self.reports.pop()], what, *rest)

    def _of(self, known: list[str], what: str, which: int, *rest: Any) -> None:
        getattr(self.ledger, what)(known[which % len(known)], *rest)
