import io
from typing import Any

import pytest
from rich.console import Console

from cli.figures_table import as_of_line, cells, figures_table, print_figures

RATE: dict[str, Any] = {
    "id": "resolution_rate",
    "name": {"zh": "化解率", "en": "resolution rate"},
    "value": "98.4",
    "unit": "percent",
    "numerator": 184,
    "denominator": 187,
    "cohort": "accepted in the period",
    "excluded": {},
    "beside": {"withdrawn": 2},
    "note": None,
}


def test_no_rate_is_printed_without_its_numerator_and_denominator() -> None:
    assert cells(RATE) == (
        "resolution_rate",
        "化解率",
        "98.4 %",
        "184 / 187",
        "accepted in the period; withdrawn: 2",
    )


def test_a_plain_count_has_its_unit_and_no_fraction() -> None:
    count = RATE | {"value": "187", "unit": "件", "numerator": None, "denominator": None}
    assert cells(count)[2:4] == ("187 件", "")


def test_what_cannot_be_said_is_a_dash_with_the_reason() -> None:
    nothing = RATE | {"value": None, "denominator": 0, "numerator": 0, "note": "no case"}
    assert cells(nothing)[2:4] == ("–", "0 / 0")
    assert cells(nothing)[4].endswith("no case")


def test_the_position_is_written_as_it_is_asked_for() -> None:
    assert as_of_line({"intake/519900101": 42}) == "intake/519900101@42"


@pytest.mark.parametrize("width", [80, 160])
def test_the_cohort_is_told_however_wide_the_terminal(width: int) -> None:
    console = Console(width=width, file=io.StringIO())
    print_figures(console, [RATE])
    assert isinstance(console.file, io.StringIO)
    said = console.file.getvalue()
    assert "184 / 187" in said
    assert "accepted in the period; withdrawn: 2" in said


def test_kinds_are_listed_below_their_figure() -> None:
    console = Console(width=100, file=io.StringIO())
    kinds = {"groups": [{"code": "certified", "value": "15"}]}
    console.print(figures_table([RATE | kinds]))
    assert isinstance(console.file, io.StringIO)
    assert "  certified" in console.file.getvalue()


def test_a_division_without_a_ledger_is_said_to_have_none() -> None:
    assert as_of_line({}) == "now: nothing is recorded of this division"
