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


def lines_of(figure: dict[str, Any]) -> list[list[str]]:
    console = Console(width=100, file=io.StringIO())
    console.print(figures_table([figure]))
    assert isinstance(console.file, io.StringIO)
    return [line.split() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("figure", "code", "label"),
    [
        ("mediators", "certified", "持证调解员"),
        ("mediations_ended", "not-stated", "未注明"),
        ("mediation_sessions", "joint", "面对面"),
        ("mediations_ended", "house-and-homestead", "房屋宅基地"),
    ],
)
def test_kinds_are_listed_below_their_figure_with_what_they_are_called(
    figure: str, code: str, label: str
) -> None:
    kinds = {"id": figure, "groups": [{"code": code, "value": "15"}]}
    assert lines_of(RATE | kinds)[-1] == [code, label, "15"]


@pytest.mark.parametrize("figure", ["mediators", "a-figure-of-tomorrow"])
def test_a_kind_that_only_another_release_knows_is_listed_by_its_code(figure: str) -> None:
    kinds = {"id": figure, "groups": [{"code": "of-tomorrow", "value": "1"}]}
    assert lines_of(RATE | kinds)[-1] == ["of-tomorrow", "1"]


def test_a_division_without_a_ledger_is_said_to_have_none() -> None:
    assert as_of_line({}) == "now: nothing is recorded of this division"
