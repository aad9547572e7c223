"""Three offices, three ways of keeping a register; only the mapping differs."""

from collections import Counter
from pathlib import Path
from typing import Any

from cli.register.rows import Ready, Reject
from tests.cli.registers import bodies, mapping_of, read_all, write_csv, write_xlsx

HOTLINE = """
[source]
name = "hotline"
encoding = "gb18030"
delimiter = ";"
[case]
number = { column = "工单号" }
filed_at = { column = "来电时间", formats = ["%m/%d/%Y %I:%M:%S %p"] }
channel = { value = "hotline" }
received_from = { value = "hotline" }
division = { column = "乡镇", map = { "东乡" = "519900161", "西乡" = "519900162" } }
phone = { column = "主叫" }
urgent = { column = "紧急" }
[status]
column = "状态"
time = { column = "状态时间", formats = ["%m/%d/%Y %I:%M:%S %p"] }
[status.map]
"已办结" = "closed"
"重复工单" = "duplicate"
"转区直部门" = "transferred"
"办理中" = "open"
"""


def test_a_hotlines_export_with_semicolons_and_american_times(tmp_path: Path) -> None:
    rows = [
        ["工单号", "来电时间", "乡镇", "主叫", "紧急", "状态", "状态时间"],
        ["GD-001", "04/12/2018 11:11:26 AM", "东乡", "000-1", "否", "已办结", "04/13/2018 01:00:00 PM"],
        ["GD-002", "04/12/2018 12:00:00 PM", "西乡", "000-2", "是", "重复工单", "04/12/2018 12:30:00 PM"],
        ["GD-003", "04/12/2018 12:00:00 AM", "西乡", "", "", "转区直部门", "04/14/2018 09:00:00 AM"],
        ["GD-004", "04/15/2018 08:00:00 AM", "东乡", "", "", "办理中", ""],
        ["GD-005", "04/15/2018 08:00:00 AM", "东乡", "", "", "已办结", ""],
        ["GD-006", "13/04/2018 08:00:00 AM", "东乡", "", "", "办理中", ""],
        ["GD-007", "04/15/2018 08:00:00 AM", "南乡", "", "", "办理中", ""],
    ]  # fmt: skip
    register = write_csv(tmp_path / "12345.csv", rows, "gb18030", ";")
    read = read_all(register, mapping_of(tmp_path, HOTLINE))
    ready = [row for row in read if isinstance(row, Ready)]
    assert [row.body["file"]["at"] for row in ready[:3]] == [
        "2018-04-12T03:11:26.000000Z",
        "2018-04-12T04:00:00.000000Z",
        "2018-04-11T16:00:00.000000Z",
    ]
    assert [[fact["do"] for fact in row.body["facts"]] for row in ready] == [
        ["close"], ["link"], ["forward"], [], [],
    ]  # fmt: skip
    assert Counter(what for row in ready for what in row.undated) == {'"closed"': 1}
    rejected = [(row.row, row.column) for row in read if isinstance(row, Reject)]
    assert rejected == [(6, "来电时间"), (7, "乡镇")]


VISITS = """
[source]
name = "visits"
sheet = "来访登记"
header_row = 2
[case]
number = { columns = ["年度", "序号"] }
filed_at = { columns = ["日期"] }
channel = { value = "visit" }
purpose = { column = "目的" }
category = { column = "内容分类" }
first_or_repeat = { column = "初/重", map = { "初" = "first", "重" = "repeat" } }
headcount = { column = "人数", pattern = "[0-9]+" }
joint = { column = "联名" }
person = { column = "姓名" }
id_number = { column = "证件" }
address = { column = "住址" }
narrative = { column = "事由" }
[acceptance]
at = { column = "受理" }
procedure = { column = "程序", map = { "简易" = "simple", "普通" = "ordinary" } }
"""


def test_a_visitors_book_kept_as_a_spreadsheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["某镇2023年来访登记簿"],
        ["序号", "年度", "日期", "姓名", "证件", "住址", "人数", "联名", "目的", "内容分类", "初/重",
         "事由", "受理", "程序"],
        [1, 2023, 45012, "测试甲", "ID-1", "东岭", "5人", "是", "求决", "国土资源", "初",
         "地界\r\n不清_x000D_", "2023年3月30日", "简易"],
        [2, 2023, "2023.3.28", None, None, None, None, None, None, None, None, None, None, None],
    ]  # fmt: skip
    register = write_xlsx(tmp_path / "b.xlsx", rows, "来访登记")
    first, second = bodies(read_all(register, mapping_of(tmp_path, VISITS), "519900163"))
    assert (first["number"], second["number"]) == ("2023 1", "2023 2")
    assert first["file"] | {"person": None} == {
        "at": "2023-03-26T16:00:00.000000Z",
        "day_only": True,
        "channel": "visit",
        "purpose": "request",
        "category": "land",
        "headcount": 5,
        "joint": True,
        "anonymous": None,
        "first_or_repeat": "first",
        "urgent": None,
        "village_code": None,
        "received_from": None,
        "person": None,
        "narrative": "地界\n不清",
    }
    assert [fact["procedure"] for fact in first["facts"]] == ["simple"]
    assert second["facts"] == []
    assert second["file"]["headcount"] is None


LETTERS = """
[source]
name = "letters"
timezone = "America/New_York"
[case]
filed_at = { column = "received" }
division = { value = "519900164" }
channel = { value = "letter" }
[answer]
at = { column = "answered" }
"""


def test_a_list_with_no_numbers_and_hardly_any_columns(tmp_path: Path) -> None:
    rows = [["received", "answered"], ["2023-01-05 20:00", "2023-07-01 20:00"], ["2023-02-01", ""]]
    register = write_csv(tmp_path / "l.csv", rows, "utf-8", "\t")
    first, second = bodies(read_all(register, mapping_of(tmp_path, LETTERS)))
    assert (first["number"], first["row"], second["row"]) == (None, 1, 2)
    assert first["file"]["at"] == "2023-01-06T01:00:00.000000Z"
    assert first["facts"][0]["at"] == "2023-07-02T00:00:00.000000Z"
    assert second["file"]["day_only"] is True
    assert second["facts"] == []
