"""A case whose matter another ledger holds: what it adds, and by what its office is judged."""

from datetime import date
from typing import Any

import pytest

from services.stats.domain.case_subject import CASE
from services.stats.store.seldom import read_seldom, write_seldom
from shared.contracts.case_codes import Category, FirstOrRepeat
from shared.contracts.case_handling_codes import NoticeKind
from shared.contracts.transfer_codes import TransferStep
from shared.divisions import new_id
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

ELSEWHERE = {"filed_transferred_out": "2025-03-04", "transferred_out": "2025-03-10"}
OF_DUTIES = {"notice_due", "notice_in_time", "transferred_before_acceptance"}


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def counted(ledger: Ledger, case: str) -> dict[str, str]:
    return {name: day.isoformat() for name, day, *_ in CASE.contributions(ledger.fact(case))}


@pytest.mark.parametrize("to", [NEIGHBOUR, COUNTY])
def test_a_case_that_was_passed_on_is_listed_and_owes_no_acceptance(
    ledger: Ledger, to: str
) -> None:
    case = ledger.file("2025-03-04", received_on=date(2025, 3, 1))
    ledger.forward(case, "2025-03-10", to_division=to)
    assert counted(ledger, case) == ELSEWHERE | {
        "transferred_before_acceptance": "2025-03-16",
        "notice_due": "2025-03-16",
    }


def test_an_assignment_takes_the_case_out_as_a_forwarding_does() -> None:
    county = Ledger(COUNTY)
    case = county.file("2025-03-04")
    county.assign(case, "2025-03-10", to_division=TOWNSHIP)
    assert counted(county, case).items() >= ELSEWHERE.items()


@pytest.mark.parametrize("to", [None, TOWNSHIP])
def test_a_forwarding_within_the_township_changes_nothing(ledger: Ledger, to: str | None) -> None:
    case, other = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=to)
    assert counted(ledger, case) == counted(ledger, other)


@pytest.mark.parametrize(("passed_on", "late"), [("2025-03-19", False), ("2025-03-20", True)])
def test_who_passes_a_matter_on_after_the_term_was_late(
    ledger: Ledger, passed_on: str, *, late: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, passed_on, to_division=NEIGHBOUR)
    found = counted(ledger, case)
    assert ("acceptance_term_over" in found) is late
    assert ("transferred_before_acceptance" in found) is not late
    assert "accepted_within_term" not in found


@pytest.mark.parametrize(("told", "in_time"), [("2025-03-19", True), ("2025-03-20", False)])
def test_the_sender_owes_its_notice_all_the_same(
    ledger: Ledger, told: str, *, in_time: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.tell(case, told, NoticeKind.FORWARDED)
    found = counted(ledger, case)
    assert found["notice_due"] == "2025-03-19"
    assert ("notice_in_time" in found) is in_time


@pytest.mark.parametrize(("passed_on", "late"), [("2025-05-03", False), ("2025-05-04", True)])
def test_an_accepted_case_is_judged_by_its_reply_term_alike(
    ledger: Ledger, passed_on: str, *, late: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-04", days=60, rest=0)
    ledger.assign(case, passed_on, to_division=NEIGHBOUR)
    found = counted(ledger, case)
    assert "accepted" not in found
    assert found["accepted_within_term"] == "2025-03-19"
    assert ("reply_term_over" in found) is late
    assert ("transferred_before_reply" in found) is not late


def test_a_matter_that_came_back_counts_as_if_it_had_never_left(ledger: Ledger) -> None:
    case, other = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-05", to_division=NEIGHBOUR)
    ledger.note(case, "2025-03-10")
    for each in (case, other):
        ledger.accept(each, "2025-03-12")
        ledger.resolve(each, "2025-04-12")
    assert counted(ledger, case) == counted(ledger, other)


@pytest.mark.parametrize(
    ("back", "listed"), [("2025-03-19", False), ("2025-03-20", True), ("2025-06-01", True)]
)
def test_a_matter_that_was_elsewhere_when_the_term_ended_made_nobody_late(
    ledger: Ledger, back: str, *, listed: bool
) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.note(case, back)
    ledger.accept(case, "2025-06-02")
    found = counted(ledger, case)
    assert found["filed"] == "2025-03-04"
    assert ("transferred_before_acceptance" in found) is listed
    assert ("acceptance_term_over" in found) is not listed


@pytest.mark.parametrize(
    "note",
    [
        {"to_division": NEIGHBOUR},
        {"step": TransferStep.ACCEPTED},
        {"step": TransferStep.PASSED_ON, "to_division": COUNTY},
    ],
)
def test_only_a_return_to_this_ledger_brings_the_case_back(
    ledger: Ledger, note: dict[str, Any]
) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.note(case, "2025-03-11", **note)
    assert counted(ledger, case).items() >= ELSEWHERE.items()
    assert "filed" not in counted(ledger, case)


def test_a_returned_case_counts_nowhere_and_is_listed(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04", from_case_id=new_id(NEIGHBOUR))
    ledger.give_back(case, "2025-04-10")
    ledger.serve(case, "2025-04-11")
    assert counted(ledger, case) == {"filed_returned": "2025-03-04"}


def test_what_is_recorded_of_a_case_meanwhile_counts_once_it_is_back(ledger: Ledger) -> None:
    first = ledger.file("2025-03-04")
    ledger.forward(first, "2025-03-05", to_division=NEIGHBOUR)
    ledger.correct(first, "2025-03-06", category=Category.LABOUR)
    ledger.file("2025-03-07", history=FirstOrRepeat.REPEAT, repeat_of=first)
    assert CASE.dimensions_of(ledger.fact(first))[0] == "labour"
    ledger.note(first, "2025-03-10")
    repeated = ledger.fact(first).repeated
    assert repeated
    assert repeated.on == date(2025, 3, 7)


def test_a_registration_is_voided_also_while_the_matter_is_elsewhere(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.void(case, "2025-03-11")
    ledger.note(case, "2025-03-12")
    assert counted(ledger, case) == {"filed_voided": "2025-03-04"}


def test_the_duties_of_a_case_elsewhere_are_the_only_ones_that_count(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.tell(case, "2025-03-06")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    assert counted(ledger, case).keys() == ELSEWHERE.keys() | OF_DUTIES


def test_what_a_case_elsewhere_was_is_kept_whole(ledger: Ledger) -> None:
    first = ledger.file("2025-03-01")
    case = ledger.file("2025-03-04", received_on=date(2025, 3, 1), repeat_of=first)
    ledger.file("2025-03-05", repeat_of=case)
    ledger.accept(case, "2025-03-05", rest=3)
    ledger.extend(case, "2025-03-06", until="2025-07-01")
    ledger.tell(case, "2025-03-07", NoticeKind.EXTENSION)
    ledger.resolve(case, "2025-03-08", grounds=(ledger.events[0].event_id,))
    ledger.forward(case, "2025-03-09", to_division=NEIGHBOUR)
    ledger.note(case, "2025-03-10")
    ledger.assign(case, "2025-03-11")
    seldom = ledger.fact(case).seldom
    written = write_seldom(seldom)
    assert written
    assert read_seldom(written.obj) == seldom


def test_an_accusation_is_no_case_and_is_listed(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-06")
    ledger.recognise(case, "2025-03-10")
    assert counted(ledger, case) == {"filed_to_discipline": "2025-03-04"}
    ledger.serve(case, "2025-03-12")
    assert counted(ledger, case) == {"filed_to_discipline": "2025-03-04"}
    kept = ledger.fact(case).seldom
    assert read_seldom(write_seldom(kept).obj) == kept  # type: ignore[union-attr]


def test_of_a_matter_that_another_ledger_holds_that_one_lists_it(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.recognise(case, "2025-03-12")
    assert counted(ledger, case) == {}


def test_another_way_leaves_a_case_what_it_is(ledger: Ledger) -> None:
    case, other = ledger.file("2025-03-04"), ledger.file("2025-03-04")
    ledger.route(case, "2025-03-05")
    assert counted(ledger, case) == counted(ledger, other)
