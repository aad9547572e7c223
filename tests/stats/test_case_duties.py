"""What the figures follow of a case's legal acts: given what happened, what counts, and when."""

from datetime import date, datetime, time
from typing import Any

import pytest

from services.stats.domain.case_subject import CASE
from services.stats.domain.subjects import COUNTERS
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose
from shared.contracts.case_handling_codes import NoticeKind
from shared.times import CHINA
from tests.stats.lives import TOWNSHIP, Ledger


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def counted(ledger: Ledger, case: str) -> dict[str, str]:
    return {name: day.isoformat() for name, day, *_ in CASE.contributions(ledger.fact(case))}


def values(ledger: Ledger, case: str) -> dict[str, int]:
    """By counters by values, under which the case counts."""
    fact = ledger.fact(case)
    asked = {name: COUNTERS[name].value for name in counted(ledger, case)}
    return {name: value(fact) for name, value in asked.items() if value}


def test_terms_run_from_the_day_of_receipt_and_filings_count_by_registration(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-10", received_on=date(2025, 3, 4))
    ledger.accept(case, "2025-03-20")
    found = counted(ledger, case)
    assert found["filed"] == "2025-03-10"
    assert found["acceptance_term_over"] == "2025-03-19"
    assert "accepted_within_term" not in found
    assert found["accepted_in_time"] == "2025-03-25"
    assert values(ledger, case) == {"registration_delay": 6}


def test_without_a_stated_receipt_the_day_of_registration_is_taken_and_no_delay_made_up(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-10")
    found = counted(ledger, case)
    assert found["acceptance_term_over"] == "2025-03-25"
    assert "receipt_not_stated" in found
    assert "registration_delay" not in found


def test_a_correction_moves_all_that_the_case_adds(ledger: Ledger) -> None:
    case = ledger.file("2025-03-10", channel=Channel.VISIT, headcount=7)
    ledger.correct(
        case,
        "2025-03-12",
        category=Category.LABOUR,
        village_code=f"{TOWNSHIP}001",
        headcount=4,
        first_or_repeat=FirstOrRepeat.REPEAT,
        received_on=date(2025, 3, 1),
    )
    fact, found = ledger.fact(case), counted(ledger, case)
    assert CASE.dimensions_of(fact) == ("labour", f"{TOWNSHIP}001")
    assert found["acceptance_term_over"] == "2025-03-16"
    assert {"filed", "filed_repeat", "repeats_unlinked"} <= found.keys()
    assert "group_visits" not in found


def test_a_fact_that_is_corrected_to_nothing_is_not_stated(ledger: Ledger) -> None:
    case = ledger.file("2025-03-10", village=f"{TOWNSHIP}001", received_on=date(2025, 3, 4))
    ledger.correct(case, "2025-03-12", village_code=None, received_on=None)
    assert ledger.fact(case).filing.village_code is None
    assert counted(ledger, case)["acceptance_term_over"] == "2025-03-25"


def test_a_repeat_that_is_corrected_repeats_the_other_case_from_its_own_registration(
    ledger: Ledger,
) -> None:
    first, second = ledger.file("2025-01-01"), ledger.file("2025-01-02")
    repeat = ledger.file("2025-02-01", history=FirstOrRepeat.REPEAT, repeat_of=first)
    ledger.correct(repeat, "2025-06-01", repeat_of=second)
    assert ledger.fact(first).repeated is None
    repeated = ledger.fact(second).repeated
    assert repeated
    assert (repeated.on, repeated.seq) == (date(2025, 2, 1), 4)


def test_a_voided_registration_counts_nowhere_but_in_the_list_of_those(ledger: Ledger) -> None:
    first = ledger.file("2025-01-01")
    case = ledger.file("2025-03-04", history=FirstOrRepeat.REPEAT, repeat_of=first)
    ledger.forward(case, "2025-03-05")
    ledger.void(case, "2025-04-01")
    ledger.serve(case, "2025-04-02")
    assert counted(ledger, case) == {"filed_voided": "2025-03-04"}
    assert ledger.fact(first).repeated is None


def test_an_opinion_counts_on_the_day_of_its_receipt(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60)
    ledger.serve(case, "2025-05-01", served_on=date(2025, 5, 4))
    found = counted(ledger, case)
    assert found["answered"] == "2025-05-04"
    assert not {"replied_on_time", "replied_within_term", "answered_within_60"} & found.keys()
    assert values(ledger, case) == {"days_to_answer": 61}


@pytest.mark.parametrize(("answered", "kept"), [("2025-05-05", True), ("2025-05-06", False)])
def test_lateness_is_judged_by_the_petitioners_day(
    ledger: Ledger, answered: str, *, kept: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60, rest=2)
    ledger.serve(case, answered)
    found = counted(ledger, case)
    assert found["reply_term_over"] == "2025-05-05"
    assert ("replied_within_term" in found) is kept
    assert "petitioner_day_not_stated" not in found
    assert found["reply_due"] == "2025-05-03"


@pytest.mark.parametrize("rest", [None, -1, 32])
def test_where_no_day_of_the_petitioner_is_stated_the_offices_counts_and_is_listed(
    ledger: Ledger, rest: int | None
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60, rest=rest)
    found = counted(ledger, case)
    assert found["reply_term_over"] == found["petitioner_day_not_stated"] == "2025-05-03"


@pytest.mark.parametrize("leave", ["withdraw", "divert", "link", "decline"])
@pytest.mark.parametrize(("left", "duty"), [("2025-05-03", "reply"), ("2025-03-19", "acceptance")])
def test_a_case_that_left_owes_nothing_only_if_it_left_in_time(
    ledger: Ledger, leave: str, left: str, duty: str
) -> None:
    over = f"{duty}_term_over"
    gone, late = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    if duty == "reply":
        ledger.accept(gone, "2025-03-04", days=60)
        ledger.accept(late, "2025-03-04", days=60)
    getattr(ledger, leave)(gone, left)
    getattr(ledger, leave)(late, str(date.fromisoformat(left).replace(day=20)))
    way = {"withdraw": "withdrawn", "divert": "diverted", "link": "linked", "decline": "declined"}
    assert counted(ledger, gone)[f"{way[leave]}_before_{duty}"] == left
    assert over not in counted(ledger, gone)
    assert counted(ledger, late)[over] == left
    assert f"{way[leave]}_before_{duty}" not in counted(ledger, late)


def test_what_is_settled_in_time_is_in_time(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60)
    ledger.resolve(case, datetime.combine(date(2025, 5, 3), time(23), CHINA))
    assert "replied_within_term" in counted(ledger, case)


@pytest.mark.parametrize(
    ("purpose", "listed"),
    [
        (Purpose.APPEAL, "acceptance_term_over"),
        (Purpose.REQUEST, "acceptance_term_over"),
        (Purpose.SUGGESTION, "acceptance_no_claim"),
        (Purpose.ACCUSATION, "acceptance_no_claim"),
        (Purpose.INQUIRY, "acceptance_no_claim"),
        (Purpose.OTHER, "acceptance_no_claim"),
        (Purpose.NOT_STATED, "acceptance_purpose_not_stated"),
    ],
)
def test_only_claims_for_resolution_have_the_terms(
    ledger: Ledger, purpose: Purpose, listed: str
) -> None:
    case = ledger.file("2025-03-04", purpose=purpose)
    of_acceptance = {
        "acceptance_term_over",
        "acceptance_no_claim",
        "acceptance_purpose_not_stated",
    }
    assert of_acceptance & counted(ledger, case).keys() == {listed}


def test_an_extension_moves_the_last_day_and_excuses_once_it_is_told(ledger: Ledger) -> None:
    told, untold = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    for case in (told, untold):
        ledger.accept(case, "2025-03-04", days=60, rest=0)
        ledger.extend(case, "2025-05-01", until="2025-06-02")
        ledger.serve(case, "2025-05-20")
    ledger.tell(told, "2025-05-02", NoticeKind.EXTENSION)
    found, of_untold = counted(ledger, told), counted(ledger, untold)
    assert found["reply_term_over"] == of_untold["reply_term_over"] == "2025-06-02"
    assert {"replied_within_term", "replied_within_extension"} <= found.keys()
    assert "replied_within_term" not in of_untold
    assert "extension_without_notice" in of_untold
    assert found["reply_due"] == "2025-05-03"


@pytest.mark.parametrize(
    ("answered", "in_time"), [("2025-05-15", True), ("2025-05-23", True), ("2025-05-24", False)]
)
def test_an_untold_extension_leaves_the_excuse_of_the_told_one_before(
    ledger: Ledger, answered: str, in_time: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60, rest=0)
    ledger.extend(case, "2025-05-01", until="2025-05-23")
    ledger.tell(case, "2025-05-02", NoticeKind.EXTENSION)
    ledger.extend(case, "2025-05-10", until="2025-06-02")
    ledger.serve(case, answered)
    found = counted(ledger, case)
    assert found["reply_term_over"] == found["extension_without_notice"] == "2025-06-02"
    assert ("replied_within_term" in found) is in_time
    assert "replied_within_extension" not in found


@pytest.mark.parametrize(
    ("granted", "until"), [("2025-05-04", "2025-06-02"), ("2025-05-01", "2025-05-02")]
)
def test_an_extension_of_a_term_that_is_over_or_that_is_no_later_moves_nothing(
    ledger: Ledger, granted: str, until: str
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60, rest=0)
    ledger.extend(case, granted, until=until)
    assert counted(ledger, case)["reply_term_over"] == "2025-05-03"


@pytest.mark.parametrize(
    ("filing", "notice", "verdict"),
    [
        ({}, {"on": "2025-03-19"}, "notice_in_time"),
        ({}, {"on": "2025-03-10", "served_on": date(2025, 3, 20)}, None),
        ({}, {"on": "2025-03-19", "notice": NoticeKind.EXTENSION}, None),
        ({}, {"on": "2025-03-19", "notice": NoticeKind.FORWARDED}, "notice_in_time"),
        ({}, None, None),
        ({"contact_unclear": True}, None, "notice_contact_unclear"),
        ({"anonymous": True}, None, "notice_contact_unclear"),
        ({"purpose": Purpose.ACCUSATION}, None, "notice_accusation"),
        ({"imported": True}, None, "notice_silent"),
        ({"imported": True}, {"on": "2025-03-19"}, "notice_in_time"),
    ],
)
def test_the_petitioner_is_told_within_fifteen_days_of_receipt(
    ledger: Ledger, filing: dict[str, Any], notice: dict[str, Any] | None, verdict: str | None
) -> None:
    case = ledger.file("2025-03-04", **filing)
    if notice:
        ledger.tell(case, **notice)
    found = counted(ledger, case)
    said = {name for name in found if name.startswith("notice_")} - {"notice_due"}
    assert said == ({verdict} if verdict else set())
    assert ("notice_due" in found) is (verdict in {None, "notice_in_time"})


def test_a_converted_report_that_nobody_completed_is_late_and_has_nobody_to_tell(
    ledger: Ledger,
) -> None:
    left = ledger.file("2025-03-04", purpose=Purpose.NOT_STATED, channel=Channel.GRID)
    found = counted(ledger, left)
    assert "acceptance_term_over" in found
    assert "accepted_within_term" not in found
    assert "acceptance_purpose_not_stated" not in found
    assert "notice_silent" in found
    assert "notice_due" not in found


def test_a_resolution_without_grounds_counts_and_is_listed(ledger: Ledger) -> None:
    with_grounds, without = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    for case in (with_grounds, without):
        ledger.accept(case, "2025-03-05")
    ledger.resolve(with_grounds, "2025-04-05", grounds=(ledger.events[0].event_id,))
    ledger.resolve(without, "2025-04-05")
    listed = "accepted_grounds_not_recorded"
    assert listed in counted(ledger, without)
    assert listed not in counted(ledger, with_grounds)
    assert "accepted_unlinked_resolved" in counted(ledger, without)


def test_a_linked_case_is_left_out_of_the_newest_resolution_rate(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.link(case, "2025-03-06")
    found = counted(ledger, case)
    assert {"accepted_all_linked", "accepted_long_ago_linked"} <= found.keys()
    assert not {"accepted_unlinked", "accepted_long_ago"} & found.keys()


@pytest.mark.parametrize(("resolved", "soon"), [("2025-06-03", True), ("2025-06-04", False)])
def test_resolved_within_ninety_days_of_acceptance(
    ledger: Ledger, resolved: str, *, soon: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.resolve(case, resolved)
    assert ("resolved_soon" in counted(ledger, case)) is soon


def test_a_case_that_was_reopened_was_not_resolved_at_the_first_time(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    for day in ("2025-03-05", "2025-04-05", "2025-05-05"):
        ledger.resolve(case, day)
        ledger.close(case, day)
        ledger.reopen(case, day)
    ledger.resolve(case, "2025-06-05")
    found = counted(ledger, case)
    assert found["first_resolved"] == found["first_resolved_reopened"] == "2025-06-05"
    assert "first_resolved_for_good" not in found


@pytest.mark.parametrize(("repeated", "kept"), [("2025-06-02", False), ("2025-06-03", True)])
def test_a_repeat_within_the_window_undoes_a_first_resolution(
    ledger: Ledger, repeated: str, *, kept: bool
) -> None:
    case = ledger.file("2025-03-01")
    ledger.resolve(case, "2025-03-04")
    ledger.file(repeated, repeat_of=case, history=FirstOrRepeat.REPEAT)
    assert ("first_resolved_for_good" in counted(ledger, case)) is kept
