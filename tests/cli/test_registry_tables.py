"""Tables of units and posts are read by the mapping language of registers."""

from pathlib import Path
from typing import Any

import pytest

from cli.import_register import import_register
from cli.refusals import BadInput
from cli.register.registry.mapping import PostMapping, UnitMapping
from cli.register.rows import Reject
from tests.cli.registers import bodies, mapping_of, read_all, write_csv, write_xlsx

UNITS = """
[source]
name = "units"
[unit]
code = { column = "代码", map = { "司法所" = "justice-office" } }
type = { column = "类型" }
title = { column = "名称" }
parent = { column = "上级" }
valid_from = { column = "设立" }
division = { column = "区划" }
"""
POSTS = """
[source]
name = "posts"
[post]
code = { column = "岗位" }
unit = { column = "单位" }
leads = { column = "负责人" }
portfolio = { column = "分管" }
valid_from = { column = "设立" }
division = { value = "519900101" }
[holding]
at = { column = "任职" }
holder = { column = "任职者" }
"""
UNIT_HEADER = ["代码", "类型", "名称", "上级", "设立", "区划"]
POST_HEADER = ["岗位", "单位", "负责人", "分管", "设立", "任职", "任职者"]


def read(folder: Path, mapping: str, *rows: list[str]) -> list[Any]:
    return read_all(write_csv(folder / "t.csv", rows), mapping_of(folder, mapping))


def test_a_row_is_a_unit_of_a_township_or_of_the_county(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        UNITS,
        UNIT_HEADER,
        ["司法所", "司法行政", "青云镇司法所", "", "2020-01-01", "519900101"],
        ["land-bureau", "natural-resources", "自然资源局", "leadership", "2019年3月1日", "519900"],
    )
    office, bureau = bodies(found)
    assert office == {
        "row": 1,
        "number": None,
        "division": "519900101",
        "register": {
            "at": "2019-12-31T16:00:00.000000Z",
            "day_only": True,
            "code": "justice-office",
            "unit_type": "justice",
            "title": "青云镇司法所",
        },
        "facts": [],
    }
    assert bureau["division"] == "519900"
    assert bureau["register"]["parent"] == "leadership"


def test_a_row_is_a_post_and_who_holds_it(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        POSTS,
        POST_HEADER,
        ["justice-1", "justice-office", "是", "国土资源", "2020-01-01", "2021-02-03", "h-17"],
        ["justice-2", "justice-office", "", "", "2020-01-01", "", ""],
    )
    head, other = bodies(found)
    assert head["register"] | {"at": ""} == {
        "at": "",
        "day_only": True,
        "code": "justice-1",
        "unit": "justice-office",
        "leads": True,
        "portfolio": "land",
    }
    (fact,) = head["facts"]
    assert (fact["do"], fact["holder"]) == ("hold", "h-17")
    assert other["facts"] == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["王小明", "司法行政", "司法所", "", "2020-01-01", "519900101"], "代码"),
        (["", "司法行政", "司法所", "", "2020-01-01", "519900101"], "代码"),
        (["a", "某类型", "司法所", "", "2020-01-01", "519900101"], "类型"),
        (["a", "司法行政", "", "", "2020-01-01", "519900101"], "名称"),
        (["a", "司法行政", "司法所", "", "", "519900101"], "设立"),
        (["a", "司法行政", "司法所", "", "2020-01-01", "某镇"], "区划"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column(
    tmp_path: Path, row: list[str], column: str
) -> None:
    (found,) = read(tmp_path, UNITS, UNIT_HEADER, row)
    assert isinstance(found, Reject)
    assert found.column == column


def test_a_name_is_no_reference_of_a_holder(tmp_path: Path) -> None:
    row = ["justice-1", "justice-office", "", "", "2020-01-01", "2021-02-03", "王小明"]
    (found,) = read(tmp_path, POSTS, POST_HEADER, row)
    assert isinstance(found, Reject)
    assert "王小明" not in found.reason


def test_the_first_table_says_what_the_rows_are(tmp_path: Path) -> None:
    assert isinstance(mapping_of(tmp_path, UNITS), UnitMapping)
    assert isinstance(mapping_of(tmp_path, POSTS), PostMapping)


def test_a_dry_run_reads_a_workbook_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    table = write_xlsx(
        tmp_path / "units.xlsx",
        [UNIT_HEADER, ["justice-office", "司法行政", "司法所", "", "2020-01-01", "519900101"]],
    )
    mapping = tmp_path / "units.toml"
    mapping.write_text(UNITS, encoding="utf-8")
    import_register(table, mapping=mapping, dry_run=True)
    said = capsys.readouterr().out
    assert "readable          1  (nothing was sent)" in said
    import_register(table, mapping=mapping, dry_run=True, division="519900")
    with pytest.raises(BadInput, match="a township or county"):
        import_register(table, mapping=mapping, dry_run=True, division="519900101001")
