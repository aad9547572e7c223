"""Ledgers whose moments lie on, just before and just after every edge that a counter has."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from services.stats.domain.policy import POLICY
from shared.contracts.case_codes import Channel, FirstOrRepeat
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.transfer_codes import TransferStep
from shared.times import start_of
from tests.stats.histories import CORRECTIONS, PURPOSES
from tests.stats.lives import COUNTY, NEIGHBOUR, Ledger

# the ends of a year, of a February, and of one that is longer
FIRST_DAYS = (date(2023, 12, 31), date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28))
TERMS = (POLICY.acceptance_days, *POLICY.answer_days, POLICY.first_time_window_days, 365)
TIMES = st.sampled_from([timedelta(), timedelta(microseconds=-1), timedelta(hours=12)])
STEPS = st.sampled_from(
    [
        "serve",
        "reply",
        "resolve",
        "withdraw",
        "divert",
        "link",
        "decline",
        "close",
        "reopen",
        "forward",
        "tell",
        "void",
        "assign",
        "assign",
        "note",
        "note",
        "give_back",
    ]
)
FILINGS = st.fixed_dictionaries(
    {
        "channel": st.sampled_from([Channel.VISIT, Channel.ONLINE]),
        "headcount": st.sampled_from([None, 4, 5]),
        "history": st.sampled_from(FirstOrRepeat),
        "imported": st.sampled_from([None, True]),
        "purpose": PURPOSES,
        "contact_unclear": st.sampled_from([None, None, True]),
    }
)


@st.composite
def ledgers_on_the_edge(draw: st.DrawFn) -> Ledger:
    """All days lie about one term apart, so that its edges are met often."""
    ledger = Ledger()
    first, term = draw(st.sampled_from(FIRST_DAYS)), draw(st.sampled_from(TERMS))
    days = st.sampled_from([0, term - 1, term, term + 1])

    def moment() -> datetime:
        return start_of(first + timedelta(days=draw(days))) + draw(TIMES)

    def day() -> str:
        return f"{moment():%Y-%m-%d}"

    case = None
    for _ in range(draw(st.integers(1, 3))):
        case = ledger.file(
            moment(),
            repeat_of=draw(st.sampled_from([None, case])),
            received_on=draw(st.sampled_from([None, first])),
            **draw(FILINGS),
        )
        for _ in range(draw(st.integers(0, 2))):
            ledger.accept(case, day(), min(term, 90), draw(st.sampled_from([None, 0, 1])))
        if draw(st.booleans()):
            ledger.extend(case, moment(), day())
            ledger.tell(case, moment(), NoticeKind.EXTENSION)
        for step in draw(st.lists(STEPS, max_size=3)):
            getattr(ledger, step)(case, moment())
        if draw(st.booleans()):
            ledger.correct(case, moment(), **_named(draw(CORRECTIONS), ledger))
    record_until(ledger, moment())
    return ledger


def _named(facts: dict[str, Any], ledger: Ledger) -> dict[str, Any]:
    """The case that is meant where one is named by its number."""
    repeated, cases = facts.get("repeat_of"), list(ledger.repeats)
    return facts if repeated is None else facts | {"repeat_of": cases[repeated % len(cases)]}


def record_until(ledger: Ledger, last: datetime) -> None:
    """The last event is recorded at that moment, those before it a minute apart."""
    events = ledger.events
    ledger.events = [
        replace(event, recorded_at=last - timedelta(minutes=len(events) - event.sequence))
        for event in events
    ]


def repeated_after(days: int) -> Ledger:
    """A first case that is repeated so many days after it was closed."""
    ledger = Ledger()
    case = ledger.file("2025-01-01")
    ledger.close(case, "2025-01-10")
    again = start_of(date(2025, 1, 10) + timedelta(days=days))
    ledger.file(again, history=FirstOrRepeat.REPEAT, repeat_of=case)
    return ledger


def answered_around_the_due_moment(by: timedelta) -> Ledger:
    """Accepted with a term of 60 days and answered so long after that is over."""
    ledger = Ledger()
    case = ledger.file("2025-01-01")
    ledger.accept(case, "2025-01-10", 60)
    ledger.serve(case, start_of(date(2025, 3, 12)) + by)
    return ledger


def compared_with_the_year_before(accepted: str, recorded_until: str) -> Ledger:
    """Accepted on a day a year ago, in a ledger whose last event is of a running year."""
    ledger = Ledger()
    ledger.accept(ledger.file(accepted), accepted)
    ledger.accept(ledger.file(recorded_until), recorded_until)
    record_until(ledger, start_of(date.fromisoformat(recorded_until)))
    return ledger


LAST_DAYS = {"acceptance": date(2025, 1, 16), "reply": date(2025, 3, 5)}


def elsewhere(term: str, left: int, back: int | None, **more: Any) -> Ledger:
    """Passed on so many days after the last day of a term, and back so many days after it."""
    ledger, last = Ledger(), LAST_DAYS[term]
    case = ledger.file("2025-01-01", **more)
    if term == "reply":
        ledger.accept(case, "2025-01-04", 60)
    ledger.forward(case, f"{last + timedelta(days=left)}", to_division=NEIGHBOUR)
    if back is not None:
        ledger.note(case, f"{last + timedelta(days=back)}")
    return ledger


def sent_on(*, comes_back: bool) -> Ledger:
    """Passed on twice over; the matter went on from there, was returned there, and came back."""
    ledger = elsewhere("acceptance", -1, None)
    case = next(iter(ledger.repeats))
    ledger.forward(case, "2025-01-19", to_division=COUNTY)
    ledger.note(case, "2025-01-20", TransferStep.PASSED_ON, to_division=COUNTY)
    ledger.note(case, "2025-01-21", TransferStep.RETURNED, to_division=NEIGHBOUR)
    if comes_back:
        ledger.note(case, "2025-01-22")
        ledger.accept(case, "2025-01-23", 60)
    return ledger


def never_its_own() -> Ledger:
    """A matter that was returned: what comes later counts no more."""
    ledger = Ledger()
    case = ledger.file("2025-01-01")
    ledger.give_back(case, "2025-01-07")
    ledger.void(case, "2025-01-08")
    ledger.resolve(case, "2025-01-09")
    return ledger


def recognised(*, elsewhere: bool) -> Ledger:
    """As an accusation, once it was accepted, or where another ledger holds the matter."""
    ledger = Ledger()
    case = ledger.file("2025-01-01")
    if elsewhere:
        ledger.forward(case, "2025-01-05", to_division=NEIGHBOUR)
    else:
        ledger.accept(case, "2025-01-05", 60)
    ledger.recognise(case, "2025-01-08")
    ledger.resolve(case, "2025-01-09")
    return ledger


EDGES = [
    *(
        elsewhere(term, left, back)
        for term in LAST_DAYS
        for left in (-1, 0, 1)
        for back in (None, -1, 0, 1, 400)
    ),
    sent_on(comes_back=False),
    sent_on(comes_back=True),
    never_its_own(),
    recognised(elsewhere=False),
    recognised(elsewhere=True),
    *(repeated_after(days) for days in (89, 90, 91)),
    *(answered_around_the_due_moment(timedelta(microseconds=by)) for by in (-1, 0, 1)),
    *(
        compared_with_the_year_before(accepted, until)
        for accepted, until in (
            ("2024-02-28", "2025-02-28"),
            ("2024-02-29", "2025-02-28"),
            ("2024-03-01", "2025-02-28"),
            ("2023-02-28", "2024-02-28"),
            ("2023-02-28", "2024-02-29"),
            ("2024-06-15", "2025-06-15"),
            ("2024-06-16", "2025-06-15"),
            ("2024-01-01", "2025-01-01"),
            ("2024-12-31", "2025-12-31"),
        )
    ),
]
