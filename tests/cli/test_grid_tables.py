"""Tables of villages, grids and workers are read by the mapping language of registers."""

from pathlib import Path
from typing import Any

import pytest
import typer

from cli.import_register import import_register
from cli.importing.columns import column_of
from cli.refusals import BadInput
from cli.register.grid.mapping import GridMapping, VillageMapping, WorkerMapping
from cli.register.refusals import MappingUnreadable
from cli.register.rows import Reject
from tests.cli.registers import (
    bodies,
    mapping_of,
    read_all,
    read_one,
    reject_one,
    write_csv,
    write_xlsx,
)

VILLAGES = """
[source]
name = "villages"
[village]
code = { column = "编码" }
name = { column = "村名" }
kind = { column = "性质" }
valid_from = { value = 2025-01-01 }
division = { column = "编码", pattern = '^(\\d{9})' }
"""
GRIDS = """
[source]
name = "grids"
[grid]
code = { column = "网格编码" }
name = { column = "网格" }
kind = { column = "类别", map = { "综合网格" = "basic" } }
within = { column = "所属网格" }
boundary = { column = "边界" }
valid_from = { column = "启用日期" }
division = { value = "519900101" }
"""
WORKERS = """
[source]
name = "workers"
[worker]
number = { column = "工号" }
name = { column = "姓名" }
phone = { column = "电话" }
employment = { column = "专兼职" }
post = { column = "岗位" }
valid_from = { column = "聘任日期" }
division = { value = "519900101" }
[serving]
grid = { column = "网格编码" }
duty = { column = "职责" }
until = { column = "至" }
"""
VILLAGE_HEADER = ["编码", "村名", "性质"]
GRID_HEADER = ["网格编码", "网格", "类别", "所属网格", "边界", "启用日期"]
WORKER_HEADER = ["工号", "姓名", "电话", "专兼职", "岗位", "聘任日期", "网格编码", "职责", "至"]
WU = ["7", "吴桂兰", "139", "专职", "grid-7", "2025-01-01", "519900101201001", "", ""]


def read(folder: Path, mapping: str, *rows: list[str]) -> list[Any]:
    return read_all(write_csv(folder / "t.csv", rows), mapping_of(folder, mapping))


def test_a_row_is_a_village_since_the_day_of_the_table(tmp_path: Path) -> None:
    (village,) = bodies(read(tmp_path, VILLAGES, VILLAGE_HEADER, ["519900101201", "青云村", "村"]))
    assert village == {
        "row": 1,
        "number": None,
        "division": "519900101",
        "register": {
            "at": "2024-12-31T16:00:00.000000Z",
            "day_only": True,
            "village_code": "519900101201",
            "name": "青云村",
            "kind": "village",
        },
        "facts": [],
    }


def test_a_row_is_a_grid_with_what_it_lies_in_and_its_boundary(tmp_path: Path) -> None:
    drawn = '{"type":"Polygon","coordinates":[]}'
    basic, micro = bodies(
        read(
            tmp_path,
            GRIDS,
            GRID_HEADER,
            ["519900101201001", "一组", "综合网格", "", drawn, "2025-01-01"],
            ["519900101201101", "一组一片", "微网格", "519900101201001", "", "2025年3月1日"],
        )
    )
    assert (basic["register"]["kind"], basic["register"]["within"]) == ("basic", None)
    assert basic["register"]["boundary"] == {"type": "Polygon", "coordinates": []}
    assert (micro["register"]["kind"], micro["register"]["within"]) == ("micro", "519900101201001")


def test_a_row_is_a_worker_and_the_grid_that_they_serve(tmp_path: Path) -> None:
    first, substitute, nowhere = bodies(
        read(
            tmp_path,
            WORKERS,
            WORKER_HEADER,
            WU,
            [*WU[:6], "519900101201002", "替班", "2025-03-31"],
            ["8", "李长根", "", "", "", "2025-01-01", "", "", ""],
        )
    )
    assert first["register"]["person"] == {"name": "吴桂兰", "phone": "139"}
    assert (first["register"]["employment"], first["register"]["post"]) == ("full-time", "grid-7")
    (fact,) = first["facts"]
    assert (fact["do"], fact["grid_code"], fact["duty"]) == (
        "serve",
        "519900101201001",
        "responsible",
    )
    assert fact["at"] == first["register"]["at"]
    (fact,) = substitute["facts"]
    assert (fact["duty"], fact["last_day"]) == ("substitute", "2025-03-31")
    assert (nowhere["facts"], nowhere["register"]["employment"]) == ([], "not-stated")


@pytest.mark.parametrize(
    ("mapping", "header", "row", "column"),
    [
        (VILLAGES, VILLAGE_HEADER, ["5199001012", "青云村", "村"], "编码"),
        (VILLAGES, VILLAGE_HEADER, ["519900101201", "", "村"], "村名"),
        (VILLAGES, VILLAGE_HEADER, ["519900101201", "青云村", "镇"], "性质"),
        (GRIDS, GRID_HEADER, ["519900101201", "一组", "微网格", "", "", "2025-01-01"], "网格编码"),
        (GRIDS, GRID_HEADER, ["519900101201001", "一组", "", "", "", "2025-01-01"], "类别"),
        (GRIDS, GRID_HEADER, ["519900101201001", "一组", "微网格", "", "", ""], "启用日期"),
        (
            GRIDS,
            GRID_HEADER,
            ["519900101201001", "一组", "微网格", "x", "", "2025-01-01"],
            "所属网格",
        ),
        (
            GRIDS,
            GRID_HEADER,
            ["519900101201001", "一组", "微网格", "", "[1", "2025-01-01"],
            "边界",
        ),
        (WORKERS, WORKER_HEADER, [*WU[:1], "", *WU[2:]], "姓名"),
        (WORKERS, WORKER_HEADER, [*WU[:6], "吴桂兰", "", ""], "网格编码"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column_and_not_its_content(
    tmp_path: Path, mapping: str, header: list[str], row: list[str], column: str
) -> None:
    found = reject_one(tmp_path, mapping, header, row)
    assert found.column == column
    assert "吴桂兰" not in found.reason


def test_the_first_table_says_what_the_rows_are(tmp_path: Path) -> None:
    for text, kind in ((VILLAGES, VillageMapping), (GRIDS, GridMapping), (WORKERS, WorkerMapping)):
        assert isinstance(mapping_of(tmp_path, text), kind)


def test_a_day_is_stated_by_a_column_or_for_the_whole_table_and_not_by_both(
    tmp_path: Path,
) -> None:
    for wrong in ("{ }", '{ column = "日期", value = 2025-01-01 }', '{ value = "some day" }'):
        with pytest.raises(MappingUnreadable, match="valid_from"):
            mapping_of(tmp_path, VILLAGES.replace("{ value = 2025-01-01 }", wrong))


def test_a_dry_run_reads_a_workbook_and_lists_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [["519900101201", "青云村", "村"], ["x", "李家村", "村"]]
    table = write_xlsx(tmp_path / "villages.xlsx", [VILLAGE_HEADER, *rows])
    mapping = tmp_path / "villages.toml"
    mapping.write_text(VILLAGES, encoding="utf-8")
    with pytest.raises(typer.Exit) as ended:
        import_register(table, mapping=mapping, dry_run=True)
    assert ended.value.exit_code == 1
    said = capsys.readouterr().out
    assert "readable          1  (nothing was sent)" in said
    rejects = (tmp_path / "villages.rejects.csv").read_text(encoding="utf-8")
    assert rejects.splitlines()[0] == "row,column,reason"
    assert rejects.splitlines()[1].startswith("2,编码,")
    assert "李家村" not in rejects
    with pytest.raises(BadInput, match="a township or county"):
        import_register(table, mapping=mapping, dry_run=True, division="519900101201")


def test_a_reject_is_of_one_row(tmp_path: Path) -> None:
    found = read(tmp_path, VILLAGES, VILLAGE_HEADER, ["x", "y", "村"], ["519900101201", "y", "村"])
    assert [isinstance(each, Reject) for each in found] == [True, False]


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("facts.0.grid_code", "网格编码"),
        ("facts.0.duty", "职责"),
        ("name", "姓名"),
        ("number", "工号"),
        ("register.person.phone", "电话"),
        (None, ""),
    ],
)
def test_what_the_service_rejects_is_listed_by_its_column(
    tmp_path: Path, field: str | None, column: str
) -> None:
    row = read_one(tmp_path, WORKERS, WORKER_HEADER, WU)
    assert column_of(mapping_of(tmp_path, WORKERS), row, field) == column


def test_a_mapping_of_workers_names_the_column_of_their_numbers(tmp_path: Path) -> None:
    without = WORKERS.replace('number = { column = "工号" }\n', "")
    with pytest.raises(MappingUnreadable, match=r"number is missing.*no identity"):
        mapping_of(tmp_path, without)
