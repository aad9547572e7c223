"""Files of a report: added and read by whoever reads its words, gone with them."""

from typing import Any

import psycopg
import pytest

from services.grid.live_check import TABLES
from shared.divisions import new_id
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_attached, delete_files
from shared.vault import Vault
from tests.grid.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.grid.test_reports import DISPATCH, WORDS, a_report, go, history, submit
from tests.shared.attachments.files import jpeg, pdf

pytestmark = pytest.mark.parts


async def attached(doors: Doors, report_id: str, content: bytes, **how: Any) -> str:
    """A file that was uploaded and attached; gives its digest."""
    stored = await doors.upload(report_id, content, **how)
    assert stored.status_code == 201, stored.text
    digest = str(stored.json()["digest"])
    body = {"digest": digest, "kind": "evidence"}
    await doors.done(f"/reports/{report_id}/attach", body, **how)
    return digest


async def test_a_file_becomes_part_of_a_report_and_comes_back(doors: Doors) -> None:
    report_id = await a_report(doors)
    content = pdf()
    digest = await attached(doors, report_id, content)
    read = await doors.get(f"/reports/{report_id}/attachments/{digest}")
    assert (read.status_code, read.content) == (200, content)
    (_, event) = await history(doors, report_id)
    assert event["event"] == "grid-report-attachment-added"
    assert event["data"]["digest"] == digest
    again = {"digest": digest, "kind": "handling"}
    other = await doors.post(f"/reports/{report_id}/attach", again)
    assert problem(other) == "report-attached-otherwise"
    missing = await doors.post(
        f"/reports/{report_id}/attach", {"digest": "a" * 64, "kind": "evidence"}
    )
    assert problem(missing) == "attachment-not-uploaded"


async def test_whoever_takes_a_converted_report_up_reads_its_files(doors: Doors) -> None:
    report_id, content = await a_report(doors), pdf()
    digest = await attached(doors, report_id, content)
    committee = {"to": "mediation", "committee_id": new_id(TOWNSHIP)}
    path = f"/reports/{report_id}/attachments/{digest}"
    early = await doors.get(path, role=Role.MEDIATOR)
    assert (early.status_code, problem(early)) == (403, "words-not-for-this-post")
    await go(doors, report_id, ("validate", {}), ("convert", committee))
    shown = await doors.get(f"/reports/{report_id}/for-take-over", role=Role.MEDIATOR)
    expected = {"digest": digest, "media_type": "application/pdf", "of": "evidence"}
    assert shown.json()["attachments"] == [expected]
    read = await doors.get(path, role=Role.MEDIATOR)
    assert (read.status_code, read.content) == (200, content)
    other = await doors.get(path, role=Role.HANDLER, claims={"unit": "labour-office"})
    assert other.status_code == 403


async def test_another_townships_committee_reads_the_files_too(doors: Doors) -> None:
    report_id, content = await a_report(doors), pdf()
    digest = await attached(doors, report_id, content)
    path = f"/reports/{report_id}/attachments/{digest}"
    there: dict[str, Any] = {"role": Role.MEDIATOR, "division": NEIGHBOUR}
    assert problem(await doors.get(path, **there)) == "report-not-found"
    committee = {"to": "mediation", "committee_id": new_id(NEIGHBOUR)}
    await go(doors, report_id, ("validate", {}), ("convert", committee))
    read = await doors.get(path, **there)
    assert (read.status_code, read.content) == (200, content)
    missing = f"/reports/{report_id}/attachments/{'a' * 64}"
    assert problem(await doors.get(missing, **there)) == "attachment-not-found"
    for how in (
        {"role": Role.HANDLER, "division": NEIGHBOUR, "claims": {"unit": "labour-office"}},
        {"role": Role.MEDIATOR, "division": f"{NEIGHBOUR[:-1]}9"},
    ):
        stranger: dict[str, Any] = how
        assert problem(await doors.get(path, **stranger)) == "report-not-found"
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        found = superuser.execute(
            "select actor_ref from vault_attachment_read where stream_id = %s", (report_id,)
        ).fetchall()
    assert [each.startswith(f"{NEIGHBOUR}/") for (each,) in found] == [True]


async def test_a_unit_with_an_order_for_the_report_reads_words_and_files_and_is_recorded(
    doors: Doors,
) -> None:
    report_id, content = await a_report(doors), pdf()
    digest = await attached(doors, report_id, content)
    await go(doors, report_id, ("validate", {}))
    words, file = f"/reports/{report_id}/words", f"/reports/{report_id}/attachments/{digest}"
    unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "roads-office"}}
    other: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "water-office"}}
    assert problem(await doors.get(words, **unit)) == "words-not-for-this-post"
    body = {"report_id": report_id, "to_unit": "roads-office"}
    orders = f"/townships/{TOWNSHIP}/work-orders"
    order_id = (await doors.done(orders, body, 201))["signal_id"]
    await go(doors, report_id, ("convert", {"to": "work-order", "order_id": order_id}))
    assert (await doors.get(words, **unit)).json()["words"] == WORDS
    assert (await doors.get(file, **unit)).content == content
    for path in (words, file):
        assert problem(await doors.get(path, **other)) == "words-not-for-this-post"
        elsewhere = await doors.get(path, division=COUNTY, **unit)
        assert problem(elsewhere) == "words-not-for-this-post"
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        reads = superuser.execute(
            "select role from report_read where report_id = %s", (report_id,)
        ).fetchall()
    assert reads == [("handler",)]
    await doors.done(f"/signals/{order_id}/void", {"reason": "opened-by-mistake"})
    for path in (words, file):
        assert problem(await doors.get(path, **unit)) == "words-not-for-this-post"


async def test_the_unit_that_has_it_and_the_worker_of_the_grid_add_and_read(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    await doors.assign(grid, await doors.worker(post="post-zhou"))
    report_id = (await submit(doors, grid))["report_id"]
    await go(doors, report_id, ("validate", {}), DISPATCH)
    unit: dict[str, Any] = {
        "role": Role.HANDLER,
        "ref": "post-labour",
        "claims": {"unit": "labour-office"},
    }
    worker: dict[str, Any] = {"role": Role.GRID_WORKER, "ref": "post-zhou"}
    digests = [
        await attached(doors, report_id, content, **how)
        for content, how in ((jpeg(), worker), (pdf(), unit))
    ]
    for digest in digests:
        for how in (worker, unit):
            read = await doors.get(f"/reports/{report_id}/attachments/{digest}", **how)
            assert read.status_code == 200


async def test_strangers_neither_add_nor_read(doors: Doors) -> None:
    report_id = await a_report(doors)
    digest = await attached(doors, report_id, pdf())
    for how, adding in (
        ({"role": Role.HANDLER, "claims": {"unit": "water-office"}}, "report-of-another-unit"),
        ({"role": Role.GRID_WORKER, "ref": "post-nobody"}, "report-of-another-grid"),
    ):
        stranger: dict[str, Any] = how
        assert problem(await doors.upload(report_id, pdf(), **stranger)) == adding
        body = {"digest": digest, "kind": "evidence"}
        answer = await doors.post(f"/reports/{report_id}/attach", body, **stranger)
        assert problem(answer) == adding
        read = await doors.get(f"/reports/{report_id}/attachments/{digest}", **stranger)
        assert problem(read) == "words-not-for-this-post"


async def test_whom_a_report_is_about_neither_adds_nor_reads(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    report_id = (await submit(doors, grid, about_unit="water-office"))["report_id"]
    digest = await attached(doors, report_id, pdf())
    own: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "water-office"}}
    assert problem(await doors.upload(report_id, pdf(), **own)) == "report-not-found"
    read = await doors.get(f"/reports/{report_id}/attachments/{digest}", **own)
    assert problem(read) == "report-not-found"


async def test_a_unit_that_is_named_later_finds_the_report_no_more(doors: Doors) -> None:
    report_id = await a_report(doors)
    await go(doors, report_id, ("validate", {}), DISPATCH)
    unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": DISPATCH[1]["to_unit"]}}
    path = f"/reports/{report_id}"
    assert (await doors.get(path, **unit)).status_code == 200
    body = {"about_unit": DISPATCH[1]["to_unit"], "why": "stated-later", "words": "本人说明。"}
    by_unit = await doors.post(f"{path}/correct", body, **unit)
    assert by_unit.status_code == 403
    told = await doors.done(f"{path}/correct", body)
    assert (told["state"], told["to_unit"]) == ("returned", None)
    assert problem(await doors.get(path, **unit)) == "report-not-found"
    assert report_id not in (await doors.get("/reports", limit=200, **unit)).text
    assert "本人说明。" in (await doors.get(f"{path}/words")).json()["remarks"]
    alone = {"about_division": COUNTY, "why": "stated-later"}
    assert problem(await doors.post(f"{path}/correct", alone)) == "invalid-input"
    worker = {"about_unit": None, "about_a_worker": True, "why": "found-otherwise"}
    await doors.done(f"{path}/correct", worker)
    assert (await doors.get(path, **unit)).status_code == 200
    of_grids = await doors.get(path, role=Role.GRID_WORKER)
    assert problem(of_grids) == "report-not-found"


async def test_files_are_compared_with_the_ledger_and_close_with_the_words(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    report_id = await a_report(doors)
    digest = await attached(doors, report_id, pdf())
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert await check.run() == []
    assert check.attachments == 1
    await go(doors, report_id, ("reject", {"reason": "unclear"}))
    (first, *_) = await history(doors, report_id)
    (person,) = first["data"]["persons"]
    await doors.done(f"/named-persons/{person}/erase", {"reason_code": "at-request"})
    read = await doors.get(f"/reports/{report_id}/attachments/{digest}")
    assert (problem(read), read.status_code) == ("person-erased", 409)
    owner = doors.database.owner_dsn
    assert delete_files(owner, COUNTY) == (2, [])
    assert delete_attached(owner, COUNTY) == (1, 0)
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []


async def test_what_no_event_names_is_purged_after_a_day(empty_doors: Doors) -> None:
    doors = empty_doors
    report_id = await a_report(doors)
    named = await attached(doors, report_id, pdf())
    unnamed = (await doors.upload(report_id, jpeg())).json()["digest"]
    owner = doors.database.owner_dsn
    assert delete_attached(owner, COUNTY) == (0, 0)
    with psycopg.connect(doors.database.superuser_dsn, autocommit=True) as superuser:
        superuser.execute(
            "update vault_attachment set uploaded_at = uploaded_at - interval '25 hours'"
        )
    assert delete_attached(owner, COUNTY) == (0, 1)
    late = {"digest": unnamed, "kind": "evidence"}
    answer = await doors.post(f"/reports/{report_id}/attach", late)
    assert problem(answer) == "attachment-not-uploaded"
    assert (await doors.get(f"/reports/{report_id}/attachments/{named}")).status_code == 200
