"""Any history that a ledger may hold, for properties: also what intake would have refused."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade
from shared.contracts.transfer_codes import TransferStep
from shared.divisions import new_id
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

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
    "decline",
    "void",
    "tell",
    "assign",
    "note",
    "give_back",
    "recognise",
)
_DAYS = st.integers(0, 700).map(lambda days: (_FIRST + timedelta(days=days)).isoformat())
DAYS_OR_NONE = st.none() | st.integers(0, 700).map(lambda days: _FIRST + timedelta(days=days))
PURPOSES = st.sampled_from(
    [Purpose.REQUEST, Purpose.APPEAL, Purpose.SUGGESTION, Purpose.ACCUSATION, Purpose.NOT_STATED]
)
CORRECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from([Category.LAND, Category.LABOUR]),
        "village_code": st.sampled_from([None, f"{TOWNSHIP}001"]),
        "channel": st.sampled_from([Channel.VISIT, Channel.ONLINE]),
        "headcount": st.sampled_from([None, 1, 5]),
        "first_or_repeat": st.sampled_from(FirstOrRepeat),
        "purpose": PURPOSES,
        "anonymous": st.booleans(),
        "contact_unclear": st.booleans(),
        "received_on": DAYS_OR_NONE,
        "repeat_of": st.none() | st.integers(0, 9),
    },
)
"""By the fields of the event; `repeat_of` says which of the cases, by its number."""
_FILINGS = st.fixed_dictionaries(
    {
        "on": _DAYS,
        "category": st.sampled_from([Category.LAND, Category.LABOUR]),
        "channel": st.sampled_from([Channel.VISIT, Channel.ONLINE]),
        "headcount": st.sampled_from([None, 1, 5]),
        "history": st.sampled_from(FirstOrRepeat),
        "village": st.sampled_from([None, f"{TOWNSHIP}001", f"{TOWNSHIP}002"]),
        "repeats": st.booleans(),
        "imported": st.sampled_from([None, None, True]),
        "purpose": PURPOSES,
        "anonymous": st.sampled_from([None, True]),
        "contact_unclear": st.sampled_from([None, None, True]),
        "received_on": DAYS_OR_NONE,
    }
)
Later = tuple[str, int, str, dict[str, Any]]
_NO_MORE: dict[str, Any] = {}
_LATER: st.SearchStrategy[Later] = st.tuples(
    st.sampled_from(_STEPS), st.integers(0, 9), _DAYS, st.just(_NO_MORE)
)
_LATER_WITH_MORE: st.SearchStrategy[Later] = st.one_of(
    st.tuples(
        st.just("accept"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries(
            {"rest": st.sampled_from([None, 0, 3, 31, 40]), "days": st.sampled_from([60, None])}
        ),
    ),
    st.tuples(
        st.just("extend"), st.integers(0, 9), _DAYS, st.fixed_dictionaries({"until": _DAYS})
    ),
    st.tuples(
        st.just("tell"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries(
            {"notice": st.sampled_from(NoticeKind), "served_on": DAYS_OR_NONE},
        ),
    ),
    st.tuples(
        st.just("serve"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries({"served_on": DAYS_OR_NONE}),
    ),
    st.tuples(
        st.just("resolve"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries({"grounds": st.sampled_from([(), (new_id(TOWNSHIP),)])}),
    ),
    st.tuples(
        st.just("rate"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries(
            {"about": st.sampled_from(RatedSubject), "grade": st.sampled_from(RatingGrade)}
        ),
    ),
    st.tuples(st.just("correct"), st.integers(0, 9), _DAYS, CORRECTIONS),
    st.tuples(
        st.just("forward"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries({"to_division": st.sampled_from([NEIGHBOUR, COUNTY, TOWNSHIP])}),
    ),
    st.tuples(
        st.just("note"),
        st.integers(0, 9),
        _DAYS,
        st.fixed_dictionaries(
            {
                "step": st.sampled_from(
                    [TransferStep.RETURNED, TransferStep.RETURNED, TransferStep.PASSED_ON]
                ),
                "to_division": st.sampled_from([TOWNSHIP, TOWNSHIP, NEIGHBOUR]),
            }
        ),
    ),
)


@st.composite
def ledgers(draw: st.DrawFn, most: int = 40) -> Ledger:
    """A township's ledger with a few cases and anything that may happen to them."""
    ledger = Ledger()
    cases: list[str] = []
    for command in draw(st.lists(_FILINGS | _LATER | _LATER_WITH_MORE, min_size=1, max_size=most)):
        if isinstance(command, dict):
            cases.append(_file(ledger, cases, **command))
        elif cases:
            what, which, on, more = command
            getattr(ledger, what)(cases[which % len(cases)], on, **_named(more, cases))
    return ledger


def _named(more: dict[str, Any], cases: list[str]) -> dict[str, Any]:
    """The case that is meant where one is named by its number."""
    repeated = more.get("repeat_of")
    return more if repeated is None else more | {"repeat_of": cases[repeated % len(cases)]}


def _file(ledger: Ledger, cases: list[str], *, repeats: bool, **filing: Any) -> str:
    return ledger.file(repeat_of=cases[-1] if repeats and cases else None, **filing)
