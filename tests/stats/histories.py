"""Any history that a ledger may hold, for properties: also what intake would have refused."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.contracts.case_codes import Category, Channel, FirstOrRepeat
from tests.stats.lives import TOWNSHIP, Ledger

_FIRST = date(2024, 1, 1)
_STEPS = (
    "accept",
    "reply",
    "serve",
    "resolve",
    "withdraw",
    "divert",
    "link",
    "close",
    "reopen",
    "forward",
)
_DAYS = st.integers(0, 700).map(lambda days: (_FIRST + timedelta(days=days)).isoformat())
_FILINGS = st.fixed_dictionaries(
    {
        "on": _DAYS,
        "category": st.sampled_from([Category.LAND, Category.LABOUR]),
        "channel": st.sampled_from([Channel.VISIT, Channel.ONLINE]),
        "headcount": st.sampled_from([None, 1, 5]),
        "history": st.sampled_from(FirstOrRepeat),
        "village": st.sampled_from([None, f"{TOWNSHIP}001", f"{TOWNSHIP}002"]),
        "repeats": st.booleans(),
    }
)
_LATER = st.tuples(st.sampled_from(_STEPS), st.integers(0, 9), _DAYS)


@st.composite
def ledgers(draw: st.DrawFn, most: int = 40) -> Ledger:
    """A township's ledger with a few cases and anything that may happen to them."""
    ledger = Ledger()
    cases: list[str] = []
    for command in draw(st.lists(_FILINGS | _LATER, min_size=1, max_size=most)):
        if isinstance(command, dict):
            cases.append(_file(ledger, cases, **command))
        elif cases:
            what, which, on = command
            getattr(ledger, what)(cases[which % len(cases)], on)
    return ledger


def _file(ledger: Ledger, cases: list[str], *, repeats: bool, **filing: Any) -> str:
    return ledger.file(repeat_of=cases[-1] if repeats and cases else None, **filing)
