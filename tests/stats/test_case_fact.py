"""The fact of a case: given what happened, what stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.stats.domain.case_fold import evolve
from services.stats.domain.case_subject import CASE
from shared.contracts.catalogue import LaterVersion
from shared.folding.step import EntityElsewhere
from shared.times import start_of
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_a_filed_case_remembers_what_it_is_counted_by_and_the_event_that_filed_it(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-04", village=f"{TOWNSHIP}001", headcount=7)
    fact = ledger.fact(case)
    assert fact.filed
    assert (fact.filed.on, fact.filed.seq) == (date(2025, 3, 4), 1)
    assert fact.filing.category == "land"
    assert fact.filing.village_code == f"{TOWNSHIP}001"
    assert fact.filing.headcount == 7
    assert fact.accepted is None


def test_what_happens_in_the_evening_of_utc_belongs_to_the_next_day_of_china(
    ledger: Ledger,
) -> None:
    case = ledger.file(datetime(2025, 3, 4, 16, 0, tzinfo=UTC))
    filed = ledger.fact(case).filed
    assert filed
    assert filed.on == date(2025, 3, 5)


def test_a_reply_is_due_by_the_end_of_the_last_day(ledger: Ledger) -> None:
    case = ledger.file("2026-01-05")
    ledger.accept(case, "2026-01-05", days=60)
    fact = ledger.fact(case)
    assert fact.due_at == start_of(date(2026, 3, 7))
    assert fact.due_on == date(2026, 3, 6)


def test_the_first_answer_is_the_earliest_in_time_not_in_the_ledger(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.serve(case, "2025-05-01")
    ledger.reply(case, "2025-04-01")
    ledger.reply(case, "2025-06-01")
    answered = ledger.fact(case).answered
    assert answered is not None
    assert (answered.on, answered.seq) == (date(2025, 4, 1), 3)


def test_the_first_acceptance_counts(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.accept(case, "2025-03-20")
    accepted = ledger.fact(case).accepted
    assert accepted is not None
    assert accepted.on == date(2025, 3, 5)


def test_a_reopened_case_keeps_its_acceptance_and_answer_and_loses_its_end(
    ledger: Ledger,
) -> None:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.serve(case, "2025-03-20")
    ledger.resolve(case, "2025-03-21")
    ledger.close(case, "2025-03-22")
    ledger.reopen(case, "2025-04-01")
    fact = ledger.fact(case)
    assert fact.accepted
    assert fact.answered
    assert fact.reopened
    assert fact.resolved is None
    assert fact.closed is None


def test_a_case_that_is_resolved_again_is_resolved_on_the_later_day(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.resolve(case, "2025-03-21")
    ledger.reopen(case, "2025-04-01")
    ledger.resolve(case, "2025-05-01")
    resolved = ledger.fact(case).resolved
    assert resolved is not None
    assert resolved.on == date(2025, 5, 1)


def test_a_repeat_of_the_same_township_is_remembered_by_the_case_it_repeats(
    ledger: Ledger,
) -> None:
    first = ledger.file("2025-03-04")
    ledger.file("2025-06-01", repeat_of=first)
    ledger.file("2025-05-01", repeat_of=first)
    repeated = ledger.fact(first).repeated
    assert repeated is not None
    assert (repeated.on, repeated.seq) == (date(2025, 5, 1), 3)


def test_a_repeat_of_another_townships_case_leaves_that_township_alone(ledger: Ledger) -> None:
    elsewhere = Ledger(NEIGHBOUR).file("2025-03-04")
    ledger.file("2025-06-01", repeat_of=elsewhere)
    assert len(CASE.steps_of(ledger.events[0])) == 1


def test_what_counts_nothing_changes_nothing(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    before = ledger.fact(case)
    ledger.forward(case, "2025-03-05")
    assert ledger.fact(case) == before


def test_a_case_whose_filing_was_parked_counts_nowhere(ledger: Ledger) -> None:
    case = ledger.file("2025-03-04")
    ledger.resolve(case, "2025-03-05")
    (resolved,) = CASE.steps_of(ledger.events[1])
    assert evolve(None, resolved) is None


def test_an_event_about_a_case_of_another_ledger_breaks_the_contract(ledger: Ledger) -> None:
    ledger.file("2025-03-04")
    moved = replace(ledger.events[0], division=NEIGHBOUR)
    with pytest.raises(EntityElsewhere):
        CASE.steps_of(moved)


def test_a_later_version_is_not_guessed_at(ledger: Ledger) -> None:
    ledger.file("2025-03-04")
    with pytest.raises(LaterVersion):
        CASE.steps_of(replace(ledger.events[0], schema_version=99))
