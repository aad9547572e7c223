"""What speaks for a suggestion: places, topics, days and words; never who called."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.signal.likeness import ComparedText
from services.grid.domain.signal.suggesting import (
    MOST_SHOWN,
    Compared,
    SuggestionReason,
    in_order,
    suggestion,
)
from services.grid.examples import GRID, NEXT_GRID, NEXT_VILLAGE, VILLAGE, an_id
from shared.contracts.signal_codes import LinkedTo

SIGNAL = Compared(
    kind=LinkedTo.SIGNAL,
    id=an_id(1),
    matter_id=an_id(2),
    on=date(2025, 3, 4),
    village_code=VILLAGE,
    grid_code=GRID,
    topic="unpaid-wages",
)
OTHER = replace(SIGNAL, id=an_id(3), matter_id=an_id(4), on=date(2025, 3, 1))
WAGES = "老街饭店欠了四个人两个月工资,老板说月底给。"


def reasons(other: Compared, alike: int | None = None) -> tuple[SuggestionReason, ...]:
    found = suggestion(SIGNAL, other, alike)
    return found.reasons if found else ()


def test_every_reason_is_shown_with_the_days_apart() -> None:
    found = suggestion(SIGNAL, OTHER, 80)
    assert found is not None
    assert (found.reasons, found.days_apart) == (tuple(SuggestionReason), 3)


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({"grid_code": NEXT_GRID}, SuggestionReason.SAME_GRID),
        ({"village_code": NEXT_VILLAGE}, SuggestionReason.SAME_VILLAGE),
        ({"topic": "noise"}, SuggestionReason.SAME_TOPIC),
    ],
)
def test_what_is_another_place_or_topic_is_no_reason(
    changes: dict[str, Any], left_out: SuggestionReason
) -> None:
    assert set(SuggestionReason) - set(reasons(replace(OTHER, **changes), 80)) == {left_out}


def test_two_unknown_places_are_not_the_same() -> None:
    nowhere = replace(OTHER, village_code=None, grid_code=None, topic=None)
    without = replace(SIGNAL, village_code=None, grid_code=None, topic=None)
    assert suggestion(without, nowhere, None) is None
    assert reasons(nowhere, 49) == ()
    assert reasons(nowhere, 50) == (SuggestionReason.SAME_WORDS,)


def test_what_has_the_same_matter_already_is_not_suggested() -> None:
    assert suggestion(SIGNAL, replace(OTHER, matter_id=SIGNAL.matter_id), 100) is None


def test_nothing_of_a_person_is_compared() -> None:
    assert {each.name for each in fields(Compared)} == {
        *("kind", "id", "matter_id", "on", "village_code", "grid_code", "topic", "goes_on")
    }


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from([0, 80])), max_size=40))
def test_what_most_speaks_for_comes_first_and_no_more_than_a_page(
    told: list[tuple[int, int]],
) -> None:
    found = [
        suggestion(
            SIGNAL, replace(OTHER, on=date.fromordinal(SIGNAL.on.toordinal() + days)), alike
        )
        for days, alike in told
    ]
    ordered = in_order([each for each in found if each])
    assert len(ordered) == min(len(told), MOST_SHOWN)
    keys = [(-len(each.reasons), each.days_apart) for each in ordered]
    assert keys == sorted(keys)


def test_the_same_told_in_another_order_is_alike_and_another_thing_is_not() -> None:
    compared = ComparedText(WAGES)
    assert compared.percent("说月底给,老板欠工资两个月了,老街饭店四个人。") >= 50
    assert compared.percent("村口的路灯坏了,晚上看不见。") < 20
    assert compared.percent(WAGES) == 100


def test_signs_and_blanks_say_nothing() -> None:
    assert ComparedText("水 压 不够!!").percent("水压,不够") == 100
    assert ComparedText("!").percent("!") == 0
    assert ComparedText("水").percent("水") == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_percentage_and_the_same_both_ways(one: str, other: str) -> None:
    alike = ComparedText(one).percent(other)
    assert 0 <= alike <= 100
    assert alike == ComparedText(other).percent(one)


def test_a_long_text_is_compared_by_its_beginning() -> None:
    long = WAGES * 1000
    assert ComparedText(long).percent(long) == 100
