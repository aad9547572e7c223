"""Papers through the door leave their facts: once, numbered, and named by what rests on them."""

from io import BytesIO
from urllib.parse import unquote

import psycopg
import pytest
from pypdf import PdfReader

from services.mediation.store.vault_files import EntryKind, file_of
from shared.identity import Role
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    NEIGHBOUR,
    ROUTES,
    TOWNSHIP,
    Committee,
    Doors,
    problem,
    sign,
)
from tests.mediation.filling import fill_in, history, in_session, listed, written

pytestmark = pytest.mark.parts


async def test_every_paper_leaves_an_event_with_its_digest_and_number(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    agreement, record = "mediation-agreement", "mediation-session-record"
    kept = await fill_in(doors, mediation_id, written(agreement, "number"))
    await fill_in(doors, mediation_id, written(record))
    once = await history(doors, mediation_id)
    assert [each["event"] for each in once][-2:] == ["mediation-paper-filled-in"] * 2
    told = once[-2]["data"]
    assert (told["form"], told["digest"]) == (agreement, kept["digest"])
    assert (told["number"], told["dated"]) == (kept["number"], kept["dated"])
    assert "number" not in once[-1]["data"]
    # the same paper again on the same day is the same fact
    again = await fill_in(doors, mediation_id, written(agreement, "number"))
    assert again["digest"] == kept["digest"]
    assert await history(doors, mediation_id) == once


async def test_a_paper_is_filled_in_once_under_a_key_and_only_on_what_was_read(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/fill-in-paper"
    read = (await doors.get(f"/mediations/{mediation_id}")).headers["ETag"]
    paper = written("mediation-application")
    first = await doors.post(path, paper, If_Match=read, Idempotency_Key="paper-1")
    assert first.status_code == 200, first.text
    other = written("mediation-application", request="再谈一次。")
    assert problem(await doors.post(path, other, If_Match=read)) == "stale-version"
    reused = await doors.post(path, other, Idempotency_Key="paper-1")
    assert problem(reused) == "idempotency-key-reused"
    await fill_in(doors, mediation_id, other)
    again = await doors.post(path, paper, If_Match=read, Idempotency_Key="paper-1")
    assert again.json() == first.json()
    assert len(await listed(doors, mediation_id)) == 1


@pytest.mark.parametrize(
    "number",
    [
        "某甲",
        "13900000001",
        "青云镇",
        "镇" * 60 + "人调〔2026〕12号",
        "镇" * 40 + "2026" + "字" * 17 + "2026",
    ],
)
async def test_what_can_be_no_number_is_not_published_as_one(
    doors: Doors, committee: Committee, number: str
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/fill-in-paper"
    answer = await doors.post(path, written("mediation-termination", number=number))
    assert answer.status_code == 422
    _, body = sign(committee, number=number)
    signed = await doors.post(f"/mediations/{mediation_id}/sign", body)
    told = [each for response in (answer, signed) for each in response.json()["errors"]]
    assert [each["field"] for each in told] == ["values.number", "number"]
    for each in told:
        assert each["message"].startswith("A number looks like 青云镇人调〔2026〕12号: ")
    assert await listed(doors, mediation_id) == []


async def test_a_consent_and_an_end_name_the_papers_they_rest_on(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    on_paper = CONSENT[1] | {"how": "in-writing", "paper": "a" * 64}
    unknown = await doors.post(f"/mediations/{mediation_id}/consent", on_paper)
    assert problem(unknown) == "paper-not-kept"
    for paper_of, verb, body in (
        (written("mediation-consent"), "consent", on_paper),
        (
            written("mediation-termination", "number"),
            "fail",
            {"ground": "no-agreement", "routes_told": ROUTES},
        ),
    ):
        paper = (await fill_in(doors, mediation_id, paper_of))["digest"]
        await doors.tell(mediation_id, (verb, body | {"paper": paper}))
        last = [each["data"] for each in await history(doors, mediation_id)][-2:]
        assert paper in {data.get("paper_digest") for data in last}


async def test_a_paper_that_is_taken_back_leaves_the_file_and_keeps_its_number_and_its_bytes(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    agreement = written("mediation-agreement", "number")
    kept = await fill_in(doors, mediation_id, agreement)
    voiding = {"digest": kept["digest"], "reason": "by-mistake"}
    await doors.tell(mediation_id, ("void-paper", voiding))
    last = (await history(doors, mediation_id))[-1]
    assert last["event"] == "mediation-paper-voided"
    assert (last["data"]["digest"], last["data"]["form"]) == (kept["digest"], kept["form"])
    assert await listed(doors, mediation_id) == []
    gone = await doors.get(f"/mediations/{mediation_id}/papers/{kept['digest']}")
    assert problem(gone) == "no-such-paper"
    unsigned = sign(committee, paper=kept["digest"], text=None, parts=None)
    refused = await doors.post(f"/mediations/{mediation_id}/sign", unsigned[1])
    assert problem(refused) == "paper-not-kept"
    # another one of this dispute bears the number, one of another dispute the next
    other = await fill_in(
        doors, mediation_id, written("mediation-agreement", "number", terms="分两次。")
    )
    assert other["number"] == kept["number"]
    elsewhere = await fill_in(doors, await in_session(doors, committee), agreement)
    assert elsewhere["number"] != kept["number"]
    # and the first stands again, byte for byte, once it is filled in as it was
    again = await fill_in(doors, mediation_id, agreement)
    assert again["digest"] == kept["digest"]
    assert await listed(doors, mediation_id) == [kept["digest"]]


async def test_whoever_may_fill_a_paper_in_may_take_it_back_until_the_signing(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/void-paper"
    for role in (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER):
        kept = await fill_in(doors, mediation_id, written("mediation-application"))
        voiding = {"digest": kept["digest"], "reason": "otherwise-in-fact"}
        elsewhere = await doors.post(path, voiding, role=role, division=NEIGHBOUR)
        assert problem(elsewhere) == "mediation-not-found"
        assert (await doors.post(path, voiding, role=role)).status_code == 200
        assert await listed(doors, mediation_id) == []
    unknown_paper = {"digest": "a" * 64, "reason": "by-mistake"}
    for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.BACKFILL):
        assert (await doors.post(path, unknown_paper, role=role)).status_code == 403
    unknown = await doors.post(path, unknown_paper)
    assert problem(unknown) == "paper-not-kept"
    kept = await fill_in(doors, mediation_id, written("mediation-session-record"))
    await doors.tell(mediation_id, sign(committee))
    signed = await doors.post(path, {"digest": kept["digest"], "reason": "by-mistake"})
    assert problem(signed) == "agreement-is-signed"
    assert await listed(doors, mediation_id) == [kept["digest"]]


async def test_the_mediator_is_told_which_characters_stand_by_their_codes(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    rare = written("mediation-application", request="请王𠮷和😀让一步，王𠮷同意。")
    kept = await fill_in(doors, mediation_id, rare)
    assert kept["unprinted"] == ["𠮷", "😀"]
    # and again where the paper is known already
    assert (await fill_in(doors, mediation_id, rare))["unprinted"] == ["𠮷", "😀"]
    usual = await fill_in(doors, mediation_id, written("mediation-application"))
    assert usual["unprinted"] == []


@pytest.mark.parametrize("released_before", [False, True])
async def test_no_paper_is_served_under_the_digest_of_another(
    doors: Doors, committee: Committee, released_before: bool
) -> None:
    mediation_id = await in_session(doors, committee)
    one = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    other = await fill_in(doors, mediation_id, written("mediation-application"))
    exchange(doors, mediation_id, one["digest"], other["digest"])
    if released_before:
        await seal_as_before(doors, mediation_id)
    for digest in (one["digest"], other["digest"]):
        answer = await doors.get(f"/mediations/{mediation_id}/papers/{digest}")
        assert (answer.status_code, problem(answer)) == (500, "unexpected")


def exchange(doors: Doors, mediation_id: str, one: str, other: str) -> None:
    """What somebody who writes the database does: each digest gets the other's text."""
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        superuser.execute(
            "update vault_entry as entry set sealed = given.sealed from vault_entry as given "
            "where entry.person_ref = %(ref)s and given.person_ref = %(ref)s "
            "and entry.digest = any(%(both)s) and given.digest = any(%(both)s) "
            "and entry.digest <> given.digest",
            {"ref": mediation_id, "both": [one, other]},
        )


async def seal_as_before(doors: Doors, mediation_id: str) -> None:
    """The exchanged papers, as earlier releases sealed them: bound to file and kind alone."""
    file = await file_of(doors.office.vault, COUNTY, mediation_id)
    entries = await doors.office.vault.entries(COUNTY, TOWNSHIP, mediation_id)
    papers = [entry for entry in entries if entry.kind == EntryKind.PAPER]
    place = f"{mediation_id}/{EntryKind.PAPER}"
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        for entry, true in zip(papers, reversed(papers), strict=True):
            text = file.key.unseal(entry.sealed, bound_to=f"{place}/{true.digest}".encode())
            superuser.execute(
                "update vault_entry set sealed = %s where person_ref = %s and digest = %s",
                (file.key.seal(text, bound_to=place.encode()), mediation_id, entry.digest),
            )


async def test_there_is_a_copy_for_each_party_and_one_that_is_kept(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    parties = written("mediation-agreement")["values"]["parties"]
    three = [*parties, parties[1] | {"name": "李小乙"}]
    told = await fill_in(
        doors, mediation_id, written("mediation-agreement", "number", "copies", parties=three)
    )
    printed = await doors.get(f"/mediations/{mediation_id}/papers/{told['digest']}")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)
    assert "一式4份" in "".join(text.split())
    short = written("mediation-agreement", "number", copies=3, parties=three)
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", short)
    assert problem(answer) == "invalid-input"
    assert [each["field"] for each in answer.json()["errors"]] == ["values.copies"]


async def test_papers_are_told_apart_by_the_names_of_their_files(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    names = []
    for form in ("mediation-agreement", "mediation-session-record"):
        left_out = ("number",) if form == "mediation-agreement" else ()
        told = await fill_in(doors, mediation_id, written(form, *left_out))
        for file in ("pdf", "docx"):
            answer = await doors.get(
                f"/mediations/{mediation_id}/papers/{told['digest']}", format=file
            )
            names.append(unquote(answer.headers["content-disposition"].partition("''")[2]))
            assert names[-1].endswith(f"{told['number'] or told['dated']}.{file}")
    assert [name.partition("-")[0] for name in names] == ["人民调解协议书"] * 2 + [
        "人民调解笔录"
    ] * 2
