"""A resident's identity number has a check character; other documents' numbers are not judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.resident_number import check_resident_number

digits = st.text("0123456789", min_size=17, max_size=17)


def fits(number: str) -> bool:
    try:
        return check_resident_number(number) == number
    except ValueError:
        return False


@pytest.mark.parametrize(
    "number",
    ["11010519491231002X", "11010519491231002x", "440524188001010014", "440524 18800101 0014"],
)
def test_a_number_with_its_check_character_is_taken(number: str) -> None:
    assert check_resident_number(number) == number


@pytest.mark.parametrize(
    "number", ["110105194912310021", "11010519491231002A", "４４０５２４１８８００１０１００１５"]
)
def test_a_number_with_another_one_is_refused_without_being_repeated(number: str) -> None:
    with pytest.raises(ValueError, match="check character") as refused:
        check_resident_number(number)
    assert number not in str(refused.value)


@pytest.mark.parametrize("number", ["E12345678", "H0123456700", "440524880101001", "无"])
def test_the_number_of_another_document_is_not_judged(number: str) -> None:
    assert check_resident_number(number) == number


@given(digits)
def test_exactly_one_check_character_fits(number: str) -> None:
    assert sum(fits(number + each) for each in "0123456789X") == 1


@given(digits, st.integers(0, 16), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_found(number: str, place: int, wrong: str) -> None:
    (last,) = [each for each in "0123456789X" if fits(number + each)]
    mistyped = number[:place] + wrong + number[place + 1 :] + last
    assert fits(mistyped) == (mistyped == number + last)
