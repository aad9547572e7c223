"""A township's grids from the office's tables to an export that a stranger checks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import uuid_utils
from psycopg.conninfo import make_conninfo

from shared.identity import Role
from shared.testing.waiters import eventually
from tests.cli.registers import write_csv, write_xlsx
from tests.cli.test_grid_tables import (
    GRID_HEADER,
    GRIDS,
    VILLAGE_HEADER,
    VILLAGES,
    WORKER_HEADER,
    WORKERS,
)
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.intake.doors import a_filing
from tests.verify.tampering import found_in

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# one that no other flow writes to
TOWNSHIP = "519900195"
VILLAGE = f"{TOWNSHIP}201"
FIRST, SECOND = f"{VILLAGE}001", f"{VILLAGE}002"
WORDS = "饭店欠了两个月工资。"


def import_tables(whole: System, folder: Path) -> list[str]:
    """What `concord import` says of the three tables of an office, two rows of which are no good."""
    worker = ["7", "吴桂兰", "139", "专职", "", "2025-01-01"]
    tables = {
        "villages": (VILLAGES, [VILLAGE_HEADER, [VILLAGE, "青云村", "村"], ["x", "y", "村"]]),
        "grids": (
            GRIDS.replace("519900101", TOWNSHIP),
            [
                GRID_HEADER,
                [FIRST, "一组", "综合网格", "", "", "2025-01-01"],
                [SECOND, "二组", "综合网格", "", "", "2025-01-01"],
            ],
        ),
        "workers": (
            WORKERS.replace("519900101", TOWNSHIP),
            [
                WORKER_HEADER,
                [*worker, FIRST, "", ""],
                [*worker, SECOND, "", ""],
                ["8", "李长根", "", "兼职", "", "2025-01-01", f"{VILLAGE}009", "", ""],
            ],
        ),
    }
    said = []
    for name, (mapping, rows) in tables.items():
        write = write_xlsx if name == "grids" else write_csv
        table = write(folder / f"{name}.table", rows)
        (folder / f"{name}.toml").write_text(mapping, encoding="utf-8")
        words = ("import", str(table), "--mapping", str(folder / f"{name}.toml"))
        rejects = ("--rejects", str(folder / f"{name}.rejects.csv"))
        said.append(whole.concord(*words, *rejects, expect=0 if name == "grids" else 1))
    return said


def counted(said: str) -> dict[str, str]:
    """How many rows of each kind an import tells of."""
    lines = [line.split() for line in said.splitlines()]
    outcomes = {"registered", "extended", "known", "rejected"}
    return {words[0]: words[1] for words in lines if len(words) == 2 and words[0] in outcomes}


def done(doors: Doors, role: Role, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = doors.client.post(
        f"{doors.run.url('grid')}{path}", json=body, headers=doors.bearer(role, TOWNSHIP)
    )
    assert answer.status_code in {200, 201}, f"{path}: {answer.text}"
    told: dict[str, Any] = answer.json()
    return told


def shown(doors: Doors, path: str, **asked: str) -> dict[str, Any]:
    answer = doors.get("grid", path, TOWNSHIP, **asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def let_the_term_be_over(whole: System) -> None:
    """As if the report had been submitted so long ago that nobody checked it in time."""
    address = make_conninfo(whole.run_folder.superuser_dsn, dbname="grid")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "update due_row set due_at = clock_timestamp()"
            " where kind = 'report-step' and division_code = %s and settled_at is null",
            (TOWNSHIP,),
        )


def figures_as_the_register_counts(doors: Doors) -> dict[str, dict[str, Any]]:
    """What stats counts up to grid's last event; on two days it is what grid itself counts."""
    (ledger,) = shown(doors, "/ledgers")["items"]
    position = f"grid/{TOWNSHIP}@{ledger['sequence']}"
    for day in ("2024-12-31", "2025-01-01"):
        counts = shown(doors, f"/townships/{TOWNSHIP}/register", on=day)
        found = doors.figures(TOWNSHIP, day, at_least=position)
        for name in ("villages", "grids", "grid_workers"):
            assert found[name]["value"] == str(counts[name]), (day, name)
        groups = {each["code"]: each["value"] for each in found["grids"]["groups"]}
        assert groups.get("basic", "0") == str(counts["basic_grids"])
    return doors.figures(TOWNSHIP, "all")


async def test_from_the_tables_of_an_office_to_an_export(
    whole: System, doors: Doors, tmp_path: Path
) -> None:
    villages, grids, workers = import_tables(whole, tmp_path)
    assert counted(villages) == {"registered": "1", "extended": "0", "known": "0", "rejected": "1"}
    assert counted(grids) == {"registered": "2", "extended": "0", "known": "0", "rejected": "0"}
    assert counted(workers) == {"registered": "1", "extended": "1", "known": "0", "rejected": "1"}
    rejects = (tmp_path / "workers.rejects.csv").read_text(encoding="utf-8").splitlines()
    assert rejects[1].startswith("3,网格编码,")
    counts = shown(doors, f"/townships/{TOWNSHIP}/register")
    assert (counts["villages"], counts["grids"], counts["grid_workers"]) == (1, 2, 1)
    assert counts["workers_by_grid"] == 2

    (line,) = shown(doors, "/grid-workers")["items"]
    now = datetime.now(UTC)
    patrols = [
        {
            "client_id": str(uuid_utils.uuid7()),
            "grid_code": grid,
            "done_at": (now - timedelta(hours=1)).isoformat(),
            "found": grid == FIRST,
            "worker_id": line["worker_id"],
        }
        for grid in (FIRST, SECOND)
    ]
    path = f"/townships/{TOWNSHIP}/patrols"
    assert done(doors, Role.GRID_LEAD, path, {"patrols": patrols})["recorded"] == 2
    assert done(doors, Role.GRID_LEAD, path, {"patrols": patrols})["known"] == 2

    body = {"grid_code": FIRST, "topic": "unpaid-wages", "words": WORDS, "source": "patrol"}
    late = done(doors, Role.CLERK, f"/townships/{TOWNSHIP}/reports", body)["report_id"]
    let_the_term_be_over(whole)
    await eventually(lambda: shown(doors, f"/reports/{late}")["missed"] == 1, within=30)
    for verb, step in (
        ("validate", {}),
        ("dispatch", {"to_unit": "labour-office"}),
        ("handle", {"result": "solved", "words": "当天补发。"}),
        ("verify", {"confirmed": True, "how": "visit"}),
        ("close", {}),
    ):
        done(doors, Role.TOWNSHIP_LEADER, f"/reports/{late}/{verb}", step)
    assert shown(doors, f"/reports/{late}")["state"] == "closed"

    figures = figures_as_the_register_counts(doors)
    assert figures["valid_grid_reports"]["groups"] == [{"code": "labour", "value": "1"}]

    filed = doors.post(
        f"/townships/{TOWNSHIP}/cases", a_filing(), role=Role.CLERK, division=TOWNSHIP
    )
    assert filed.status_code == 201
    doors.figures(TOWNSHIP, "all", at_least=filed.headers["Concord-Position"])
    out = tmp_path / "export"
    said = whole.concord("export", "--division", TOWNSHIP, "--out", str(out))
    assert f"grid/{TOWNSHIP}: " in said
    ledger = (out / "ledgers" / "grid" / f"{TOWNSHIP}.ndjson").read_text(encoding="utf-8")
    assert "grid-report-term-missed" in ledger
    for word in (WORDS, "吴桂兰", "青云村", "当天补发"):
        assert word not in ledger
    # the term was not over by the clock: this test moved its due row, and that alone is found
    (found,) = found_in(out)
    assert "says that a term was missed before it was over" in found


async def test_the_processes_of_grid_are_ready(doors: Doors) -> None:
    # `concord status` asks all, and another test sets a ledger of intake ahead
    for name in ("grid", "grid-worker"):
        told = doors.client.get(f"{doors.run.url(name)}/readyz")
        assert (told.status_code, told.json()["status"]) == (200, "ready")
