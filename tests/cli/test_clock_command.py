"""`concord clock` as it is typed: both dates and why, or one sentence that says what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli import main
from tests.shared.clocks.asking import OWN


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def concord(capsys: pytest.CaptureFixture[str]) -> "Concord":
    return Concord(capsys)


class Concord:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Said:
        with pytest.raises(SystemExit) as ended:
            main.run(["clock", *words])
        code = ended.value.code
        assert isinstance(code, int)
        told = self._capsys.readouterr()
        return Said(code, told.out, told.err)


def test_both_dates_and_the_explanation_are_printed(concord: Concord) -> None:
    said = concord("c6", "--start", "2026-01-05", "--extend", "30")
    assert said.code == 0
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "due for the office 办理机关截止 2026-04-05 Sun, 24:00" in lines
    assert "due for the petitioner 信访人截止 2026-04-07 Tue, 24:00" in lines
    assert any(line.startswith("C6（办理申诉求决事项）自2026-01-05起算") for line in lines)
    assert any(line.startswith("C6 (handling of a request) starts on") for line in lines)


def test_json_has_the_names_that_events_have(concord: Concord) -> None:
    said = concord("C4", "--start", "2026-02-10", "--format", "json").json
    assert (said["due_on"], said["due_on_for_petitioner"]) == ("2026-02-24", "2026-02-24")
    assert said["due_at"] == said["due_at_for_petitioner"] == "2026-02-25T00:00:00+08:00"
    assert (said["policy_version"], said["provisional"]) == ("national-2022", False)
    assert said["calendar_version"].startswith("cn-")
    assert said["marks"][-1] == {"days_before": 1, "on": "2026-02-23"}
    explained = said["explanation"]
    assert explained["skipped"][0] == {
        "day": "2026-02-15",
        "why": "festival",
        "festival": "spring-festival",
    }
    assert explained["articles"][0]["zh"] == "《信访工作条例》(2022)第23条第3款"
    assert explained["en"].startswith("C4 ")


def test_a_clock_starts_on_the_day_in_china_of_a_moment(concord: Concord) -> None:
    for moment in ("2026-01-04T16:00:00Z", "2026-01-05t23:59:59+08:00", "2026-01-04 16:00:00Z"):
        said = concord("C6", "--start", moment, "--format", "json").json
        assert said["due_on"] == "2026-03-06"


def test_another_policy_counts_by_another_law(concord: Concord) -> None:
    said = concord(
        "C6", "--start", "2026-01-05", "--policy", "zhejiang-2016", "--format", "json"
    ).json
    assert said["due_on"] == "2026-02-04"
    assert (
        said["explanation"]["articles"][0]["en"] == "Zhejiang Petition Regulations (2016) Art 23"
    )


def test_pauses_are_days_both_included_or_moments(concord: Concord) -> None:
    def due(*words: str) -> str:
        said = concord("C11", "--start", "2026-03-02", "--format", "json", *words).json
        return str(said["due_on"])

    assert due("--pause", "2026-03-10..2026-03-12") == "2026-04-04"
    assert due("--pause", "2026-03-10..2026-03-10", "--pause", "2026-03-12..2026-03-12") == (
        "2026-04-03"
    )
    assert due("--pause", "2026-03-10T09:00+08:00..2026-03-11T00:00+08:00") == "2026-04-02"


def test_a_length_set_for_the_case_is_given_along(concord: Concord) -> None:
    said = concord("C5", "--start", "2026-03-02", "--length", "20", "--format", "json").json
    assert said["due_on"] == "2026-03-22"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Name a clock and its start"),
        (["C6"], "concord clock --list says which clocks there are."),
        (["C60", "--start", "2026-01-05"], "has no clock C60; it has C1, C2,"),
        (["C6", "--start", "2026-01-05", "--policy", "utopia-2020"], "There is no policy utopia"),
        (["C6", "--start", "2026-02-30"], "--start: 2026-02-30 is no date of the calendar"),
        (["C6", "--start", "05.01.2026"], "--start: '05.01.2026' is neither a day such as"),
        (["C6", "--start", "2026-01-05T09:00"], "nor a moment with its offset such as"),
        (["C6", "--start", "2026-01-05T25:00:00Z"], "is no date of the calendar"),
        (["C6", "--start", "2026-01-05", "--extend", "31"], "may be extended by 30 days in all"),
        (["C4", "--start", "2026-01-05", "--extend", "1"], "C4 cannot be extended; leave the"),
        (["C1", "--start", "2026-01-05", "--pause", "2026-01-06..2026-01-07"], "Nothing pauses"),
        (["C11", "--start", "2026-01-05", "--pause", "2026-01-06"], "is no span such as"),
        (["C11", "--start", "2026-01-05", "--pause", "2026-01-07..2026-01-06"], "ends before it"),
        (
            ["C11", "--start", "2026-01-05", "--pause", "2026-01-07..2026-01-08T00:00Z"],
            "mixes a day with a moment",
        ),
        (["C5", "--start", "2026-01-05"], "C5 has a length that is set case by case"),
        (["C6", "--start", "2026-01-05", "--length", "9"], "C6 has its length by law"),
        (["C6", "--start", "9999-12-01"], "The end cannot be counted from 9999-12-01"),
        (["C6", "--start", "2026-01-05", "--policy", "none.toml"], "none.toml cannot be read"),
        (["--list", "--policy", "utopia-2020"], "There is no policy utopia-2020; there are"),
    ],
)
def test_what_cannot_be_counted_is_one_sentence_that_says_what_to_do(
    concord: Concord, words: list[str], told: str
) -> None:
    said = concord(*words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert said.err.count("\n") == 1


def test_the_list_has_every_policy_and_clock_with_its_source(concord: Concord) -> None:
    said = concord("--list")
    assert said.code == 0
    for expected in ("national-2022", "zhejiang-2016", "henan-2012", "C15-docket", "第34条"):
        assert expected in said.out
    listed = {each["policy"]: each for each in concord("--list", "--format", "json").json}
    clocks = {clock["id"]: clock for clock in listed["national-2022"]["clocks"]}
    assert len(clocks) == 20
    assert clocks["C12"]["not_verified"] == ["length", "source"]
    assert clocks["C6"]["extension"]["approver"] == "unit-head"
    assert all(clock["source"] for clock in clocks.values())


def test_one_policy_is_listed_whole(concord: Concord) -> None:
    listed = concord("--list", "--policy", "zhejiang-2016", "--format", "json").json
    assert [each["policy"] for each in listed] == ["zhejiang-2016"]
    assert "the others as in" not in concord("--list", "--policy", "zhejiang-2016").out


def test_a_county_counts_by_a_policy_file_of_its_own(concord: Concord, tmp_path: Path) -> None:
    file = tmp_path / "county.toml"
    file.write_text(OWN, encoding="utf-8")
    asked = ("C19", "--start", "2026-10-03T22:30:00+08:00", "--policy", str(file))
    assert concord(*asked, "--format", "json").json["due_at"] == "2026-10-04T02:30:00+08:00"
    assert "2026-10-04 02:30" in concord(*asked).out
    assert "a time" in concord("C19", "--start", "2026-10-03", "--policy", str(file)).err


def test_every_mistake_of_a_policy_file_is_told(concord: Concord, tmp_path: Path) -> None:
    file = tmp_path / "county.toml"
    file.write_text(OWN.replace("length = 4", 'length = "4"').replace("CN-XX", "XX"), "utf-8")
    said = concord("--list", "--policy", str(file))
    assert said.code == 2
    assert [line.split(": ")[0] for line in said.err.splitlines()[1:]] == [
        "county.toml:3",
        "county.toml:13",
    ]


def test_help_tells_what_may_be_typed(concord: Concord) -> None:
    said = concord("--help")
    assert said.code == 0
    for option in ("--start", "--policy", "--pause", "--extend", "--length", "--list"):
        assert option in said.out
