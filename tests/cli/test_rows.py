import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.register.case.mapping import CaseMapping
from cli.register.row import Row
from cli.register.rows import Interpreter, Ready, Reject
from tests.cli.registers import PLAIN, mapping_of, read_all, read_one, reject_one, write_csv

HEADER = ["编号", "时间", "内容", "x"]


def row(value: str) -> list[str]:
    return ["1", "2024-01-02 10:00", "水管", value]


def filed(folder: Path, line: str, value: str) -> dict[str, Any]:
    filing: dict[str, Any] = read_one(folder, PLAIN + line, HEADER, row(value)).body["file"]
    return filing


def test_what_a_register_does_not_state_is_not_made_up(tmp_path: Path) -> None:
    read = read_one(tmp_path, PLAIN, HEADER, row(""))
    assert read == Ready(
        1,
        {
            "row": 1,
            "number": "1",
            "division": "519900160",
            "file": {
                "at": "2024-01-02T02:00:00.000000Z",
                "day_only": False,
                "channel": "not-stated",
                "purpose": "not-stated",
                "category": "unclassified",
                "headcount": None,
                "joint": None,
                "anonymous": None,
                "first_or_repeat": "not-stated",
                "urgent": None,
                "village_code": None,
                "received_from": None,
                "person": None,
                "narrative": "水管",
            },
            "facts": [],
        },
        (),
    )


@pytest.mark.parametrize(
    ("line", "value", "code"),
    [
        ('channel = { column = "x" }', "来访", "visit"),
        ('channel = { column = "x" }', "letter", "letter"),
        ('channel = { column = "x" }', "", "not-stated"),
        ('channel = { column = "x", map = { "窗口" = "visit" } }', "窗口", "visit"),
        ('channel = { column = "x", map = { "窗口" = "visit" } }', "来电", "call"),
        ('channel = { column = "x", default = "online" }', "传真", "online"),
        ('channel = { column = "x", default = "online" }', "", "online"),
        ('channel = { column = "x", map = { "—" = "" } }', "—", "not-stated"),
        ('channel = { value = "online" }', "来访", "online"),
    ],
)
def test_a_code_comes_from_map_label_or_default(
    tmp_path: Path, line: str, value: str, code: str
) -> None:
    assert filed(tmp_path, line, value)["channel"] == code


@pytest.mark.parametrize(
    ("line", "value", "cause"),
    [
        ('cause = { column = "x" }', "宏达建筑有限公司", {"title": "宏达建筑有限公司"}),
        ('cause = { column = "x" }', "", None),
        (
            'cause = { value = "红星砖厂" }\ncause_number = { column = "x" }',
            "91350100M000100Y43",
            {"title": "红星砖厂", "registration_number": "91350100M000100Y43"},
        ),
    ],
)
def test_a_register_may_name_who_caused_it(
    tmp_path: Path, line: str, value: str, cause: dict[str, str] | None
) -> None:
    assert filed(tmp_path, line, value).get("cause") == cause


def test_a_code_that_the_mapping_does_not_know_refuses_the_row(tmp_path: Path) -> None:
    rejected = reject_one(tmp_path, PLAIN + 'channel = { column = "x" }', HEADER, row("传真"))
    assert (rejected.row, rejected.column) == (1, "x")
    assert "传真" not in rejected.reason


@pytest.mark.parametrize(
    ("value", "flag"), [("是", True), ("否", False), ("", None), ("Y", True), ("0", False)]
)
def test_yes_and_no_are_read_and_silence_stays_silence(
    tmp_path: Path, value: str, flag: bool | None
) -> None:
    assert filed(tmp_path, 'anonymous = { column = "x" }', value)["anonymous"] is flag


@pytest.mark.parametrize(("value", "count"), [("3", 3), ("", None)])
def test_a_headcount_is_read(tmp_path: Path, value: str, count: int | None) -> None:
    assert filed(tmp_path, 'headcount = { column = "x" }', value)["headcount"] == count


def test_a_headcount_may_be_found_in_text(tmp_path: Path) -> None:
    line = 'headcount = { column = "x", pattern = "([0-9]+)人" }'
    assert filed(tmp_path, line, "共12人")["headcount"] == 12


@pytest.mark.parametrize(
    "line",
    ['headcount = { column = "x" }', 'urgent = { column = "x" }', 'village = { column = "x" }'],
)
def test_what_is_no_value_of_the_field_refuses_the_row(tmp_path: Path, line: str) -> None:
    rejected = reject_one(tmp_path, PLAIN + line, HEADER, row("测试甲"))
    assert rejected.column == "x"
    assert "测试甲" not in rejected.reason


def test_a_person_is_put_together_from_its_columns(tmp_path: Path) -> None:
    line = 'person = { column = "x" }\nphone = { value = "000-0" }'
    assert filed(tmp_path, line, " 测试甲 ")["person"] == {
        "name": "测试甲",
        "phone": "000-0",
        "id_number": None,
        "address": None,
    }


PLACES = PLAIN.replace(
    'division = { value = "519900160" }',
    'division = { columns = ["内容", "x"], pattern = "([A-M]\\\\d*)[市区县]", match = "MATCH", '
    'map = { A = "519900161", A7 = "519900162", A10 = "519900163" }, default = "519900169" }',
)


@pytest.mark.parametrize(
    ("match", "text", "division"),
    [
        ("first", "A市A7县某处", "519900161"),
        ("last", "A市A7县某处", "519900162"),
        ("longest", "A10区、A7县、A市", "519900163"),
        ("last", "某处", "519900169"),
        ("last", "B3县", "519900169"),
        ("last", "", "519900169"),
    ],
)
def test_a_place_is_found_in_the_text(
    tmp_path: Path, match: str, text: str, division: str
) -> None:
    read = read_one(tmp_path, PLACES.replace("MATCH", match), HEADER, row(text))
    assert read.body["division"] == division


def test_a_village_code_names_its_township_too(tmp_path: Path) -> None:
    mapping = PLAIN.replace('value = "519900160"', 'column = "x"')
    read = read_one(tmp_path, mapping, HEADER, row("519900160201"))
    assert read.body["division"] == "519900160"
    assert read.body["file"]["village_code"] == "519900160201"


@pytest.mark.parametrize("place", ["", "519900", "县城"])
def test_a_row_without_a_township_is_refused(tmp_path: Path, place: str) -> None:
    mapping = PLAIN.replace('value = "519900160"', 'column = "x"')
    assert reject_one(tmp_path, mapping, HEADER, row(place)).column == "x"


def test_a_division_given_by_hand_stands_before_the_mappings(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "r.csv", [HEADER, row("")])
    (read,) = read_all(register, mapping_of(tmp_path, PLAIN), "519900170")
    assert isinstance(read, Ready)
    assert read.body["division"] == "519900170"


@pytest.mark.parametrize("cells", [["1", "", "水管", ""], ["1", "昨天", "水管", ""]])
def test_a_row_without_a_time_of_filing_is_refused(tmp_path: Path, cells: list[str]) -> None:
    rejected = reject_one(tmp_path, PLAIN, HEADER, cells)
    assert rejected.column == "时间"
    assert "昨天" not in rejected.reason


def test_a_row_without_a_number_goes_without_one(tmp_path: Path) -> None:
    assert read_one(tmp_path, PLAIN, HEADER, ["", "2024-01-02", "水管"]).body["number"] is None


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = [HEADER, row(""), ["2", "", "", "y"], row("")]
    read = read_all(write_csv(tmp_path / "r.csv", rows), mapping_of(tmp_path, PLAIN))
    assert [type(each) for each in read] == [Ready, Reject, Ready]


EVERYTHING = (
    PLAIN
    + """
headcount = { column = "人数" }
urgent = { column = "紧急" }
channel = { column = "形式" }
village = { column = "村" }
[acceptance]
at = { column = "受理", formats = ["%d.%m.%Y %z"] }
[status]
column = "状态"
at = { column = "办结" }
map = { "完" = "closed" }
"""
)
COLUMNS = ["编号", "时间", "内容", "人数", "紧急", "形式", "村", "受理", "状态", "办结"]
CELLS = st.one_of(
    st.text(max_size=12),
    st.from_regex(
        r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}( [0-9]{2}:[0-9]{2})?( \+[0-9]{4})?"
    ),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.none(),
    st.sampled_from(["完", "是", "来访", "519900160201", "3"]),
)


@given(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_no_cell_breaks_the_reader_or_is_told_to_anyone(cells: list[Any]) -> None:
    mapping = CaseMapping.model_validate(tomllib.loads(EVERYTHING))
    places = {name: place for place, name in enumerate(COLUMNS)}
    read = Interpreter(mapping, mapping.source.zone, None).read(Row(1, cells, places))
    if isinstance(read, Reject):
        assert read.column in COLUMNS
        long_texts = [cell for cell in cells if isinstance(cell, str) and len(cell) > 8]
        assert not any(text in read.reason for text in long_texts)
