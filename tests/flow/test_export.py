"""From cases over HTTP to a sealed export that a stranger checks, and what becomes of a lie."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from cli import verify
from deploy.local.seal_keys import seal_key_file
from shared.identity import Role
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.sealing import SealJournal, SealKeys, SealScheduler
from tests.deploy.commands import System
from tests.flow.doors import Doors

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# one that no other flow writes to
TOWNSHIP = "519900190"
FILING = {
    "channel": "online",
    "purpose": "request",
    "category": "land",
    "headcount": 1,
    "first_or_repeat": "first",
    "person": {"name": "测试乙", "phone": "000-5550101"},
    "narrative": "桥修了一半便停了工，请查。",
}
PLANTED = ("测试乙", "000-5550101", "桥修了一半")


def file_case(doors: Doors, day: str) -> tuple[str, str]:
    filed = doors.post(
        f"/townships/{TOWNSHIP}/cases",
        FILING | {"occurred_at": f"{day}T10:00:00+08:00"},
        role=Role.BACKFILL,
        division=TOWNSHIP,
    )
    assert filed.status_code == 201, filed.text
    return filed.json()["case_id"], filed.headers["Concord-Position"]


def accept(doors: Doors, case: str, day: str) -> None:
    body = {"responsible_unit": "land-office", "occurred_at": f"{day}T10:00:00+08:00"}
    answer = doors.post(f"/cases/{case}/accept", body, role=Role.BACKFILL, division=TOWNSHIP)
    assert answer.status_code == 200, answer.text


def let_a_day_pass(whole: System) -> None:
    """A ledger's time never runs back: with its head set forward, the township is a day ahead."""
    address = make_conninfo(whole.run_folder.superuser_dsn, dbname="intake")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "update ledger set head_recorded_at = head_recorded_at + interval '1 day'"
            " where division_code = %s",
            (TOWNSHIP,),
        )


def seal_as_if(whole: System, *, days_later: int) -> int:
    """What the service's own scheduler does after so many midnights, in this township alone."""
    run = whole.run_folder

    async def seal() -> int:
        address = run.service_dsn("intake")
        async with new_pool(address, name="seals of a test", size=2) as pool:
            scheduler = SealScheduler(
                Ledger(pool, source="/intake"),
                SealKeys.from_file(seal_key_file(run.path, "intake")),
                SealJournal(seal_key_file(run.path, "intake").with_suffix(".journal")),
                service="intake",
                county=TOWNSHIP,
                now=lambda: datetime.now(UTC) + timedelta(days=days_later),
            )
            return await scheduler.seal_what_is_due()

    return asyncio.run(seal())


@pytest.fixture(scope="module")
def cases(whole: System, doors: Doors) -> list[str]:
    """Of two years, sealed twice, with one more after the second seal."""
    filed = []
    for day in ("2024-03-01", "2024-05-01", "2025-02-01"):
        case, _ = file_case(doors, day)
        accept(doors, case, day)
        filed.append(case)
        if day != "2024-03-01":
            let_a_day_pass(whole)
            assert seal_as_if(whole, days_later=len(filed)) == 1
    filed.append(file_case(doors, "2025-03-01")[0])
    return filed


@pytest.fixture(scope="module")
def key(whole: System, cases: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("elsewhere") / "keys.json"
    file.write_text(whole.concord("seal", "keys", "--division", TOWNSHIP))
    return file


@pytest.fixture(scope="module")
def export(whole: System, cases: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports") / "township"
    said = whole.concord("export", "--division", TOWNSHIP, "--out", str(out))
    assert "1 ledgers with 12 events" in said
    return out


@pytest.fixture
def copy(export: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(export, tmp_path / "copy"))


def test_an_export_holds_with_a_key_that_was_kept_elsewhere(
    whole: System, export: Path, key: Path
) -> None:
    said = whole.concord("verify", str(export), "--key", str(key))
    assert f"intake/{TOWNSHIP}: 12 events, 2 of them seals; 1 events unsealed" in said
    assert "every hash, every seal and every figure follows" in said
    assert "The key came from the export" not in said
    assert "The key came from the export" in whole.concord("verify", str(export))


def test_the_running_system_agrees_with_its_ledgers_and_nothing_was_lost(
    whole: System, export: Path
) -> None:
    said = whole.concord("verify", "--live")
    assert "NOT OK" not in said
    assert all(f"{name}: tables and vault of" in said for name in ("intake", "mediation"))
    words = ("seal", "accept-restore", "--reason", "drill")
    assert "holds what was sealed" in whole.concord(*words, expect=1)


def test_a_stranger_checks_it_with_one_file(export: Path, tmp_path: Path) -> None:
    file = shutil.copy(verify.__file__, tmp_path / "verify.py")
    done = subprocess.run(
        [sys.executable, "-I", str(file), str(export)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_holds_the_figures_of_each_year_as_of_exactly_where_it_ends(export: Path) -> None:
    told = json.loads((export / "figures.json").read_bytes())
    assert [(each["division"], each["period"]) for each in told] == [
        (TOWNSHIP, "2024"),
        (TOWNSHIP, "2025"),
    ]
    assert all(each["as_of"] == {f"intake/{TOWNSHIP}": 12} for each in told)
    accepted = [
        figure["value"]
        for each in told
        for figure in each["figures"]
        if figure["id"] == "cases_accepted"
    ]
    assert accepted == ["2", "1"]


def test_nobody_is_named_in_it(export: Path) -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in export.rglob("*") if path.is_file()
    )
    assert [secret for secret in PLANTED if secret in text] == []


def edit_figure(folder: Path) -> str:
    file = folder / "figures.json"
    told = json.loads(file.read_bytes())
    told[0]["figures"][0]["value"] = "3"
    file.write_text(json.dumps(told, ensure_ascii=False))
    return f'figures.json {TOWNSHIP} 2024: cases_filed: value is "3", recomputed "2"'


def change_a_byte(folder: Path) -> str:
    file = folder / f"ledgers/intake/{TOWNSHIP}.ndjson"
    file.write_bytes(file.read_bytes().replace(b'"category":"land"', b'"category":"lamd"', 1))
    return "event 1 "


def drop_an_event(folder: Path) -> str:
    file = folder / f"ledgers/intake/{TOWNSHIP}.ndjson"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:3] + lines[4:]))
    return f"intake/{TOWNSHIP}: event 4 is missing"


def edit_a_seal(folder: Path) -> str:
    file = folder / f"ledgers/intake/{TOWNSHIP}.ndjson"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'"signature":"..', '"signature":"00', text), encoding="utf-8")
    return "its signature is not that of the key over what it says"


@pytest.mark.parametrize("tamper", [edit_figure, change_a_byte, drop_an_event, edit_a_seal])
def test_whatever_is_done_to_it_is_found_and_named(whole: System, copy: Path, tamper: Any) -> None:
    named = tamper(copy)
    said = whole.concord("verify", str(copy), expect=1)
    assert named in said
    assert "This export does not hold" in said


def test_the_whole_county_is_exported_as_it_runs(
    whole: System, cases: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "county"
    whole.concord("export", "--division", TOWNSHIP[:6], "--out", str(out))
    assert "every figure follows" in whole.concord("verify", str(out))
    refused = whole.concord("export", "--division", TOWNSHIP, "--out", str(out), expect=2)
    assert "not empty" in refused


def test_an_event_is_proved_to_be_under_its_seal(whole: System, export: Path, key: Path) -> None:
    lines = (export / f"ledgers/intake/{TOWNSHIP}.ndjson").read_bytes().splitlines()
    first, last = json.loads(lines[0])["id"], json.loads(lines[-1])["id"]
    said = whole.concord("seal", "inclusion", first, "--key", str(key))
    assert "Event 1 (case-filed) is under the seal of" in said
    assert "events 1 to 6" in said
    assert "no seal covers it yet" in whole.concord("seal", "inclusion", last, expect=1)
    whole.concord("seal", "inclusion", f"{first[:-4]}0000", expect=2)
    whole.concord("seal", "inclusion", "nonsense", expect=2)


def test_the_later_seal_is_proved_to_go_on_from_the_earlier_one(
    whole: System, export: Path, key: Path
) -> None:
    said = whole.concord("seal", "consistency", TOWNSHIP, "--key", str(key))
    assert "(events 1 to 6) is the beginning of that under the seal of" in said
    assert "(events 1 to 10)" in said
    assert "no seal" in whole.concord("seal", "consistency", "519900191", expect=1)
