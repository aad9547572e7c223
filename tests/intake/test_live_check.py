"""The boards and the vault of a running intake are compared with its ledgers."""

import pytest

from services.intake.live_check import TABLES
from services.intake.migrate import VERSIONS
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_files
from shared.vault import Vault
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors
from tests.intake.registry import registered_post, registered_unit
from tests.intake.sealing import as_superuser, seal
from tests.legal_acts import DIVERTED, RESOLVED_BY_OPINION, closed

pytestmark = pytest.mark.parts


async def found(doors: Doors) -> list[str]:
    return await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run()


@pytest.fixture
async def case(empty_doors: Doors) -> str:
    """A case of several, that was accepted and answered."""
    case = await empty_doors.file()
    await empty_doors.file()
    await empty_doors.tell(case, ACCEPT, ANSWER)
    await seal(empty_doors)
    return case


async def test_what_the_service_wrote_agrees(empty_doors: Doors, case: str) -> None:
    assert await found(empty_doors) == []


async def test_a_printed_paper_agrees(empty_doors: Doors, case: str) -> None:
    values = {"contact": "青云镇综治中心", "seal": "青云镇人民政府"}
    await empty_doors.tell(case, ("notices", {"kind": "receipt", "values": values}))
    assert await found(empty_doors) == []


async def registry(doors: Doors) -> tuple[str, str]:
    """A unit with a post that was held, vacated and handed over; gives their ids."""
    unit_id = await registered_unit(doors, "justice-office")
    await registered_post(doors, "justice-2", "justice-office")
    post_id = await registered_post(doors, "justice-1", "justice-office", portfolio=["land"])
    for verb, body in (
        ("hold", {"holder": "h-1", "since": "2025-02-01"}),
        ("name-substitute", {"substitute": "justice-2", "since": "2025-02-01"}),
        ("vacate", {"on": "2025-03-01"}),
        ("hand-over", {"to": "justice-2", "on": "2025-04-01", "reason": "transfer"}),
    ):
        await doors.told(f"/posts/{post_id}", (verb, body), role=Role.CLERK)
    await doors.told(f"/units/{unit_id}", ("correct", {"title": "司法所"}), role=Role.CLERK)
    return unit_id, post_id


async def test_units_and_posts_agree(empty_doors: Doors) -> None:
    unit_id, post_id = await registry(empty_doors)
    assert await found(empty_doors) == []
    for table, key, stream in (
        ("unit_board", "unit_id", unit_id),
        ("post_board", "post_id", post_id),
    ):
        as_superuser(
            empty_doors, f"update {table} set valid_from = 'today' where {key} = %s", (stream,)
        )
    assert await found(empty_doors) == [
        f"{COUNTY}: unit_board {unit_id}: valid_from is not what the ledger comes to",
        f"{COUNTY}: post_board {post_id}: valid_from is not what the ledger comes to",
    ]


async def test_cases_of_before_have_their_units_by_the_migrations(
    empty_doors: Doors, case: str
) -> None:
    """Filed, forwarded, accepted, and forwarded across: as new rows are written."""
    forwarded, across = await empty_doors.file(), await empty_doors.file()
    await empty_doors.tell(forwarded, ("forward", {"to_unit": "water-station"}))
    away = {"to_unit": "water-station", "to_division": NEIGHBOUR}
    await empty_doors.tell(across, ("forward", away))
    as_superuser(empty_doors, "update case_board set at_unit = null, at_division = null", ())
    assert await found(empty_doors) != []
    for version, begins in (("0013", "update case_board set at_unit"), ("0017", "update case_b")):
        for statement in (VERSIONS / f"intake_{version}.sql").read_text().split(";"):
            if begins in statement:
                as_superuser(empty_doors, statement[statement.index("update case_board") :], ())
    assert await found(empty_doors) == []


async def test_cases_of_before_have_the_columns_of_the_work_by_the_migration(
    empty_doors: Doors, case: str
) -> None:
    """Withdrawn and closed, reopened after an answer, referred, voided, forwarded across."""
    doors = empty_doors
    answered, ended, void, across, referred = [await doors.file() for _ in range(5)]
    await doors.tell(answered, ACCEPT, ANSWER, *closed("supported"))
    await doors.tell(answered, ("reopen", {"reason": "new-facts"}))
    await doors.tell(ended, DIVERTED, *closed("diverted"))
    await doors.tell(void, ("void", {"why": "registered-twice"}))
    away = {"to_unit": "water-station", "to_division": NEIGHBOUR}
    await doors.tell(across, ("forward", away))
    await doors.tell(referred, ("refer-to-mediation", {"committee_id": f"{TOWNSHIP}{case[9:]}"}))
    forget = "came_to = 'filed', reached = array['filed'], returned = false, waits_for = null"
    as_superuser(doors, f"update case_board set {forget}", ())
    assert await found(doors) != []
    for statement in (VERSIONS / "intake_0020.sql").read_text().split(";"):
        if "update case_board set" in statement:
            as_superuser(doors, statement[statement.index("update case_board") :], ())
    assert await found(doors) == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update case_board set state = 'withdrawn'", "state is not what the ledger comes to"),
        ("update case_board set due_at = due_at + interval '1 day'", "due_at is not what"),
        ("update case_board set person_ref = 'x'", "person_ref is not what"),
        ("delete from case_board", "the row is missing"),
    ],
)
async def test_a_row_of_the_board_that_was_changed_is_named(
    empty_doors: Doors, case: str, statement: str, says: str
) -> None:
    as_superuser(empty_doors, f"{statement} where case_id = %s", (case,))
    [finding] = await found(empty_doors)
    assert finding.startswith(f"{TOWNSHIP}: case_board {case}: {says}")


async def test_a_row_that_no_event_is_about_is_named(empty_doors: Doors, case: str) -> None:
    as_superuser(empty_doors, "update case_board set case_id = 'x' where case_id = %s", (case,))
    told = await found(empty_doors)
    assert sorted(each.rpartition(": ")[2] for each in told) == [
        "no event is about this row",
        "the row is missing",
    ]


async def test_exchanged_versions_are_named(empty_doors: Doors, case: str) -> None:
    for place in ("-version", "4 + version"):
        as_superuser(
            empty_doors, f"update event set version = {place} where stream_id = %s", (case,)
        )
    told = await found(empty_doors)
    assert f"event 1 of {case} has version 3" in told[0]


async def test_texts_exchanged_for_one_another_or_lost_are_named(
    empty_doors: Doors, case: str
) -> None:
    empty = (TOWNSHIP,)
    as_superuser(
        empty_doors,
        "update vault_entry set digest = reverse(digest) where division_code = %s and kind = 'filing'",
        empty,
    )
    told = await found(empty_doors)
    assert len([each for each in told if "is not what its digest says" in each]) == 2
    assert len([each for each in told if "the vault lacks a text of" in each]) == 2


async def erase(doors: Doors, case: str) -> None:
    await doors.tell(case, *RESOLVED_BY_OPINION)
    path = f"/persons/{await person_of(doors, case)}/erase"
    answer = await doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER)
    assert answer.status_code == 200, answer.text


async def person_of(doors: Doors, case: str) -> str:
    history = (await doors.get(f"/cases/{case}")).json()["history"]
    return str(history[0]["data"]["person_ref"])


async def test_an_erased_person_is_no_finding(empty_doors: Doors, case: str) -> None:
    await erase(empty_doors, case)
    assert await found(empty_doors) == []
    assert delete_files(empty_doors.database.owner_dsn, COUNTY) == (1, [])
    assert await found(empty_doors) == []


@pytest.mark.parametrize(
    "tables", [("vault_person",), ("vault_entry",), ("vault_entry", "vault_person")]
)
async def test_a_file_that_is_gone_without_an_erasure_is_named(
    empty_doors: Doors, case: str, tables: tuple[str, ...]
) -> None:
    person = await person_of(empty_doors, case)
    for table in tables:
        as_superuser(empty_doors, f"delete from {table} where person_ref = %s", (person,))
    finding = (await found(empty_doors))[0]
    assert person in finding or case in finding


async def test_a_file_closed_without_an_erasure_is_named(empty_doors: Doors, case: str) -> None:
    await erase(empty_doors, case)
    assert await found(empty_doors) == []
    as_superuser(
        empty_doors,
        "insert into vault_erased select division_code, person_ref from vault_person"
        " where division_code = %s on conflict do nothing",
        (TOWNSHIP,),
    )
    assert await found(empty_doors) == [
        f"{TOWNSHIP}: 2 files of the vault are erased, and 1 by the ledger"
    ]
