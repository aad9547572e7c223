"""Counters: on which day a case counts, and when it does not."""

from datetime import date, datetime, time

import pytest

from services.stats.domain.case_subject import CASE
from services.stats.domain.subjects import COUNTERS, SUBJECTS
from shared.contracts.case_codes import Channel, FirstOrRepeat
from shared.times import CHINA
from tests.stats.lives import Ledger

PLACES = {
    "filed": [
        "filed",
        "filed_repeat",
        "filed_history_stated",
        "filed_history_not_stated",
        "group_visits",
        "visits_of_unknown_size",
        "answered_within_15",
        "answered_within_30",
        "answered_within_60",
        "receipt_stated",
        "receipt_not_stated",
        "repeats_unlinked",
    ],
    "acceptance_due": [
        "acceptance_due",
        "accepted_in_time",
        "acceptance_not_stated",
        "withdrawn_unaccepted",
        "diverted_unaccepted",
        "linked_unaccepted",
        "acceptance_term_over",
        "accepted_within_term",
        "notice_due",
        "notice_in_time",
        "withdrawn_before_acceptance",
        "diverted_before_acceptance",
        "linked_before_acceptance",
        "declined_before_acceptance",
        "acceptance_silent",
        "acceptance_purpose_not_stated",
        "acceptance_no_claim",
        "withdrawn_before_notice",
        "notice_contact_unclear",
        "notice_accusation",
        "notice_silent",
        "transferred_before_acceptance",
    ],
    "accepted": [
        "accepted",
        "accepted_resolved",
        "accepted_withdrawn",
        "accepted_diverted",
        "accepted_linked",
        "accepted_unlinked",
        "accepted_long_ago",
        "accepted_unlinked_resolved",
        "resolved_soon",
        "accepted_grounds_not_recorded",
        "accepted_declined",
        "accepted_all_linked",
        "accepted_long_ago_linked",
    ],
    "reply_due": [
        "reply_due",
        "replied_on_time",
        "withdrawn_unanswered",
        "diverted_unanswered",
        "linked_unanswered",
        "reply_term_over",
        "replied_within_term",
        "petitioner_day_not_stated",
        "reply_purpose_not_stated",
        "reply_no_claim",
        "replied_within_extension",
        "extension_without_notice",
        "withdrawn_before_reply",
        "diverted_before_reply",
        "linked_before_reply",
        "declined_before_reply",
        "transferred_before_reply",
    ],
    "answered": ["answered"],
    "resolved": [
        "resolved",
        "first_resolved",
        "first_resolved_for_good",
        "first_resolved_reopened",
    ],
    "withdrawn": ["withdrawn"],
    "diverted": ["diverted"],
    "linked": ["linked"],
    "closed": ["closed", "first_closed", "first_closed_not_repeated", "first_closed_unresolved"],
    "voided": ["filed_voided", "filed_transferred_out", "filed_returned", "filed_to_discipline"],
    "transferred": ["transferred_out"],
}


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def counted(ledger: Ledger, case: str) -> dict[str, str]:
    return {name: day.isoformat() for name, day, *_ in CASE.contributions(ledger.fact(case))}


def test_no_counter_is_named_twice() -> None:
    assert len(COUNTERS) == sum(len(subject.counters) for subject in SUBJECTS)


@pytest.mark.parametrize(
    ("answered", "within"),
    [
        ("2025-03-04", {15, 30, 60}),
        ("2025-03-19", {15, 30, 60}),
        ("2025-03-20", {30, 60}),
        ("2025-05-03", {60}),
        ("2025-05-04", set()),
    ],
)
def test_the_day_of_filing_is_not_counted(ledger: Ledger, answered: str, within: set[int]) -> None:
    case = ledger.file("2025-03-04")
    ledger.reply(case, answered)
    found = counted(ledger, case)
    assert {days for days in (15, 30, 60) if f"answered_within_{days}" in found} == within
    assert all(found[f"answered_within_{days}"] == "2025-03-04" for days in within)
    assert found["answered"] == answered


def test_a_case_accepted_on_the_fifteenth_day_is_in_time(ledger: Ledger) -> None:
    case = ledger.file("2025-12-20")
    ledger.accept(case, "2026-01-04")
    found = counted(ledger, case)
    assert found["accepted_in_time"] == found["acceptance_due"] == "2026-01-04"


def test_a_case_accepted_a_day_later_is_late(ledger: Ledger) -> None:
    case = ledger.file("2025-12-20")
    ledger.accept(case, "2026-01-05")
    found = counted(ledger, case)
    assert found["acceptance_due"] == "2026-01-04"
    assert "accepted_in_time" not in found


def test_a_case_that_left_before_it_was_accepted_owes_no_acceptance(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.link(case, "2025-03-05")
    found = counted(ledger, case)
    assert "acceptance_due" not in found
    assert found["linked_unaccepted"] == "2025-03-19"


def test_an_older_register_that_states_no_acceptance_is_not_accused_of_a_late_one(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-04", imported=True)
    ledger.reply(case, "2025-06-05")
    found = counted(ledger, case)
    assert "acceptance_due" not in found
    assert found["acceptance_not_stated"] == "2025-03-19"


def test_an_older_register_that_states_its_acceptance_is_judged_by_it(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04", imported=True)
    ledger.accept(case, "2025-03-20")
    found = counted(ledger, case)
    assert "acceptance_due" in found
    assert not {"accepted_in_time", "acceptance_not_stated"} & found.keys()


def test_a_reply_in_the_last_minute_of_the_term_is_on_time(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60)
    ledger.serve(case, datetime.combine(date(2025, 5, 3), time(23, 59), CHINA))
    found = counted(ledger, case)
    assert found["replied_on_time"] == found["reply_due"] == "2025-05-03"


def test_a_reply_at_midnight_after_the_term_is_late(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60)
    ledger.serve(case, datetime.combine(date(2025, 5, 4), time(0), CHINA))
    found = counted(ledger, case)
    assert "reply_due" in found
    assert "replied_on_time" not in found


def test_a_withdrawal_is_beside_the_resolution_rate_and_never_a_resolution(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.withdraw(case, "2025-03-06")
    found = counted(ledger, case)
    assert found["accepted"] == found["accepted_withdrawn"] == "2025-03-05"
    assert found["withdrawn"] == "2025-03-06"
    assert "accepted_resolved" not in found
    assert "reply_due" not in found
    assert "withdrawn_unanswered" in found


@pytest.mark.parametrize(
    ("channel", "headcount", "counter"),
    [
        (Channel.VISIT, 5, "group_visits"),
        (Channel.VISIT, 4, None),
        (Channel.VISIT, None, "visits_of_unknown_size"),
        (Channel.LETTER, 50, None),
    ],
)
def test_a_visit_of_five_is_a_group_visit(
    ledger: Ledger, channel: Channel, headcount: int | None, counter: str | None
) -> None:
    case = ledger.file("2025-03-04", channel=channel, headcount=headcount)
    sizes = {"group_visits", "visits_of_unknown_size"} & counted(ledger, case).keys()
    assert sizes == ({counter} if counter else set())


def test_what_is_not_stated_is_neither_first_nor_repeat(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04", history=FirstOrRepeat.NOT_STATED)
    ledger.close(case, "2025-03-05")
    found = counted(ledger, case)
    assert "filed_history_not_stated" in found
    assert not {"filed_repeat", "filed_history_stated", "first_closed"} & found.keys()


@pytest.mark.parametrize(("repeated", "settled"), [("2025-06-02", False), ("2025-06-03", True)])
def test_a_repeat_after_the_window_does_not_undo_a_settlement(
    ledger: Ledger, repeated: str, *, settled: bool
) -> None:
    case = ledger.file("2025-03-01")
    ledger.close(case, "2025-03-04")
    ledger.file(repeated, repeat_of=case, history=FirstOrRepeat.REPEAT)
    assert ("first_closed_not_repeated" in counted(ledger, case)) is settled


def test_counters_keep_their_places() -> None:
    """Stored rollups are read by place: a new counter comes last of its anchor's."""
    places = {key: [counter.name for counter in counters] for key, counters in CASE.of_key.items()}
    for anchor, names in PLACES.items():
        assert places[anchor][: len(names)] == names
