"""`concord rebuild` on a running system, and how it ends when it cannot do as asked."""

import pytest

from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.test_path import file_case

pytestmark = [pytest.mark.parts, pytest.mark.slow]

TOWNSHIP = "519900160"


def test_the_figures_are_the_same_after_a_rebuild_and_go_on(whole: System, doors: Doors) -> None:
    _, position = file_case(doors, TOWNSHIP)
    before = doors.figures(TOWNSHIP, "all", at_least=position)

    said = whole.concord("rebuild", "cases")

    assert "cases: swapped: " in said
    assert doors.figures(TOWNSHIP, "all") == before
    _, position = file_case(doors, TOWNSHIP)
    assert doors.figures(TOWNSHIP, "all", at_least=position)["cases_filed"]["value"] == "2"


def test_a_view_that_there_is_not_is_bad_input(whole: System) -> None:
    said = whole.concord("rebuild", "nonsense", expect=2)
    assert said == "There is no view called nonsense; there are: cases, mediations, grids.\n"
