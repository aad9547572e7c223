import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.divisions import (
    check_division,
    check_id,
    county_of,
    division_of,
    in_scope,
    new_id,
    township_of,
)


@pytest.mark.parametrize("code", ["519900", "519900101", "519900101201", "519900101201001"])
def test_counties_townships_villages_and_grids_are_codes(code: str) -> None:
    assert check_division(code) == code


@pytest.mark.parametrize(
    "code",
    ["", "51990", "5199001", "019900", "51990010a", "519900101 ", "５１９９００", "519900\n"],
)
def test_anything_else_is_no_code(code: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        check_division(code)


def test_a_code_of_another_length_than_wanted_is_refused() -> None:
    with pytest.raises(ValueError, match="6 or 9 digits"):
        check_division("519900101201", 6, 9)


def test_an_id_tells_its_division() -> None:
    assert division_of(new_id("519900101")) == "519900101"
    assert division_of(new_id("519900")) == "519900"


def test_ids_ascend_with_time() -> None:
    made = [new_id("519900101") for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


@given(st.text())
def test_whatever_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an id is"):
        check_id(text)


def test_a_grid_lies_in_its_township_and_county_and_in_no_other() -> None:
    grid = "519900101201001"
    assert county_of(grid) == "519900"
    assert township_of(grid) == "519900101"
    assert in_scope("519900", grid)
    assert in_scope("519900101", grid)
    assert not in_scope("519900102", grid)


def test_an_empty_scope_holds_nothing() -> None:
    assert not in_scope("", "519900101")
