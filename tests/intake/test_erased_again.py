"""A database that was put back to before an erasure closes the same files again."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from shared.identity import Role
from shared.office.erasures_outside import ErasuresOutside
from shared.vault.erasure_list import ErasedFile, ErasureList
from tests.intake.doors import COUNTY, FILE_HERE, TOWNSHIP, Doors, a_filing, problem
from tests.legal_acts import DIVERTED

pytestmark = pytest.mark.parts

PHONE = "13777770009"


async def ended_case(doors: Doors) -> tuple[str, str]:
    """A case that is over, and its person's file."""
    filing = a_filing(person={"name": "某人", "phone": PHONE})
    case_id = (await doors.post(FILE_HERE, filing, role=Role.CLERK)).json()["case_id"]
    await doors.tell(case_id, DIVERTED)
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return case_id, str(history[0]["data"]["person_ref"])


def outside(doors: Doors, file: Path) -> ErasuresOutside:
    kept = ErasureList(file)
    return ErasuresOutside(doors.office.ledger, kept, service="intake", county=COUNTY)


async def erased_events(doors: Doors) -> list[dict[str, Any]]:
    events = await doors.office.ledger.read(COUNTY, TOWNSHIP, after=0, limit=1000)
    return [each.load() for each in events if each.kind == "person-erased"]


async def test_what_is_erased_comes_onto_the_list(empty_doors: Doors, tmp_path: Path) -> None:
    doors = empty_doors
    _, person_ref = await ended_case(doors)
    erasures = outside(doors, tmp_path / "intake.erased")
    await erasures.keep()
    assert erasures.kept.read() == frozenset()
    path = f"/persons/{person_ref}/erase"
    answer = await doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER)
    assert answer.status_code == 200, answer.text
    await erasures.keep()
    await erasures.keep()
    assert erasures.kept.read() == {ErasedFile(TOWNSHIP, person_ref)}
    assert erasures.kept.file.read_bytes().count(b"\n") == 1
    assert await erasures.apply() == 0
    assert len(await erased_events(doors)) == 1


async def test_what_the_list_names_is_closed_again_with_its_event(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    case_id, person_ref = await ended_case(doors)
    assert (await doors.get(f"/cases/{case_id}/person")).status_code == 200
    erasures = outside(doors, tmp_path / "intake.erased")
    unknown = ErasedFile(TOWNSHIP, f"{TOWNSHIP}-0198a5c0-0000-7000-8000-0000000000ff")
    erasures.kept.add([ErasedFile(TOWNSHIP, person_ref), unknown])
    assert await erasures.apply() == 1
    assert await erasures.apply() == 0
    assert problem(await doors.get(f"/cases/{case_id}/person")) == "person-erased"
    looked_up = await doors.post("/persons/look-up", {"phone": PHONE}, role=Role.CLERK)
    assert looked_up.json() == {"items": [], "elsewhere": 0}
    (event,) = await erased_events(doors)
    assert (event["reason_code"], event["by_role"], event["files"]) == (
        *("backup-restored", "operator"),
        1,
    )
    assert person_ref not in str(event)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        assert superuser.execute("select count(*) from vault_erased").fetchone() == (1,)


async def test_no_route_takes_the_reason_of_a_restore(doors: Doors) -> None:
    _, person_ref = await ended_case(doors)
    answer = await doors.post(
        f"/persons/{person_ref}/erase",
        {"reason_code": "backup-restored"},
        role=Role.TOWNSHIP_LEADER,
    )
    assert problem(answer) == "invalid-input"
