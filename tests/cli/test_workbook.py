"""Workbooks are read in a process of their own: as calamine reads them, and never without bounds."""

import resource
from datetime import date, datetime, time, timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cli.register.cells import Cell
from cli.register.refusals import RegisterUnreadable
from cli.register.workbook import open_sheet
from cli.register.workbook_rows import _tagged, cell_of

CELLS: st.SearchStrategy[Cell] = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


MOMENT = datetime(2024, 1, 2, 3, 4)  # noqa: DTZ001 - a cell has no time zone


@given(CELLS)
def test_a_cell_comes_back_as_it_was(cell: Cell) -> None:
    written = orjson.dumps(cell, default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME)
    read = cell_of(orjson.loads(written))
    assert (type(read), read) == (type(cell), cell)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    first, second = made.create_sheet("一"), made.create_sheet("-m")
    first.append(["a", 1, 1.5, True, date(2024, 1, 2), MOMENT])
    first.append([None, time(5, 6), timedelta(hours=30)])
    for number in range(5000):
        second.append([number, "路灯坏了"])
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_every_kind_of_cell_is_read(book: Path) -> None:
    with open_sheet(book, None) as sheet:
        lines = list(sheet.lines)
    assert sheet.line_count == 2
    assert lines[0] == ["a", 1, 1.5, True, date(2024, 1, 2), MOMENT]
    assert lines[1][:3] == ["", time(5, 6), timedelta(hours=30)]


def test_a_sheet_is_named_and_need_not_be_read_to_its_end(book: Path) -> None:
    with open_sheet(book, "-m") as sheet:
        assert sheet.line_count == 5000
        assert next(sheet.lines) == [0, "路灯坏了"]
    with (
        pytest.raises(RegisterUnreadable, match='has no sheet "二"; it has "一", "-m"'),
        open_sheet(book, "二"),
    ):
        pass


def test_a_cell_far_away_from_the_others_is_refused_and_costs_nothing(tmp_path: Path) -> None:
    far = Workbook()
    sheet = far.worksheets[0]
    sheet.append(["编号", "时间"])
    sheet["XFD1048576"] = "x"
    far.save(tmp_path / "far.xlsx")
    assert (tmp_path / "far.xlsx").stat().st_size < 6000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (
        pytest.raises(RegisterUnreadable, match="takes more memory or time"),
        open_sheet(tmp_path / "far.xlsx", None),
    ):
        pass
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2**16  # KiB


def test_a_child_that_is_ended_half_way_is_not_taken_for_the_end(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.register.workbook._CHILD", "tests.cli.half_a_sheet")
    with open_sheet(book, None) as sheet:
        assert next(sheet.lines) == [1]
        with pytest.raises(RegisterUnreadable, match="takes more memory or time"):
            next(sheet.lines)
