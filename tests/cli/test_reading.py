import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cli.register.reading import open_register
from cli.register.refusals import RegisterUnreadable
from cli.register.rows import Ready, Reject
from tests.cli.registers import PLAIN, bodies, mapping_of, read_all, write_csv, write_xlsx

HEADER = ["编号", "时间", "内容"]
ROWS = [["1", "2024-01-02 10:00", "水管，坏了；三天"], ["2", "2024-01-03", "多行\n文字"]]


def opened(register: Path, mapping: str, folder: Path) -> str:
    with (
        pytest.raises(RegisterUnreadable) as refused,
        open_register(register, mapping_of(folder, mapping)),
    ):
        pass
    assert refused.value.exit_code == 2
    return str(refused.value)


@pytest.mark.parametrize("content", ["", "\n\n", ",,,\n"])
def test_an_empty_register_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    register = tmp_path / "r.csv"
    register.write_text(content)
    assert "is empty" in opened(register, PLAIN, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    register = write_csv(tmp_path / "r.csv", [HEADER, *ROWS], encoding, delimiter)
    read = bodies(read_all(register, mapping_of(tmp_path, PLAIN)))
    assert [body["number"] for body in read] == ["1", "2"]
    assert [body["file"]["narrative"] for body in read] == ["水管，坏了；三天", "多行\n文字"]
    assert [body["file"]["day_only"] for body in read] == [False, True]


def test_the_same_table_as_a_workbook_reads_the_same(tmp_path: Path) -> None:
    numbered: list[list[Any]] = [HEADER, [1, *ROWS[0][1:]], [2, *ROWS[1][1:]]]
    from_text = read_all(
        write_csv(tmp_path / "r.csv", [HEADER, *ROWS]), mapping_of(tmp_path, PLAIN)
    )
    from_cells = read_all(
        write_xlsx(tmp_path / "r.xlsx", numbered),
        mapping_of(tmp_path, PLAIN),
    )
    assert from_text == from_cells


def test_text_numbers_keep_their_zeros_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADER, ["007", date(2024, 1, 2), "x"]]
    register = write_xlsx(tmp_path / "r.xlsx", rows)
    (read,) = bodies(read_all(register, mapping_of(tmp_path, PLAIN)))
    assert (read["number"], read["file"]["day_only"]) == ("007", True)


def test_day_and_hour_may_stand_in_two_columns(tmp_path: Path) -> None:
    mapping = PLAIN.replace('column = "时间"', 'columns = ["日期", "时刻"]')
    rows: list[list[Any]] = [
        ["编号", "日期", "时刻", "内容"],
        [1, date(2024, 1, 2), time(10, 30), "x"],
    ]
    (read,) = bodies(
        read_all(write_xlsx(tmp_path / "r.xlsx", rows), mapping_of(tmp_path, mapping))
    )
    assert read["file"]["at"] == "2024-01-02T02:30:00.000000Z"


def test_headers_are_found_however_they_are_set(tmp_path: Path) -> None:
    rows = [[], ["编\n号", "\u3000时 间", "内容 "], ["1", "2024-01-02", "x"]]
    (read,) = bodies(read_all(write_csv(tmp_path / "r.csv", rows), mapping_of(tmp_path, PLAIN)))
    assert read["row"] == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_title_above_the_header_is_passed_over_when_told(tmp_path: Path, kind: str) -> None:
    rows = [["二〇二四年登记簿"], [], HEADER, *ROWS]
    write = write_csv if kind == "csv" else write_xlsx
    register = write(tmp_path / f"r.{kind}", rows)
    mapping = PLAIN.replace('"plain"', '"plain"\nheader_row = 3')
    read = bodies(read_all(register, mapping_of(tmp_path, mapping)))
    assert [body["row"] for body in read] == [1, 2]
    assert "header_row" in opened(register, PLAIN, tmp_path)


def test_another_sheet_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("登记")
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    book.save(tmp_path / "r.xlsx")
    mapping = PLAIN.replace('"plain"', '"plain"\nsheet = "登记"')
    assert len(read_all(tmp_path / "r.xlsx", mapping_of(tmp_path, mapping))) == 2
    wrong = PLAIN.replace('"plain"', '"plain"\nsheet = "表"')
    assert '"说明", "登记"' in opened(tmp_path / "r.xlsx", wrong, tmp_path)


def test_empty_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    rows = [HEADER, ROWS[0], ["", " ", "\u3000"], ROWS[1]]
    for register in (write_csv(tmp_path / "r.csv", rows), write_xlsx(tmp_path / "r.xlsx", rows)):
        read = bodies(read_all(register, mapping_of(tmp_path, PLAIN)))
        assert [body["row"] for body in read] == [1, 3]


def test_a_missing_column_is_named_and_no_content_is_shown(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "r.csv", [["张某某", "000-1", "内容"], ["a", "b", "c"]])
    said = opened(register, PLAIN, tmp_path)
    assert '"时间", "编号"' in said
    assert "张某某" not in said


def test_a_column_that_stands_twice_is_no_column(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "r.csv", [["编号", "时间", "时间", "内容"]])
    assert "several columns" in opened(register, PLAIN, tmp_path)


def test_files_that_are_no_register_are_refused_in_one_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in opened(tmp_path / "none.csv", PLAIN, tmp_path)
    assert "cannot be read" in opened(tmp_path, PLAIN, tmp_path)
    (tmp_path / "empty.csv").touch()
    assert "is empty" in opened(tmp_path / "empty.csv", PLAIN, tmp_path)
    (tmp_path / "half.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert "no workbook" in opened(tmp_path / "half.xlsx", PLAIN, tmp_path)
    (tmp_path / "other.csv").write_bytes(b"\xff\x81\xff\xff")
    assert "neither UTF-8 nor GB18030" in opened(tmp_path / "other.csv", PLAIN, tmp_path)


def test_a_row_with_more_cells_than_the_header_is_refused_alone(tmp_path: Path) -> None:
    lines = "编号,时间,内容\n1,2024-01-02,水管坏了,三天了\n2,2024-01-03,好\n"
    (tmp_path / "r.csv").write_text(lines, encoding="utf-8")
    torn, whole = read_all(tmp_path / "r.csv", mapping_of(tmp_path, PLAIN))
    assert isinstance(torn, Reject)
    assert isinstance(whole, Ready)


def test_bytes_of_another_encoding_refuse_their_row_alone(tmp_path: Path) -> None:
    header = "编号,时间,内容\n".encode()
    (tmp_path / "r.csv").write_bytes(header + b"1,2024-01-02,\xff\xfe\n2,2024-01-03,x\n")
    mapping = PLAIN.replace('"plain"', '"plain"\nencoding = "utf-8"')
    broken, whole = read_all(tmp_path / "r.csv", mapping_of(tmp_path, mapping))
    assert isinstance(broken, Reject)
    assert broken.column == "内容"
    assert isinstance(whole, Ready)


def long_register(folder: Path, rows: int) -> Path:
    register = folder / f"{rows}.csv"
    with register.open("w", encoding="gb18030") as text:
        text.write("编号;时间;内容\n")
        for number in range(rows):
            text.write(f"{number};2024-01-02 10:00;{'水管坏了' * 20}\n")
    return register


def peak_of_dry_run(register: Path) -> int:
    """The most memory that `concord import --dry-run` held, in KiB."""
    program = (
        "import resource, sys; from cli.main import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit as ended: assert ended.code == 0\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    words = ["import", str(register), "--mapping", "mapping.toml", "--dry-run"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=register.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1])


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    mapping_of(tmp_path, PLAIN)
    short, long = (peak_of_dry_run(long_register(tmp_path, n)) for n in (100, 100_000))
    assert long - short < 8 * 1024
