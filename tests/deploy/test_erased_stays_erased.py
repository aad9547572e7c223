"""A real backup of before an erasure is put back: whoever was erased is shown to nobody."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from shared.identity import Role
from shared.testing.waiters import eventually
from shared.vault.erasure_list import ErasureList
from tests.attack.townships import ended, filed, petitioner_of
from tests.deploy.commands import System
from tests.flow.doors import Doors

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(900)]

TOWNSHIP = "519900181"
PHONE = "000-5550171"
"""That of whoever files in `filed`."""


async def test_a_backup_of_before_an_erasure_brings_nobody_back(whole_system: System) -> None:
    before = whole_system
    before.up()
    backup, lost = before.folder.parent / "backup", before.folder
    with Doors.of(before.run_folder) as doors:
        case_id = ended(doors, filed(doors, TOWNSHIP))
        person_ref = petitioner_of(doors, case_id)
        assert person(doors, case_id).json()["phone"] == PHONE
        assert "checked" in before.concord("backup", str(backup))
        erased = post(doors, f"/persons/{person_ref}/erase", {"reason_code": "at-request"})
        assert erased.status_code == 200, erased.text
        listed = ErasureList(lost / "seal-keys" / "intake.erased")
        await eventually(lambda: person_ref in {each.person_ref for each in listed.read()})
    before.concord("down")
    again = replace(before, folder=before.folder.parent / "again")
    said = again.concord("restore", str(backup), "--erased", str(lost))
    assert "intake.erased" in said
    again.up()
    try:
        with Doors.of(again.run_folder) as doors:
            refused = person(doors, case_id)
            assert (refused.status_code, refused.json()["type"]) == (
                409,
                "/problems/person-erased",
            )
            looked_up = post(doors, "/persons/look-up", {"phone": PHONE})
            assert looked_up.json()["items"] == []
            assert "erased persons deleted: 1" in again.concord("purge")
            assert "they agree" in again.concord("verify", "--live")
    finally:
        again.concord("down")


def person(doors: Doors, case_id: str) -> httpx.Response:
    return doors.client.get(
        f"{doors.run.url('intake')}/cases/{case_id}/person",
        headers=doors.bearer(Role.TOWNSHIP_LEADER, TOWNSHIP),
    )


def post(doors: Doors, path: str, body: dict[str, Any]) -> httpx.Response:
    return doors.post(path, body, role=Role.TOWNSHIP_LEADER, division=TOWNSHIP)
