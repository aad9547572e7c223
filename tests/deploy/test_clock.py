"""A start with a clock far beyond the newest record: told in plain words, until somebody says so."""

import json
import os
import signal
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from shared.testing.waiters import eventually
from tests.deploy.commands import System

pytestmark = [pytest.mark.parts, pytest.mark.slow]

TOWNSHIP = "519900151"
A_CASE = {"channel": "visit", "purpose": "request", "category": "land"}
NINE_DAYS_AGO = "update ledger set head_recorded_at = now() - interval '9 days'"


@pytest.mark.timeout(400)  # two starts of everything
async def test_after_nine_days_nothing_is_recorded_until_the_clock_is_said_to_be_right(
    whole_system: System,
) -> None:
    whole_system.up()
    assert file_case(whole_system) == 201
    set_back(whole_system, NINE_DAYS_AGO)
    await restart_intake(whole_system)
    assert file_case(whole_system) == 503
    said = whole_system.up()
    assert "9 days after the newest record" in said
    assert "concord up --clock-is-right" in said
    told = whole_system.concord("status", expect=1)
    assert "degraded" in told
    assert "9 days after the newest record" in told
    kept = whole_system.concord("up", "--detach", "--clock-is-right")
    assert f"intake/{TOWNSHIP}: kept that the clock is right" in kept
    await eventually(lambda: file_case(whole_system) == 201, within=20, every=0.5)
    whole_system.concord("correct-clock", "--reason", "drill", expect=1)
    set_back(whole_system, "update ledger set head_recorded_at = now() + interval '9 days'")
    corrected = whole_system.concord("correct-clock", "--reason", "drill")
    assert f"intake/{TOWNSHIP}: its time starts again" in corrected
    set_back(whole_system, NINE_DAYS_AGO)
    whole_system.concord("down")
    again = whole_system.concord("up", "--detach", "--clock-is-right")
    assert "9 days" not in again
    assert file_case(whole_system) == 201
    with intake(whole_system) as connection:
        found = connection.execute("select kind from event order by seq").fetchall()
    assert [kind for (kind,) in found] == [
        "case-filed",
        "ledger-clock-accepted",
        "case-filed",
        "ledger-clock-corrected",
        "ledger-clock-accepted",
        "case-filed",
    ]


async def restart_intake(system: System) -> None:
    """As after a crash: the supervisor starts it again."""
    before = int(system.status()["intake"]["pid"])
    os.kill(before, signal.SIGKILL)

    def is_back() -> bool:
        lines = json.loads(system.concord("status", "--format", "json", expect=1))
        return any(
            line["name"] == "intake" and line["pid"] != before and line["state"] == "degraded"
            for line in lines
        )

    await eventually(is_back, within=60, every=1)


def file_case(system: System) -> int:
    token = system.concord("token", "--role", "clerk", "--division", TOWNSHIP).strip()
    url = f"{system.run_folder.url('intake')}/townships/{TOWNSHIP}/cases"
    answer = httpx.post(url, json=A_CASE, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    if answer.status_code == 503:
        assert answer.json()["type"] == "/problems/clock-not-right"
    return answer.status_code


def intake(system: System) -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(make_conninfo(system.run_folder.superuser_dsn, dbname="intake"))


def set_back(system: System, statement: str) -> None:
    with intake(system) as connection:
        connection.execute("set session_replication_role = replica")  # no trigger of ours
        connection.execute(statement.encode())
