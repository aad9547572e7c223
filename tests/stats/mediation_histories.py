"""Any history of mediations and mediators, for properties: also what the service would refuse."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import DisputeKind, MediatorKind, SessionMode
from tests.stats.made_up_ledger import TOWNSHIP
from tests.stats.mediation_lives import COMMITTEE, OTHER_COMMITTEE, Mediations

_FIRST = date(2024, 1, 1)
_ENDS = ("fail", "terminate", "refuse", "void_end", "perform", "breach")
_DAYS = st.integers(0, 700).map(lambda days: (_FIRST + timedelta(days=days)).isoformat())
_WHICH = st.integers(0, 9)
_APPLICATIONS = st.fixed_dictionaries(
    {
        "on": _DAYS,
        "category": st.sampled_from([Category.LAND, Category.LABOUR]),
        "kind": st.sampled_from([DisputeKind.NEIGHBOURS, DisputeKind.LABOUR]),
        "village": st.sampled_from([None, f"{TOWNSHIP}001"]),
        "committee": st.sampled_from([COMMITTEE, OTHER_COMMITTEE]),
    }
)
_KINDS = st.lists(
    st.sampled_from([MediatorKind.CERTIFIED, MediatorKind.RETIRED_CADRE]),
    min_size=1,
    max_size=2,
    unique=True,
)
_LATER = (
    st.tuples(st.sampled_from(_ENDS), _WHICH, _DAYS)
    | st.tuples(st.just("meet"), _WHICH, _DAYS, st.sampled_from(SessionMode))
    | st.tuples(st.just("void"), _WHICH, _DAYS, _WHICH)
    | st.tuples(st.just("succeed"), _WHICH, _DAYS, st.none() | _DAYS)
    | st.tuples(st.just("enrol"), _WHICH, _DAYS, _KINDS)
    | st.tuples(st.just("leave"), _WHICH, _DAYS)
)


@st.composite
def mediation_ledgers(draw: st.DrawFn, most: int = 40) -> Mediations:
    """A township's ledger with a few disputes, mediators and anything that may happen."""
    history = _History()
    for command in draw(st.lists(_APPLICATIONS | _LATER, min_size=1, max_size=most)):
        history.add(command)
    return history.ledger


class _History:
    def __init__(self) -> None:
        self.ledger = Mediations()
        self.mediations: list[str] = []
        self.sessions: list[str] = []
        self.mediators: list[str] = []

    def add(self, command: Any) -> None:
        if isinstance(command, dict):
            self.mediations.append(self.ledger.apply(**command))
            return
        what, which, on, *rest = command
        if what in {"enrol", "leave"}:
            self._roster(what, which, on, *rest)
        elif self.mediations:
            self._mediate(what, self.mediations[which % len(self.mediations)], on, *rest)

    def _roster(self, what: str, which: int, on: str, *rest: Any) -> None:
        known = self.mediators[which] if which < len(self.mediators) else None
        if what == "enrol":
            self.mediators.append(self.ledger.enrol(on, *rest[0], again=known))
        elif known:
            self.ledger.leave(known, on)

    def _mediate(self, what: str, mediation: str, on: str, *rest: Any) -> None:
        if what == "meet":
            self.sessions.append(self.ledger.meet(mediation, on, *rest))
        elif what == "void":
            if self.sessions:
                session = self.sessions[rest[0] % len(self.sessions)]
                self.ledger.void_session(mediation, session, on)
        else:
            getattr(self.ledger, what)(mediation, on, *rest)
