from pathlib import Path
from typing import Any

import pytest

from tests.cli.registers import PLAIN, read_one, reject_one

HEADER = ["编号", "时间", "内容", "状态", "何时", "答复", "答复时间", "受理", "化解", "方式"]
STATUS = """
[status]
column = "状态"
at = { column = "何时" }
how = { value = "opinion-accepted" }
[status.map]
"办结" = "closed"
"在办" = "open"
"受理" = "accepted"
"重复" = "duplicate"
"撤回" = "withdrawn"
"转送" = "transferred"
"转诉讼" = "diverted"
"化解" = "resolved"
"别处" = "in-process-elsewhere"
"终结" = "concluded"
"""
LIFE = """
[acceptance]
at = { column = "受理" }
[answer]
at = { column = "答复时间" }
text = { column = "答复" }
[resolution]
at = { column = "化解" }
how = { column = "方式" }
"""
AT = {"at": "2024-02-01T16:00:00.000000Z", "day_only": True}


def row(**cells: str) -> list[str]:
    given = {"编号": "1", "时间": "2024-01-02 10:00", "内容": "水管"} | cells
    return [given.get(name, "") for name in HEADER]


def facts(folder: Path, mapping: str, **cells: str) -> list[dict[str, Any]]:
    body = read_one(folder, PLAIN + mapping, HEADER, row(**cells)).body
    found: list[dict[str, Any]] = body["facts"]
    return found


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ("办结", {"do": "close"}),
        ("受理", {"do": "accept"}),
        ("重复", {"do": "link", "why": "duplicate"}),
        ("别处", {"do": "link", "why": "in-process-elsewhere"}),
        ("终结", {"do": "link", "why": "concluded"}),
        ("撤回", {"do": "withdraw"}),
        ("转送", {"do": "forward"}),
        ("转诉讼", {"do": "divert"}),
        ("化解", {"do": "resolve", "how": "opinion-accepted", "on_site": False}),
    ],
)
def test_a_status_with_a_day_is_a_fact(tmp_path: Path, status: str, fact: dict[str, Any]) -> None:
    assert facts(tmp_path, STATUS, 状态=status, 何时="2024-02-02") == [fact | AT]


@pytest.mark.parametrize("status", ["", "在办"])
def test_an_open_case_is_no_fact(tmp_path: Path, status: str) -> None:
    assert facts(tmp_path, STATUS, 状态=status, 何时="2024-02-02") == []


def test_a_status_without_a_day_is_told_and_not_invented(tmp_path: Path) -> None:
    read = read_one(tmp_path, PLAIN + STATUS, HEADER, row(状态="撤回"))
    assert read.body["facts"] == []
    assert read.undated == ('"withdrawn"',)
    timeless = STATUS.replace('at = { column = "何时" }\n', "")
    read = read_one(tmp_path, PLAIN + timeless, HEADER, row(状态="撤回", 何时="2024-02-02"))
    assert read.undated == ('"withdrawn"',)


def test_a_status_may_have_a_time_column_of_its_own(tmp_path: Path) -> None:
    mapping = STATUS.replace(
        "[status.map]", 'at_of = { withdrawn = { column = "化解" } }\n[status.map]'
    )
    found = facts(tmp_path, mapping, 状态="撤回", 何时="2024-03-03", 化解="2024-02-02")
    assert found == [{"do": "withdraw"} | AT]


def test_an_unknown_status_refuses_the_row(tmp_path: Path) -> None:
    rejected = reject_one(tmp_path, PLAIN + STATUS, HEADER, row(状态="搁置"))
    assert (rejected.column, "搁置" in rejected.reason) == ("状态", False)


def test_particulars_of_a_status_come_from_the_register(tmp_path: Path) -> None:
    mapping = STATUS.replace(
        "[status.map]",
        'route = { column = "方式", map = { "法院" = "litigation" } }\n'
        'unit = { column = "方式", map = { "水利站" = "water-station" } }\n'
        'outcome = { column = "方式", map = { "支持" = "supported" } }\n'
        'statement_recorded = { column = "方式" }\n[status.map]',
    )
    at = {"何时": "2024-02-02"}
    assert facts(tmp_path, mapping, 状态="转诉讼", 方式="法院", **at)[0]["route"] == "litigation"
    assert (
        facts(tmp_path, mapping, 状态="转送", 方式="水利站", **at)[0]["to_unit"] == "water-station"
    )
    assert facts(tmp_path, mapping, 状态="办结", 方式="支持", **at)[0]["outcome"] == "supported"
    assert facts(tmp_path, mapping, 状态="撤回", 方式="是", **at)[0]["statement_recorded"] is True
    rejected = reject_one(
        tmp_path, PLAIN + mapping, HEADER, row(状态="转送", 方式="某某办公室", **at)
    )
    assert rejected.column == "方式"


def test_a_whole_life_is_told_in_the_order_in_which_it_happened(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        LIFE + STATUS,
        受理="2024-01-05",
        答复="修好了",
        答复时间="2024-01-09 09:30",
        化解="2024-01-09",
        方式="认可意见",
        状态="办结",
        何时="2024-01-09",
    )
    assert [fact["do"] for fact in found] == ["accept", "reply", "resolve", "close"]
    assert found[1]["text"] == "修好了"
    assert found[2]["how"] == "opinion-accepted"


def test_an_answer_needs_a_day_but_no_text(tmp_path: Path) -> None:
    assert facts(tmp_path, LIFE, 答复时间="2024-02-02") == [{"do": "reply"} | AT]
    read = read_one(tmp_path, PLAIN + LIFE, HEADER, row(答复="修好了"))
    assert (read.body["facts"], read.undated) == ([], ("an answer",))


def test_a_resolution_of_no_kind_refuses_the_row(tmp_path: Path) -> None:
    assert reject_one(tmp_path, PLAIN + LIFE, HEADER, row(化解="2024-02-02")).column == "方式"


def test_what_was_solved_on_the_spot_was_solved_on_site(tmp_path: Path) -> None:
    (fact,) = facts(tmp_path, LIFE, 化解="2024-02-02", 方式="当场解决")
    assert fact["on_site"] is True


@pytest.mark.parametrize("answered", ["2024-01-01", "2024-01-02 09:59"])
def test_nothing_happens_to_a_case_before_it_is_filed(tmp_path: Path, answered: str) -> None:
    rejected = reject_one(tmp_path, PLAIN + LIFE, HEADER, row(答复时间=answered))
    assert rejected.column == "答复时间"


def test_on_the_day_of_filing_a_day_alone_is_no_contradiction(tmp_path: Path) -> None:
    assert facts(tmp_path, LIFE, 答复时间="2024-01-02")[0]["day_only"] is True


RECEIVED = PLAIN.replace("[case]", '[case]\nreceived_on = { column = "何时" }')


def test_a_register_with_a_column_states_the_day_of_receipt(tmp_path: Path) -> None:
    cells = row(何时="2024-01-01", 受理="2024-01-01")
    body = read_one(tmp_path, RECEIVED + LIFE, HEADER, cells).body
    assert body["file"]["received_on"] == "2024-01-01"
    assert [each["do"] for each in body["facts"]] == ["accept"]


def test_a_register_without_the_column_states_no_day_of_receipt(tmp_path: Path) -> None:
    assert "received_on" not in read_one(tmp_path, PLAIN, HEADER, row()).body["file"]


def test_nothing_is_received_after_its_filing(tmp_path: Path) -> None:
    refused = reject_one(tmp_path, RECEIVED, HEADER, row(何时="2024-01-03"))
    assert (refused.column, refused.reason) == ("何时", "a day after that of the filing")


def test_nothing_happens_before_the_receipt(tmp_path: Path) -> None:
    cells = row(何时="2024-01-02", 受理="2024-01-01")
    assert reject_one(tmp_path, RECEIVED + LIFE, HEADER, cells).column == "受理"
