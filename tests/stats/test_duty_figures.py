"""What leaders and units did: as what it counts, on which day, and no more once it was taken back."""

from datetime import date

import pytest

from services.stats.domain.duty_subject import DUTY
from shared.contracts.case_codes import Category
from tests.stats.duty_lives import Duties

DAY, NEXT = date(2025, 3, 4), date(2025, 3, 5)


def counted(ledger: Duties) -> dict[str, dict[str, int]]:
    """For each counter the days on which it counts, and how often."""
    found: dict[str, dict[str, int]] = {}
    steps = [step for event in ledger.events for step in DUTY.steps_of(event)]
    for entity in {step.entity_id for step in steps}:
        fact = DUTY.fold(step for step in steps if step.entity_id == entity)
        for name, day, _, times in DUTY.contributions(fact) if fact else ():
            days = found.setdefault(name, {})
            days[day.isoformat()] = days.get(day.isoformat(), 0) + times
    return found


def test_a_visit_is_one_batch_of_so_many_people() -> None:
    ledger = Duties()
    reception = ledger.held(DAY)
    for headcount, solved in ((1, True), (4, False), (5, True)):
        ledger.visited(reception, DAY, headcount=headcount, solved=solved)
    assert counted(ledger) == {
        "receptions_held": {"2025-03-04": 1},
        "reception_batches": {"2025-03-04": 3},
        "reception_person_times": {"2025-03-04": 10},
        "solved_on_site": {"2025-03-04": 2},
        "group_visits_received": {"2025-03-04": 1},
    }


def test_what_is_recorded_later_counts_on_its_own_day() -> None:
    ledger = Duties()
    ledger.held(DAY, recorded=date(2025, 4, 1))
    assert counted(ledger) == {"receptions_held": {"2025-03-04": 1}}


def test_what_was_taken_back_counts_as_nothing() -> None:
    ledger = Duties()
    reception, conference = ledger.held(DAY), ledger.met(NEXT)
    visit = ledger.visited(reception, DAY, headcount=7)
    other = ledger.visited(reception, DAY)
    ledger.visit_voided(reception, visit, DAY)
    ledger.conference_voided(conference, NEXT)
    assert counted(ledger) == {
        "receptions_held": {"2025-03-04": 1},
        "reception_batches": {"2025-03-04": 1},
        "reception_person_times": {"2025-03-04": 1},
    }
    ledger.visit_voided(reception, other, DAY)
    ledger.reception_voided(reception, DAY)
    assert counted(ledger) == {}


def test_a_session_that_is_recorded_anew_after_a_mistake_counts_once() -> None:
    ledger = Duties()
    conference = ledger.met(DAY)
    ledger.conference_voided(conference, DAY)
    for _ in range(2):
        ledger.met(NEXT, again=conference)
    assert counted(ledger) == {"conferences_held": {"2025-03-05": 1}}


@pytest.mark.parametrize("category", [Category.LAND, Category.LABOUR])
def test_a_visit_has_the_category_of_its_matter(category: Category) -> None:
    ledger = Duties()
    ledger.visited(ledger.held(DAY), DAY, category=category)
    steps = [step for event in ledger.events for step in DUTY.steps_of(event)]
    facts = [DUTY.fold([step]) for step in steps]
    assert {DUTY.dimensions_of(fact) for fact in facts} == {(None,), (category.value,)}
