"""What the tables of grid say is what its ledgers come to, and a change by hand is found."""

from typing import LiteralString

import psycopg
import pytest

from services.grid.live_check import TABLES
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.grid.doors import COUNTY, KEYS, TOWNSHIP, Doors, square

pytestmark = pytest.mark.parts


async def findings(doors: Doors) -> list[str]:
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    return await check.run()


async def some_of_everything(doors: Doors) -> None:
    village = await doors.village()
    old = await doors.grid(village, 1, boundary=square())
    new = await doors.grid(village, 2)
    wu, li = await doors.worker(), await doors.worker()
    assignment = await doors.assign(old, wu)
    await doors.assign(new, wu)
    body = {"assignment_id": assignment["assignment_id"], "worker_id": li}
    await doors.tell(old, "take-over", body | {"first_day": "2025-03-01"})
    merged = {"last_day": "2025-06-30", "how": "merged", "successors": [new]}
    await doors.tell(old, "dissolve", merged)
    await doors.done(f"/grid-workers/{li}/leave", {"last_day": "2025-06-30"})
    patrols = [
        {
            "client_id": f"0198a5c0-0000-7000-8000-00000000000{number}",
            "grid_code": new,
            "done_at": f"2025-03-0{number}T10:00:00+08:00",
            "found": number == 2,
            "worker_id": wu,
        }
        for number in (1, 2)
    ]
    path = f"/townships/{TOWNSHIP}/patrols"
    told = await doors.done(path, {"patrols": patrols}, role=Role.BACKFILL)
    report = {
        "grid_code": new,
        "topic": "noise",
        "words": "吵。",
        "persons": [{"name": "某人"}],
    }
    begun = await doors.done(f"/townships/{TOWNSHIP}/reports", report, 201)
    for verb, body in (
        ("validate", {}),
        ("dispatch", {"to_unit": "water-office"}),
        ("return", {"reason": "other", "words": "不归我们管。"}),
        ("convert", {"to": "case", "words": "请登记。"}),
    ):
        await doors.done(f"/reports/{begun['report_id']}/{verb}", body)
    voided = told["results"][0]["patrol_id"]
    await doors.done(f"/patrols/{voided}/void", {"reason": "by-mistake"})


async def test_tables_and_ledgers_agree(empty_doors: Doors) -> None:
    await some_of_everything(empty_doors)
    assert await findings(empty_doors) == []


CHANGES: dict[LiteralString, str] = {
    "update village_board set valid_from = '2024-01-01'": "village_board",
    "update grid_board set successors = '{}' where last_day is not null": "grid_board",
    "update grid_worker_board set last_day = null where last_day is not null": "grid_worker_board",
    "update patrol_board set found = true": "patrol_board",
    "update patrol_board set voided = false": "patrol_board",
    "update report_board set state = 'closed'": "report_board",
    "update report_board set converted_to = 'mediation'": "report_board",
    "update report_board set record_id = null": "report_board",
    "update report_board set to_unit = 'water-office'": "report_board",
    "delete from vault_entry where kind = 'remark'": "the vault lacks a text",
    "delete from grid_board where last_day is not null": "the row is missing",
    "delete from vault_person": "the vault lacks the file",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_somebody_changes_in_a_table_is_found(
    empty_doors: Doors, change: LiteralString
) -> None:
    await some_of_everything(empty_doors)
    with psycopg.connect(empty_doors.database.owner_dsn, autocommit=True) as owner:
        owner.execute("select set_config('concord.scope', %s, false)", (COUNTY,))
        owner.execute(change)
    assert any(CHANGES[change] in each for each in await findings(empty_doors))
