"""Tables of 12345 orders are read by the mapping language of registers."""

from pathlib import Path
from typing import Any

import pytest

from cli.importing.columns import column_of
from cli.register.grid.orders import OrderMapping
from cli.register.mapping_file import read_mapping
from cli.register.refusals import MappingUnreadable
from tests.cli.registers import bodies, mapping_of, read_all, read_one, reject_one, write_csv

ORDERS = """
[source]
name = "hotline-2025"
[order]
number = { column = "工单编号" }
received_at = { column = "受理时间" }
kind = { column = "工单类型" }
category = { column = "问题分类", map = { "劳动纠纷" = "labour", "供水" = "construction" }, default = "unclassified" }
title = { column = "标题" }
words = { column = "主要内容" }
spot = { column = "点位" }
company = { column = "企业名称" }
tags = { column = "标签" }
caller = { column = "来电人" }
phone = { column = "电话" }
confidential = { column = "来电人", map = { "保密" = true }, default = false }
nature = { column = "工单性质" }
due_on = { column = "办理时限" }
to_unit = { column = "承办单位", map = { "人社所" = "labour-office" }, default = "not-stated" }
division = { value = "519900101" }
village = { column = "村社区", map = { "青云村" = "519900101201" } }
[answer]
at = { column = "办结时间" }
result = { column = "是否解决" }
words = { column = "回复内容" }
grade = { column = "是否满意", map = { "未评价" = "" } }
"""
HEADER = [
    *("工单编号", "受理时间", "工单类型", "问题分类", "标题", "主要内容", "点位", "企业名称"),
    *("标签", "来电人", "电话", "工单性质", "办理时限", "承办单位", "村社区"),
    *("办结时间", "是否解决", "回复内容", "是否满意"),
]
LINE: dict[str, str] = {
    "工单编号": "WS-20250304-0017",
    "受理时间": "2025-03-04 09:12:00",
    "工单类型": "求助",
    "问题分类": "劳动纠纷",
    "标题": "拖欠工资",
    "主要内容": "饭店两个月没发工资。",
    "点位": "老街口",
    "企业名称": "老街饭店",
    "标签": "欠薪、餐饮",
    "来电人": "龙小满",
    "电话": "13900000007",
    "工单性质": "主办",
    "办理时限": "2025-03-11",
    "承办单位": "人社所",
    "村社区": "青云村",
    "办结时间": "2025-03-07",
    "是否解决": "解决",
    "回复内容": "当天补发。",
    "是否满意": "满意",
}


def line(**changes: str) -> list[str]:
    said = LINE | changes
    return [said[name] for name in HEADER]


def read(folder: Path, *rows: list[str]) -> list[Any]:
    return read_all(write_csv(folder / "t.csv", [HEADER, *rows]), mapping_of(folder, ORDERS))


def test_a_row_is_an_order_with_its_answer(tmp_path: Path) -> None:
    (order,) = bodies(read(tmp_path, line()))
    assert (order["number"], order["division"]) == ("WS-20250304-0017", "519900101")
    assert order["register"] == {
        "at": "2025-03-04T01:12:00.000000Z",
        "day_only": False,
        "kind": "help",
        "category": "labour",
        "title": "拖欠工资",
        "words": "饭店两个月没发工资。",
        "spot": "老街口",
        "company": "老街饭店",
        "tags": ["欠薪", "餐饮"],
        "caller": {"name": "龙小满", "phone": "13900000007"},
        "nature": "lead",
        "due_on": "2025-03-11",
        "to_unit": "labour-office",
        "village_code": "519900101201",
    }
    (answer,) = order["facts"]
    assert answer == {
        "do": "answer",
        "at": "2025-03-06T16:00:00.000000Z",
        "day_only": True,
        "result": "solved",
        "words": "当天补发。",
        "grade": "satisfied",
    }


def test_of_a_confidential_caller_nothing_is_read(tmp_path: Path) -> None:
    (order,) = bodies(read(tmp_path, line(来电人="保密")))
    assert order["register"]["confidential"] is True
    assert "caller" not in order["register"]
    assert "13900000007" not in str(order)


def test_what_a_row_leaves_open_is_not_made_up(tmp_path: Path) -> None:
    empty = dict.fromkeys(HEADER, "")
    kept = {name: LINE[name] for name in ("工单编号", "受理时间", "主要内容")}
    (order,) = bodies(read(tmp_path, line(**(empty | kept))))
    assert order["register"] == {
        "at": "2025-03-04T01:12:00.000000Z",
        "day_only": False,
        "words": "饭店两个月没发工资。",
        "category": "unclassified",
        "to_unit": "not-stated",
        "village_code": None,
    }
    assert order["facts"] == []


def test_nobody_is_said_to_be_content_who_said_nothing(tmp_path: Path) -> None:
    (order,) = bodies(read(tmp_path, line(是否满意="未评价")))
    assert "grade" not in order["facts"][0]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"工单编号": ""}, "工单编号"),
        ({"主要内容": " "}, "主要内容"),
        ({"受理时间": "昨天"}, "受理时间"),
        ({"受理时间": ""}, "受理时间"),
        ({"工单类型": "骂人"}, "工单类型"),
        ({"办结时间": "2025-03-01"}, "办结时间"),
        ({"是否解决": "也许"}, "是否解决"),
        ({"村社区": "别处村"}, "村社区"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column(
    tmp_path: Path, changes: dict[str, str], column: str
) -> None:
    rejected = reject_one(tmp_path, ORDERS, HEADER, line(**changes))
    assert rejected.column == column
    assert all(cell not in rejected.reason for cell in changes.values() if cell.strip())


def test_an_answer_without_a_day_is_counted_and_not_invented(tmp_path: Path) -> None:
    (row,) = read(tmp_path, line(办结时间=""))
    assert row.undated == ("what was answered",)


def test_what_the_service_refuses_is_found_in_its_column(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, ORDERS)
    row = read_one(tmp_path, ORDERS, HEADER, line())
    assert [column_of(mapping, row, field) for field in ("register.words", "kind", "to_unit")] == [
        "主要内容",
        "工单类型",
        "承办单位",
    ]
    assert column_of(mapping, row, "facts.0.words") == "回复内容"
    assert column_of(mapping, row, "register.village_code") == "村社区"


def test_a_mapping_that_names_no_code_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.toml"
    path.write_text(ORDERS.replace('"劳动纠纷" = "labour"', '"劳动纠纷" = "wages"'), "utf-8")
    with pytest.raises(MappingUnreadable, match="wages"):
        read_mapping(path)


def test_the_mapping_is_one_of_orders(tmp_path: Path) -> None:
    assert isinstance(mapping_of(tmp_path, ORDERS), OrderMapping)
