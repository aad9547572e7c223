"""12345 orders from a table: once, each row whole or not at all, also after they were pushed."""

from pathlib import Path
from typing import Any

import pytest

from services.grid.domain.named_ids import hotline_order_id
from shared.identity import Role
from tests.cli.registers import bodies, mapping_of, read_all, write_xlsx
from tests.cli.test_order_tables import HEADER, ORDERS, line
from tests.grid.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.test_register_import import brought_in, counts, slugs
from tests.grid.test_signals import PUSH, one

pytestmark = pytest.mark.parts
PATH = "/hotline-orders/import"


def rows_of(folder: Path, *rows: list[str]) -> list[Body]:
    """A workbook, read as `concord import` reads it."""
    table = write_xlsx(folder / "t.xlsx", [HEADER, *rows])
    return bodies(read_all(table, mapping_of(folder, ORDERS)))


async def bring(doors: Doors, folder: Path, *rows: list[str]) -> Body:
    return await brought_in(doors, PATH, rows_of(folder, *rows))


def numbered(number: str, **changes: str) -> list[str]:
    return line(工单编号=number, **changes)


async def test_an_order_comes_in_with_its_answer_and_a_second_run_adds_nothing(
    doors: Doors, tmp_path: Path
) -> None:
    rows = [
        numbered("IMP-1"),
        numbered("IMP-2", 办结时间="", 是否解决="", 回复内容="", 是否满意=""),
    ]
    assert counts(await bring(doors, tmp_path, *rows)) == (2, 0, 0, 0)
    assert counts(await bring(doors, tmp_path, *rows)) == (0, 0, 2, 0)
    shown = await one(doors, hotline_order_id(TOWNSHIP, "IMP-1"))
    assert (shown["state"], shown["result"], shown["due_on"]) == (
        "answered",
        "solved",
        "2025-03-11",
    )
    received, opened, answered = shown["history"]
    assert received["occurred_at"].startswith("2025-03-04T01:12")
    assert (received["data"]["imported"], answered["data"]["day_only"]) == (True, True)
    assert answered["data"]["grade"] == "satisfied"
    assert opened["data"]["number"] == "IMP-1"
    said = (await doors.get(f"/signals/{hotline_order_id(TOWNSHIP, 'IMP-1')}/words")).json()
    assert (said["company"], said["tags"], said["remarks"]) == (
        "老街饭店",
        ["欠薪", "餐饮"],
        ["当天补发。"],
    )
    assert said["caller"]["phone"] == "13900000007"


async def test_an_answer_that_comes_later_extends_the_order(doors: Doors, tmp_path: Path) -> None:
    waiting = numbered("IMP-3", 办结时间="", 是否解决="", 回复内容="", 是否满意="")
    await bring(doors, tmp_path, waiting)
    assert counts(await bring(doors, tmp_path, numbered("IMP-3"))) == (0, 1, 0, 0)
    assert counts(await bring(doors, tmp_path, numbered("IMP-3"))) == (0, 0, 1, 0)


async def test_pushed_and_then_imported_it_is_one_record(doors: Doors, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, numbered("IMP-4"))
    given = row["register"]
    pushed = {name: value for name, value in given.items() if name not in {"at", "day_only"}}
    pushed |= {"number": "IMP-4", "occurred_at": given["at"]}
    told = await doors.done(PUSH, pushed, 201, role=Role.BACKFILL)
    assert counts(await brought_in(doors, PATH, [row])) == (0, 1, 0, 0)
    shown = await one(doors, told["signal_id"])
    assert [each["event"] for each in shown["history"]] == [
        "signal-received",
        "work-order-opened",
        "work-order-answered",
    ]
    assert "imported" not in shown["history"][0]["data"]
    again = await doors.done(PUSH, pushed, 201, role=Role.BACKFILL)
    assert again["version"] == 3
    found = (await doors.get("/signals", number="IMP-4")).json()["items"]
    assert len(found) == 1


async def test_what_is_stated_otherwise_is_rejected_with_its_field(
    doors: Doors, tmp_path: Path
) -> None:
    await bring(doors, tmp_path, numbered("IMP-5"))
    told = await bring(
        doors,
        tmp_path,
        numbered("IMP-5", 主要内容="别的事。"),
        numbered("IMP-5", 来电人="别人"),
        numbered("IMP-5", 工单类型="投诉"),
        numbered("IMP-5", 回复内容="另一个答复。"),
    )
    assert counts(told) == (0, 0, 0, 4)
    assert [each["problem"]["field"] for each in told["results"]] == [
        "words",
        "caller",
        "kind",
        None,
    ]
    assert slugs(told)[3] == "work-order-answered-otherwise"
    assert "别的事" not in str(told)


async def test_a_row_comes_in_whole_or_not_at_all(doors: Doors, tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, numbered("IMP-6"))
    row["facts"][0]["at"] = "2025-03-01T00:00:00Z"
    told = await brought_in(doors, PATH, [row])
    assert slugs(told) == ["happened-before-it-began"]
    answer = await doors.get(f"/signals/{hotline_order_id(TOWNSHIP, 'IMP-6')}")
    assert problem(answer) == "signal-not-found"


async def test_an_order_of_the_unit_it_complains_of_or_of_none_is_the_desks(
    doors: Doors, tmp_path: Path
) -> None:
    of_itself, of_none = rows_of(tmp_path, numbered("IMP-9"), numbered("IMP-10"))
    of_itself["register"]["complained_unit"] = of_itself["register"]["to_unit"]
    of_none["register"]["to_unit"] = "not-stated"
    for row in (of_itself, of_none):
        row["facts"] = []
        assert counts(await brought_in(doors, PATH, [row])) == (1, 0, 0, 0)
        assert counts(await brought_in(doors, PATH, [row])) == (0, 0, 1, 0)
    shown = await one(doors, hotline_order_id(TOWNSHIP, "IMP-9"))
    assert (shown["to_unit"], shown["kept_from_unit"]) == ("petition-office", True)
    assert shown["complained_unit"] == "labour-office"
    signal_id = hotline_order_id(TOWNSHIP, "IMP-10")
    given = await doors.done(f"/signals/{signal_id}/assign", {"to_unit": "water-office"})
    assert given["to_unit"] == "water-office"
    assert counts(await brought_in(doors, PATH, [of_none])) == (0, 0, 1, 0)


HOSTILE: list[Any] = [
    {},
    {"row": 1, "division": TOWNSHIP},
    {"row": "x", "division": TOWNSHIP, "number": "1", "register": {}},
    {"row": 1, "division": TOWNSHIP, "number": "龙小满", "register": {"at": "x"}},
    {"row": 1, "division": f"{TOWNSHIP}1", "number": "1", "register": {"at": "x"}},
]


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("", {"number": "龙小满"}),
        ("", {"number": "1 2"}),
        ("", {"number": None}),
        ("", {"division": "x"}),
        ("register", {"words": " \u200b"}),
        ("register", {"words": "字" * 20_001}),
        ("register", {"village_code": f"{NEIGHBOUR}001"}),
        ("register", {"kind": "shouting"}),
        ("register", {"at": "2199-01-01T00:00:00Z"}),
        ("register", {"confidential": True}),
        ("register", {"caller": {}}),
        ("register", {"tags": ["字"] * 21}),
        ("register", {"unknown": 1}),
    ],
)
async def test_a_hostile_row_is_rejected_and_stops_no_other(
    doors: Doors, tmp_path: Path, where: str, changes: Body
) -> None:
    good, bad = rows_of(tmp_path, numbered("IMP-7"), numbered("IMP-8"))
    (bad[where] if where else bad).update(changes)
    told = await brought_in(doors, PATH, [*HOSTILE, bad, good])
    assert told["rejected"] == len(HOSTILE) + 1
    assert told["registered"] + told["known"] == 1
    answer = await doors.get(f"/signals/{hotline_order_id(TOWNSHIP, 'IMP-8')}")
    assert problem(answer) == "signal-not-found"


async def test_only_a_backfill_imports(doors: Doors) -> None:
    body = {"source": "t", "rows": []}
    answer = await doors.post(PATH, body, role=Role.CLERK, division=COUNTY)
    assert answer.status_code == 403
