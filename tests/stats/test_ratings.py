"""How content petitioners are: of those who said so, never without how many they are."""

import pytest

from services.stats.domain.case_subject import CASE
from services.stats.domain.measures import measures_of
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade
from tests.stats.doors import Doors
from tests.stats.lives import Ledger

UNIT, OFFICE = RatedSubject.RESPONSIBLE_UNIT, RatedSubject.PETITION_OFFICE


def answered(ledger: Ledger, day: str = "2025-03-20") -> str:
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.serve(case, day)
    return case


def counted(ledger: Ledger, case: str) -> dict[str, str]:
    return {
        name: day.isoformat()
        for name, day, *_ in CASE.contributions(ledger.fact(case))
        if name.startswith(("unit_", "office_"))
    }


def test_a_rating_counts_on_the_day_of_the_answer() -> None:
    ledger = Ledger()
    case = answered(ledger)
    assert counted(ledger, case) == {}
    ledger.rate(case, "2025-04-07", UNIT, RatingGrade.BASICALLY)
    ledger.rate(case, "2025-04-08", OFFICE, RatingGrade.DISSATISFIED)
    assert counted(ledger, case) == dict.fromkeys(
        (
            "unit_rated",
            "unit_content",
            "unit_rated_basically",
            "office_rated",
            "office_rated_dissatisfied",
        ),
        "2025-03-20",
    )


def test_after_a_reopening_only_a_new_rating_counts() -> None:
    ledger = Ledger()
    case = answered(ledger)
    ledger.rate(case, "2025-04-07", UNIT, RatingGrade.DISSATISFIED)
    ledger.reopen(case, "2025-04-08")
    assert counted(ledger, case) == {}
    ledger.serve(case, "2025-04-20")
    ledger.rate(case, "2025-04-21", UNIT, RatingGrade.SATISFIED)
    assert set(counted(ledger, case)) == {"unit_rated", "unit_content", "unit_rated_satisfied"}


def test_satisfaction_is_never_given_without_participation() -> None:
    for prefix in ("", "petition_office_"):
        wanted = [f"{prefix}satisfaction_rate", f"{prefix}rating_participation_rate"]
        assert [each.id for each in measures_of(wanted[:1])] == wanted
        assert [each.id for each in measures_of(wanted[::-1])] == wanted[::-1]


@pytest.mark.parts
async def test_silence_is_counted_as_nothing_and_few_give_no_rate(doors: Doors) -> None:
    ledger = Ledger()
    cases = [answered(ledger) for _ in range(21)]
    for case in cases[:4]:
        ledger.rate(case, "2025-04-07", UNIT, RatingGrade.SATISFIED)
    few = len(ledger.events)
    await doors.fold(ledger.events)
    figures = await doors.figures(ids="satisfaction_rate")
    satisfaction, participation = figures["figures"]
    assert (satisfaction["value"], satisfaction["numerator"], satisfaction["denominator"]) == (
        None,
        4,
        4,
    )
    assert participation["id"] == "rating_participation_rate"
    assert (participation["value"], participation["denominator"]) == ("19.0", 21)
    for case in cases[4:]:
        ledger.rate(case, "2025-04-08", UNIT, RatingGrade.BASICALLY)
    ledger.rate(answered(ledger), "2025-04-08", UNIT, RatingGrade.DISSATISFIED)
    await doors.fold(ledger.events[few:])
    satisfaction, participation = (await doors.figures(ids="satisfaction_rate"))["figures"]
    assert (satisfaction["value"], satisfaction["numerator"]) == ("95.5", 21)
    assert participation["value"] == "100.0"
    assert satisfaction["beside"] == {
        "answered": 22,
        "satisfied": 4,
        "basically": 17,
        "dissatisfied": 1,
    }
