"""One matter by four ways: pushed, imported, reported and petitioned; a person makes it one."""

from pathlib import Path
from typing import Any

import pytest

from shared.identity import Role
from shared.testing.waiters import eventually
from tests.cli.registers import write_csv
from tests.cli.test_order_tables import HEADER, ORDERS, line
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.mediating import Mediating
from tests.intake.doors import a_filing

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# one that no other flow or attack writes to
TOWNSHIP = "519900189"
VILLAGE = f"{TOWNSHIP}201"
GRID = f"{VILLAGE}001"
SINCE = {"name": "青云村", "valid_from": "2025-01-01"}


@pytest.fixture(scope="module")
def here(doors: Doors) -> Mediating:
    return Mediating(doors, TOWNSHIP)


def in_grid(here: Mediating, path: str, body: dict[str, Any]) -> dict[str, Any]:
    return here.done("grid", Role.CLERK, path, body)


def shown(here: Mediating, path: str) -> dict[str, Any]:
    answer = here.doors.client.get(
        f"{here.doors.run.url('grid')}{path}",
        headers=here.doors.bearer(Role.CLERK, TOWNSHIP),
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def suggested(here: Mediating, signal_id: str) -> set[tuple[str, str]]:
    found = shown(here, f"/signals/{signal_id}/suggestions")["suggestions"]
    return {(each["kind"], each["id"]) for each in found}


def imported(whole: System, folder: Path, *rows: list[str]) -> tuple[list[str], str]:
    """What `concord import` says of a table of orders, and the rejects that it lists."""
    table = write_csv(folder / "orders.csv", [HEADER, *rows])
    mapping, rejects = folder / "orders.toml", folder / "orders.rejects.csv"
    mapping.write_text(ORDERS.replace("519900101", TOWNSHIP), encoding="utf-8")
    words = ("import", str(table), "--mapping", str(mapping), "--rejects", str(rejects))
    said = whole.concord(*words, expect=1)
    return said.split(), rejects.read_text(encoding="utf-8")


async def test_one_matter_by_four_ways_is_counted_once(
    whole: System, here: Mediating, tmp_path: Path
) -> None:
    in_grid(here, f"/townships/{TOWNSHIP}/villages", SINCE | {"village_code": VILLAGE})
    grid = SINCE | {"grid_code": GRID, "kind": "basic"}
    in_grid(here, f"/townships/{TOWNSHIP}/grids", grid)
    order = {
        "number": "FLOW-1",
        "topic": "unpaid-wages",
        "words": "饭店两个月没发工资。",
        "grid_code": GRID,
        "to_unit": "labour-office",
    }
    pushed = in_grid(here, f"/townships/{TOWNSHIP}/hotline-orders", order)
    said, rejects = imported(
        whole,
        tmp_path,
        line(工单编号="FLOW-2"),
        line(工单编号="FLOW-1", 工单类型=""),
        line(工单编号="龙小满"),
        line(工单编号="FLOW-3", 主要内容=""),
    )
    # the pushed one is in the table with a title and a caller: that is more than was recorded
    assert (said[said.index("registered") + 1], said[said.index("rejected") + 1]) == ("1", "3")
    assert "龙小满" not in rejects
    assert {each.split(",")[0] for each in rejects.splitlines()[1:]} == {"2", "3", "4"}

    body = {"grid_code": GRID, "topic": "unpaid-wages", "words": "饭店欠了四个人工资。"}
    report = in_grid(here, f"/townships/{TOWNSHIP}/reports", body)
    filing = a_filing(category="labour", village_code=VILLAGE)
    case = here.done("intake", Role.CLERK, f"/townships/{TOWNSHIP}/cases", filing)

    first = pushed["signal_id"]
    await eventually(
        lambda: ("case", case["case_id"]) in suggested(here, first),
        within=30,
    )
    assert ("report", report["report_id"]) in suggested(here, first)
    answer = {"result": "in-petition-procedure", "case_id": case["case_id"]}
    answered = in_grid(here, f"/signals/{first}/answer", answer)
    assert answered["matter_id"] == case["matter_id"]

    in_grid(here, f"/reports/{report['report_id']}/validate", {})
    asked = {"report_id": report["report_id"], "to_unit": "labour-office"}
    opened = in_grid(here, f"/townships/{TOWNSHIP}/work-orders", asked)
    to_order = {"to": "work-order", "order_id": opened["order_id"]}
    in_grid(here, f"/reports/{report['report_id']}/convert", to_order)
    in_grid(here, f"/signals/{opened['signal_id']}/answer", {"result": "solved"})
    await eventually(
        lambda: shown(here, f"/reports/{report['report_id']}")["state"] == "handled", within=30
    )
