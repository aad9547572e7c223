"""Any history of warnings and watched matters, also what the service would refuse."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import DisposedHow, WarningLevel, WarningRule
from shared.times import start_of
from tests.stats.made_up_ledger import TOWNSHIP
from tests.stats.warning_lives import Warnings

_FIRST = start_of(date(2024, 12, 28))
_MOMENTS = st.integers(0, 24 * 12).map(lambda hours: _FIRST + timedelta(hours=hours))
_DAYS = st.integers(0, 30).map(
    lambda days: (date(2024, 12, 20) + timedelta(days=days)).isoformat()
)
_WHICH = st.integers(0, 4)
_VILLAGES = st.none() | st.just(f"{TOWNSHIP}201")
_RAISED = st.tuples(
    st.just("warn"),
    _MOMENTS,
    st.sampled_from(WarningRule),
    st.sampled_from(WarningLevel),
    st.fixed_dictionaries(
        {
            "village": _VILLAGES,
            "category": st.none() | st.sampled_from([Category.LABOUR, Category.LAND]),
            "last_day": st.none() | _DAYS,
            "afterwards": st.booleans(),
            "safety": st.sampled_from([False, False, False, True]),
        }
    ),
)
_AFTER = (
    st.tuples(st.sampled_from(("acknowledge", "expire", "find_false")), _WHICH, _MOMENTS)
    | st.tuples(st.just("again"), _WHICH, _MOMENTS)
    | st.tuples(st.just("change"), _WHICH, _MOMENTS, st.sampled_from(WarningLevel))
    | st.tuples(st.just("dispose"), _WHICH, _MOMENTS, st.sampled_from(DisposedHow))
)
_WATCHES = st.tuples(st.just("watch"), _MOMENTS) | st.tuples(
    st.sampled_from(("review", "end_watch", "find_unjustified", "watch_again")), _WHICH, _MOMENTS
)


@st.composite
def warning_ledgers(draw: st.DrawFn, most: int = 30) -> Warnings:
    """A township's ledger with a few warnings and watches, and anything that may happen to them."""
    history = _History()
    for command in draw(st.lists(_RAISED | _AFTER | _AFTER | _WATCHES, min_size=1, max_size=most)):
        history.add(*command)
    return history.ledger


class _History:
    def __init__(self) -> None:
        self.ledger = Warnings()
        self.warnings: list[str] = []
        self.watches: list[str] = []

    def add(self, what: str, *rest: Any) -> None:
        match what:
            case "warn":
                on, rule, level, said = rest
                self.warnings.append(self.ledger.warn(on, rule, level, **said))
            case "again":
                if self.warnings:
                    self.ledger.warn(rest[1], again=self.warnings[rest[0] % len(self.warnings)])
            case "watch":
                self.watches.append(self.ledger.watch(*rest))
            case "watch_again":
                if self.watches:
                    self.ledger.watch(rest[1], again=self.watches[rest[0] % len(self.watches)])
            case "review" | "end_watch" | "find_unjustified":
                self._of(self.watches, what, *rest)
            case _:
                self._of(self.warnings, what, *rest)

    def _of(self, known: list[str], what: str, which: int, on: datetime, *rest: Any) -> None:
        if known:
            getattr(self.ledger, what)(known[which % len(known)], on, *rest)
