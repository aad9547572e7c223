"""A real register from the file to the figure: `concord import`, Kafka, `concord figures`."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.waiting import wait_until
from tests.cli.test_message_board import MAPPING, register
from tests.deploy.commands import System, kill_and_forget
from tests.flow.doors import Doors

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# one that no other flow writes to
TOWNSHIP = "519900177"
ROWS = 2816
YEARS = {
    "2011": (5, 2),
    "2012": (52, 46),
    "2013": (109, 114),
    "2014": (103, 105),
    "2015": (130, 112),
    "2016": (227, 232),
    "2017": (453, 437),
    "2018": (847, 821),
    "2019": (886, 924),
    "2020": (4, 23),
}
"""Filed and answered, as counted independently."""


def words(township: str = TOWNSHIP) -> list[str]:
    register_and_mapping = [str(register()), "--mapping", str(MAPPING)]
    return ["import", *register_and_mapping, "--division", township, "--rejects", os.devnull]


def figures(whole: System, period: str) -> dict[str, dict[str, Any]]:
    asked = ["--division", TOWNSHIP, "--period", period, "--format", "json"]
    found = json.loads(whole.concord("figures", *asked))
    return {figure["id"]: figure for figure in found["figures"]}


def outcome(said: str, name: str) -> int:
    found = re.search(rf"{name} +([\d,]+)", said)
    assert found, said
    return int(found[1].replace(",", ""))


def test_an_import_that_is_killed_half_way_is_completed_by_the_next(
    whole: System, doors: Doors
) -> None:
    def some_are_filed() -> bool:
        filed: str = doors.figures(TOWNSHIP, "all")["cases_filed"]["value"]
        return filed != "0"

    running = subprocess.Popen(
        [sys.executable, "-c", "from cli.main import run; run()", *words()],
        env={**os.environ, "CONCORD_DATA": str(whole.folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert wait_until(some_are_filed, seconds=60)
    kill_and_forget(running)

    said = whole.concord(*words())
    known, filed = outcome(said, "known"), outcome(said, "filed")
    assert known + filed == ROWS
    assert known > 0
    assert filed > 0
    assert outcome(said, "rejected") == 0


def test_its_figures_are_exactly_those_counted_independently(whole: System) -> None:
    register()  # skips where the data is not
    found = figures(whole, "all")
    assert found["cases_filed"]["value"] == found["cases_answered"]["value"] == str(ROWS)
    within = [found[f"answered_within_{days}_days"] for days in (15, 30, 60)]
    assert [rate["numerator"] for rate in within] == [1755, 2361, 2660]
    assert {rate["denominator"] for rate in within} == {ROWS}
    assert [rate["value"] for rate in within] == ["62.3", "83.8", "94.5"]
    # the register states none of these, so nobody has made them up
    for figure in ("cases_accepted", "cases_resolved", "cases_closed", "cases_withdrawn"):
        assert found[figure]["value"] == "0"


def test_so_are_those_of_every_year(whole: System, doors: Doors) -> None:
    register()  # skips where the data is not
    found = {year: doors.figures(TOWNSHIP, year) for year in YEARS}
    counted = {
        year: (int(each["cases_filed"]["value"]), int(each["cases_answered"]["value"]))
        for year, each in found.items()
    }
    assert counted == YEARS
    assert figures(whole, "2019")["cases_filed"] == found["2019"]["cases_filed"]


def test_the_same_register_again_files_nothing(whole: System) -> None:
    said = whole.concord(*words())
    assert (outcome(said, "filed"), outcome(said, "extended")) == (0, 0)
    assert outcome(said, "known") == ROWS
    assert figures(whole, "all")["cases_filed"]["value"] == str(ROWS)


def test_under_another_division_no_row_is_filed_again(whole: System) -> None:
    said = whole.concord(*words("519900178"), expect=1)
    assert (outcome(said, "filed"), outcome(said, "rejected")) == (0, ROWS)
