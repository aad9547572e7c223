"""The door that takes calendars over from the package tells every day that differs."""

import shutil
import sys
from pathlib import Path

import pytest

from shared.calendar_refresh import __main__ as calendars
from shared.calendar_refresh import chinesecalendar_years, difference
from shared.clocks.calendar_year import read_calendar_years


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(calendars.FOLDER, tmp_path / "calendars"))


def test_our_files_say_what_the_installed_package_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert calendars.main([]) == 0
    assert capsys.readouterr().out.startswith("no difference: 2010 to ")


def test_a_day_that_differs_is_told_old_and_new_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "2020.toml"
    first_notice = file.read_text("utf-8").replace("2020-02-02", "2020-01-30")
    file.write_text(first_notice.replace("[2020-01-19]", "[2020-01-19, 2020-02-01]"), "utf-8")
    before = file.read_bytes()
    assert calendars.main(["--folder", str(folder)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "2020-01-31 Fri: working day -> rest day (Spring Festival)",
        "2020-02-01 Sat: working day (Spring Festival) -> rest day (Spring Festival)",
        "2020-02-02 Sun: weekend -> rest day (Spring Festival)",
        "3 days differ; --write takes them over",
    ]
    assert file.read_bytes() == before


def test_what_differs_is_written_as_the_next_edition(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed, untouched = folder / "2020.toml", (folder / "2021.toml").read_bytes()
    changed.write_text(changed.read_text("utf-8").replace("[2020-01-19]", "[]"), "utf-8")
    assert calendars.main(["--folder", str(folder), "--write"]) == 0
    assert "wrote 2020.toml; look at its notices" in capsys.readouterr().out
    assert "edition = 3" in changed.read_text("utf-8")
    assert (folder / "2021.toml").read_bytes() == untouched
    assert calendars.main(["--folder", str(folder)]) == 0


def test_a_year_that_is_new_is_written_whole(folder: Path) -> None:
    newest = max(folder.glob("*.toml"))
    stored = newest.read_text("utf-8")
    newest.unlink()
    assert calendars.main(["--folder", str(folder), "--write"]) == 0
    assert read_calendar_years({"a": newest.read_text("utf-8")}) == read_calendar_years(
        {"a": stored}
    )


def test_a_year_that_the_package_does_not_know_is_left_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = chinesecalendar_years.published_years(calendars.FIRST_YEAR)
    monkeypatch.setattr(calendars, "published_years", lambda _: known[:-1])
    assert calendars.main(["--folder", str(folder), "--write"]) == 1
    assert f"does not know {known[-1].year}; left as it is" in capsys.readouterr().out


def test_a_broken_file_is_told_and_nothing_is_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "2020.toml").write_text("year = twenty", "utf-8")
    assert calendars.main(["--folder", str(folder)]) == 2
    assert "2020.toml:1: is no TOML" in capsys.readouterr().err


def test_without_the_package_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    assert calendars.main([]) == 3
    assert capsys.readouterr().err.startswith("chinesecalendar is not installed here")


def test_years_are_equal_to_themselves() -> None:
    known = chinesecalendar_years.published_years(calendars.FIRST_YEAR)
    assert difference.differences(known, known) == []
    assert len(difference.differences([], known)) > 500
