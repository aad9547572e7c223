"""Files of a case over the API: uploaded, attached, read by who may, closed on, erased, purged."""

from io import BytesIO
from typing import Any

import psycopg
import pytest
from PIL import Image

from services.intake.live_check import TABLES
from shared.attachments import limits, storing
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_attached, delete_files
from shared.vault import Vault
from tests.erased_texts import readable
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.sealing import as_superuser
from tests.legal_acts import CHECKS, DIVERTED
from tests.shared.attachments import files

pytestmark = pytest.mark.parts
EVIDENCE = {"kind": "evidence"}


async def upload(doors: Doors, case: str, content: bytes = b"", **how: Any) -> dict[str, Any]:
    answer = await doors.upload(case, content or files.jpeg(), **how)
    assert answer.status_code == 201, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def attached(doors: Doors, case: str, content: bytes = b"") -> str:
    digest = str((await upload(doors, case, content))["digest"])
    await doors.tell(case, ("attach", {"digest": digest, **EVIDENCE}))
    return digest


async def read(doors: Doors, case: str, digest: str, **how: Any) -> Any:
    return await doors.get(f"/cases/{case}/attachments/{digest}", **how)


def rows(doors: Doors, table: str) -> int:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        return len(superuser.execute(f"select from {table}".encode()).fetchall())


async def test_a_photograph_is_uploaded_attached_and_read(doors: Doors) -> None:
    case = await doors.file()
    said = await upload(doors, case)
    assert said["of"] == case
    assert said["media_type"] == "image/jpeg"
    answer = await doors.tell(case, ("attach", {"digest": said["digest"], **EVIDENCE}))
    assert answer.json()["version"] == 2
    shown = await read(doors, case, said["digest"])
    assert shown.status_code == 200
    assert len(shown.content) == said["size"] == int(shown.headers["content-length"])
    assert Image.open(BytesIO(shown.content)).size == (96, 64)
    assert files.OWNER not in shown.content
    (_, added) = (await doors.get(f"/cases/{case}")).json()["history"]
    assert added["event"] == "attachment-added"
    assert {name: added["data"][name] for name in ("digest", "media_type", "size", "of")} == {
        "digest": said["digest"],
        "media_type": "image/jpeg",
        "size": said["size"],
        "of": "evidence",
    }


async def test_a_browser_runs_nothing_of_it(doors: Doors) -> None:
    case = await doors.file()
    digest = await attached(doors, case, files.pdf())
    headers = (await read(doors, case, digest)).headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"] == f'attachment; filename="{digest[:12]}.pdf"'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cache-control"] == "no-store"


async def test_the_largest_file_comes_back_in_its_parts(doors: Doors) -> None:
    case = await doors.file()
    large = files.pdf_of(limits.LARGEST)
    assert len(large) == limits.LARGEST
    digest = await attached(doors, case, large)
    assert (await read(doors, case, digest)).content == large


async def test_one_byte_more_is_too_much(doors: Doors) -> None:
    case = await doors.file()
    answer = await doors.upload(case, files.pdf_of(limits.LARGEST) + b"\n")
    assert (answer.status_code, problem(answer)) == (413, "body-too-large")


@pytest.mark.parametrize(
    ("content", "slug", "status"),
    [
        (b"<svg/>", "attachment-type-not-taken", 415),
        (b"", "attachment-type-not-taken", 415),
        (b"\xff\xd8\xff\xe0 not really", "attachment-unreadable", 422),
        (files.document() + b"x", "attachment-unreadable", 422),
        (files.locked_pdf(), "attachment-protected", 422),
        (files.pdf_with_a_file(), "attachment-acts", 422),
        (files.oversized_header_png(), "attachment-too-costly", 413),
    ],
)
async def test_what_is_refused_is_kept_nowhere(
    doors: Doors, content: bytes, slug: str, status: int
) -> None:
    case, before = await doors.file(), rows(doors, "vault_attachment_part")
    # whatever the client says that it is
    answer = await doors.upload(case, content, Content_Type="image/jpeg")
    assert (answer.status_code, problem(answer)) == (status, slug)
    assert rows(doors, "vault_attachment_part") == before


async def test_a_closing_rests_on_an_attachment(doors: Doors) -> None:
    case = await doors.file()
    await doors.tell(case, ACCEPT, ANSWER)
    digest = await attached(doors, case)
    await doors.tell(case, *CHECKS)
    closing = {"outcome": "supported", "evidence": [digest]}
    await doors.tell(case, ("close", closing))
    other = await doors.file()
    await doors.tell(other, ACCEPT, ANSWER, *CHECKS)
    answer = await doors.post(f"/cases/{other}/close", closing)
    assert problem(answer) == "evidence-not-in-record"


async def test_what_is_uploaded_for_one_case_is_not_attached_to_another(doors: Doors) -> None:
    case, other = await doors.file(), await doors.file()
    neighbours = await doors.file(NEIGHBOUR)
    theirs = await upload(doors, neighbours, division=NEIGHBOUR)
    ours = await upload(doors, case)
    assert theirs["digest"] != ours["digest"]
    for digest in (ours["digest"], theirs["digest"], "0" * 64):
        answer = await doors.post(f"/cases/{other}/attach", {"digest": digest, **EVIDENCE})
        assert (answer.status_code, problem(answer)) == (422, "attachment-not-uploaded")


async def test_the_same_picture_of_two_people_has_two_digests(doors: Doors) -> None:
    case, other = await doors.file(), await doors.file()
    first, second = await upload(doors, case), await upload(doors, other)
    assert first["size"] == second["size"]
    assert first["digest"] != second["digest"]


async def test_nobody_reads_what_is_not_theirs_to_read(doors: Doors) -> None:
    case, other = await doors.file(), await doors.file()
    digest = await attached(doors, case)
    unnamed = str((await upload(doors, case, files.pdf()))["digest"])
    neighbour = await read(doors, case, digest, division=NEIGHBOUR)
    assert (neighbour.status_code, problem(neighbour)) == (404, "case-not-found")
    for of, asked in ((other, digest), (case, unnamed), (case, "0" * 64)):
        answer = await read(doors, of, asked)
        assert (answer.status_code, problem(answer)) == (404, "attachment-not-found")
    for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.GRID_WORKER, Role.MEDIATOR):
        answer = await read(doors, case, digest, role=role, division=COUNTY)
        assert problem(answer) == "role-not-allowed"


async def test_only_who_may_act_uploads_and_nothing_is_read_before(doors: Doors) -> None:
    case = await doors.file()
    neighbour = await doors.upload(case, b"x" * 99, division=NEIGHBOUR)
    assert (neighbour.status_code, problem(neighbour)) == (404, "case-not-found")
    auditor = await doors.upload(case, b"x", role=Role.AUDITOR)
    assert problem(auditor) == "role-not-allowed"
    nowhere = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-000000000001"
    assert problem(await doors.upload(nowhere, b"x")) == "case-not-found"
    assert problem(await doors.upload("1", b"x")) == "invalid-input"
    assert problem(await doors.upload(case, b"x", Idempotency_Key="")) == "invalid-input"


async def test_who_was_recused_or_has_no_post_neither_adds_nor_reads(doors: Doors) -> None:
    case = await doors.file()
    digest = await attached(doors, case)
    nobody: dict[str, Any] = {"claims": {"unit": None, "post": None}}
    assert problem(await doors.upload(case, files.jpeg(), **nobody)) == "post-missing"
    assert problem(await read(doors, case, digest, **nobody)) == "case-not-found"
    await doors.tell(case, ("recuse", {"post": "post-9", "reason": "relative"}))
    ninth: dict[str, Any] = {"ref": "post-9", "claims": {"post": "post-9"}}
    assert problem(await doors.upload(case, files.jpeg(), **ninth)) == "recused-from-case"
    assert problem(await read(doors, case, digest, **ninth)) == "recused-from-case"


async def test_the_same_key_and_file_give_the_first_answer(doors: Doors) -> None:
    case = await doors.file()
    first = await upload(doors, case, Idempotency_Key="photo")
    assert await upload(doors, case, Idempotency_Key="photo") == first
    another = await doors.upload(case, files.png(), Idempotency_Key="photo")
    assert (another.status_code, problem(another)) == (422, "idempotency-key-reused")
    other = await doors.file()
    elsewhere = await doors.upload(other, files.jpeg(), Idempotency_Key="photo")
    assert problem(elsewhere) == "idempotency-key-reused"
    # without a key the same file is stored once as well
    assert await upload(doors, case) == first
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        stored = superuser.execute(
            "select digest from vault_attachment where stream_id = %s", (case,)
        ).fetchall()
    assert stored == [(first["digest"],)]


async def test_a_record_and_a_post_have_so_many(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MOST_OF_RECORD", 2)
    case = await doors.file()
    await upload(doors, case, files.jpeg())
    await upload(doors, case, files.png())
    answer = await doors.upload(case, files.pdf())
    assert (answer.status_code, problem(answer)) == (409, "record-has-too-many-attachments")
    monkeypatch.setattr(storing, "MOST_OF_ACTOR_A_DAY", 0)
    answer = await doors.upload(await doors.file(), files.pdf())
    assert (answer.status_code, problem(answer)) == (429, "too-many-uploads")


async def test_who_reads_is_recorded_where_the_service_cannot_look(doors: Doors) -> None:
    case = await doors.file()
    digest = await attached(doors, case)
    before = rows(doors, "vault_attachment_read")
    await read(doors, case, digest, ref="post-2")
    await read(doors, case, "0" * 64)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        found = superuser.execute(
            "select stream_id, digest, actor_ref, role from vault_attachment_read order by read_id"
        ).fetchall()[before:]
    assert found == [(case, digest, f"{TOWNSHIP}/post-2", "clerk")]
    with (
        psycopg.connect(doors.database.dsn) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute("select from vault_attachment_read")


async def test_an_erased_person_has_no_pictures(empty_doors: Doors) -> None:
    doors = empty_doors
    case = await doors.file()
    digest = await attached(doors, case, files.pdf("the house of Zhang"))
    kept = (await upload(doors, case, files.png()))["digest"]
    other = await attached(doors, await doors.file())
    await doors.tell(case, DIVERTED)
    history = (await doors.get(f"/cases/{case}")).json()["history"]
    person = history[0]["data"]["person_ref"]
    why = {"reason_code": "keeping-term-over"}
    erased = await doors.post(f"/persons/{person}/erase", why, role=Role.TOWNSHIP_LEADER)
    assert erased.status_code == 200, erased.text
    assert problem(await read(doors, case, digest)) == "person-erased"
    assert problem(await doors.upload(case, files.jpeg())) == "person-erased"
    assert problem(await doors.post(f"/cases/{case}/attach", {"digest": kept, **EVIDENCE})) == (
        "person-erased"
    )
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []
    assert delete_files(doors.database.owner_dsn, COUNTY) == (1, [])
    assert [each for each in texts(doors) if "%PDF" in each] == []
    assert delete_attached(doors.database.owner_dsn, COUNTY) == (2, 0)
    assert delete_attached(doors.database.owner_dsn, COUNTY) == (0, 0)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        for table in ("vault_attachment", "vault_attachment_part"):
            left = superuser.execute(f"select digest from {table}".encode()).fetchall()
            assert left == [(other,)]
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []


def texts(doors: Doors) -> list[str]:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        return list(readable(superuser, doors.office.vault, KEYS))


async def test_before_the_erasure_the_key_opens_it(doors: Doors) -> None:
    await attached(doors, await doors.file(), files.pdf("the house of Zhang"))
    assert [each for each in texts(doors) if "%PDF" in each]


async def test_where_more_is_closed_than_the_ledger_says_nothing_is_deleted(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    case = await doors.file()
    await attached(doors, case)
    as_superuser(
        doors, "insert into vault_erased select division_code, person_ref from vault_person", ()
    )
    files_gone, left = delete_files(doors.database.owner_dsn, COUNTY)
    assert (files_gone, left) == (0, [TOWNSHIP])
    assert delete_attached(doors.database.owner_dsn, COUNTY, left) == (0, 0)
    assert rows(doors, "vault_attachment") == 1


async def test_what_no_event_names_is_purged_after_a_day(empty_doors: Doors) -> None:
    doors = empty_doors
    case = await doors.file()
    named = await attached(doors, case)
    unnamed = await upload(doors, case, files.png(), Idempotency_Key="picture")
    assert delete_attached(doors.database.owner_dsn, COUNTY) == (0, 0)
    as_superuser(
        doors, "update vault_attachment set uploaded_at = uploaded_at - interval '25 hours'", ()
    )
    assert delete_attached(doors.database.owner_dsn, COUNTY) == (0, 1)
    late = await doors.post(f"/cases/{case}/attach", {"digest": unnamed["digest"], **EVIDENCE})
    assert problem(late) == "attachment-not-uploaded"
    assert (await read(doors, case, named)).status_code == 200
    # the receipt has the place alone: the same request uploads it again
    assert await upload(doors, case, files.png(), Idempotency_Key="picture") == unnamed
    await doors.tell(case, ("attach", {"digest": unnamed["digest"], **EVIDENCE}))


async def test_an_upload_that_is_purged_while_it_is_attached_is_not_named(
    empty_doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = empty_doors
    case = await doors.file()
    digest = (await upload(doors, case))["digest"]
    find = storing.find

    async def purged_meanwhile(*asked: Any) -> Any:
        found = await find(*asked)
        as_superuser(doors, "delete from vault_attachment", ())
        return found

    monkeypatch.setattr(storing, "find", purged_meanwhile)
    answer = await doors.post(f"/cases/{case}/attach", {"digest": digest, **EVIDENCE})
    assert problem(answer) == "attachment-not-uploaded"
    assert len((await doors.get(f"/cases/{case}")).json()["history"]) == 1


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("delete from vault_attachment", "the vault lacks a text of"),
        ("delete from vault_attachment_part", "is not what its digest says"),
        ("update vault_attachment_part set sealed = sealed || 'x'", "is not what its digest says"),
        ("update vault_attachment set size = size + 1", "is not what its digest says"),
        ("update vault_attachment set parts = parts + 1", "is not what its digest says"),
        ("update vault_attachment set person_ref = 'x'", "has no key"),
        (
            "update vault_attachment set person_ref = (select max(person_ref) from vault_person)",
            "is kept under another file",
        ),
    ],
)
async def test_a_changed_attachment_is_found_and_not_shown(
    empty_doors: Doors, statement: str, finding: str
) -> None:
    doors = empty_doors
    case = await doors.file()
    digest = await attached(doors, case)
    await doors.file()
    as_superuser(doors, statement, ())
    [found] = await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run()
    assert finding in found
    assert digest in found
    assert (await read(doors, case, digest)).status_code in {404, 500}


async def test_an_attachment_agrees(empty_doors: Doors) -> None:
    await attached(empty_doors, await empty_doors.file())
    await upload(empty_doors, await empty_doors.file())
    check = LiveCheck(empty_doors.pool, COUNTY, TABLES, Vault(empty_doors.pool, KEYS))
    assert await check.run() == []
    assert check.attachments == 2


async def test_a_void_case_says_so_whatever_was_uploaded(doors: Doors) -> None:
    case = await doors.file()
    await doors.tell(case, ("void", {"why": "registered-twice"}))
    answer = await doors.post(f"/cases/{case}/attach", {"digest": "0" * 64, **EVIDENCE})
    assert problem(answer) == "case-was-voided"
