"""Papers through the door: filled in, printed one by one, signed, and all of them in one call."""

import asyncio
import io
import zipfile
from hashlib import sha256
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from services.mediation.papers import FORMS
from shared.identity import Role
from shared.office.paper_values import values_of, written_of
from tests.mediation.doors import (
    CONSENT,
    NEIGHBOUR,
    REFUSE,
    Committee,
    Doors,
    assign,
    hold,
    problem,
    sign,
)
from tests.mediation.filling import done_at_once, fill_in, history, in_session, listed, written
from tests.mediation.papers.samples import BY_FORM
from tests.midnight import today

pytestmark = pytest.mark.parts


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_comes_back_as_it_was(form: str) -> None:
    values = {key: value for key, value in BY_FORM[form].items() if value is not None}
    assert values_of(FORMS[form], written_of(values)) == values


async def test_what_was_printed_is_what_is_signed(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    kept = await fill_in(doors, mediation_id, done_at_once("seal", "dated"))
    assert kept["number"].startswith(f"青云镇人调〔{today().year}〕")
    path = f"/mediations/{mediation_id}/papers/{kept['digest']}"
    printed = await doors.get(path)
    assert (printed.headers["content-type"], printed.headers["cache-control"]) == (
        "application/pdf",
        "no-store",
    )
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert kept["number"] in text
    assert "青云镇人民调解委员会" in text
    word = await doors.get(path, format="docx")
    assert zipfile.ZipFile(io.BytesIO(word.content)).testzip() is None
    step = sign(committee, paper=kept["digest"], text=None, parts=None)
    assert (await doors.tell(mediation_id, step)).json()["number"] == kept["number"]
    signed = (await history(doors, mediation_id))[-1]["data"]
    assert (signed["agreement_digest"], signed["number"]) == (kept["digest"], kept["number"])
    again = await doors.get(path)
    assert sha256(again.content).digest() == sha256(printed.content).digest()


async def test_a_corrected_paper_takes_the_place_of_the_first_and_keeps_its_number(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    first = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    second = await fill_in(
        doors, mediation_id, written("mediation-agreement", "number", terms="沟归两家共用。")
    )
    assert (first["number"], first["digest"] == second["digest"]) == (second["number"], False)
    assert await listed(doors, mediation_id) == [second["digest"]]
    gone = await doors.get(f"/mediations/{mediation_id}/papers/{first['digest']}")
    assert problem(gone) == "no-such-paper"
    # it was right after all: filled in as at first, it takes its place back
    third = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    assert third == first | {"version": second["version"] + 1}
    assert await listed(doors, mediation_id) == [first["digest"]]


async def test_a_paper_that_lacks_something_is_refused_and_takes_no_number(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/fill-in-paper"
    lacking = await doors.post(path, written("mediation-agreement", "number", "liabilities"))
    assert problem(lacking) == "paper-lacks"
    assert [each["field"] for each in lacking.json()["errors"]] == ["values.liabilities"]
    wrong = await doors.post(path, written("mediation-agreement", copies="three"))
    assert problem(wrong) == "paper-misfilled"
    assert [each["field"] for each in wrong.json()["errors"]] == ["values.copies"]
    undated = await doors.post(path, written("mediation-agreement", dated="the fifth"))
    assert undated.json()["errors"][0]["field"] == "values.dated"
    before = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    other = await in_session(doors, committee)
    after = await fill_in(doors, other, written("mediation-agreement", "number"))
    serials = [int(each["number"].partition("〕")[2][:-1]) for each in (before, after)]
    assert serials[1] == serials[0] + 1


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("terms", 1.5),
        ("terms", "字" * 50_001),
        ("parties", [{"name": 3}]),
        ("parties", [{"stranger": "x"}]),
        ("parties", [{"name": "x"}] * 501),
        ("mediator", [{"name": "x"}]),
        ("mediator", ["x"]),
        ("copies", 0),
        ("copies", 1),
        ("dated", "the fifth"),
        ("number", "x"),
        ("facts", ""),
        ("stranger", "x"),
    ],
)
async def test_what_is_wrong_is_named_once_by_its_path_in_the_request(
    doors: Doors, committee: Committee, element: str, value: Any
) -> None:
    mediation_id = await in_session(doors, committee)
    paper = written("mediation-agreement", "number", **{element: value})
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [f"values.{element}"]


async def test_the_whole_file_comes_in_one_call(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/file"
    empty = await doors.get(path)
    assert problem(empty) == "file-lacks"
    named = {each["field"] for each in empty.json()["errors"]}
    assert {"mediation-consent", "mediation-session-record", "mediation-agreement"} <= named
    for form in (
        "mediation-file-cover",
        "mediation-consent",
        "mediation-session-record",
        "mediation-session-record",
    ):
        await fill_in(doors, mediation_id, written(form))
    await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    await fill_in(
        doors, mediation_id, written("mediation-session-record", outcome="第二次调解达成协议。")
    )
    printed = await doors.get(path)
    assert len(PdfReader(io.BytesIO(printed.content)).pages) >= 6
    archive = zipfile.ZipFile(io.BytesIO((await doors.get(path, format="zip")).content))
    # the same record filled in twice is one paper, a corrected one is another
    assert len([name for name in archive.namelist() if name.endswith(".docx")]) == 6


async def test_papers_are_for_those_who_speak_with_the_parties(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    for path in ("papers", "file", f"papers/{'a' * 64}"):
        address = f"/mediations/{mediation_id}/{path}"
        for role in (Role.AUDITOR, Role.COUNTY_LEADER, Role.HANDLER):
            assert (await doors.get(address, role=role)).status_code == 403
        elsewhere = await doors.get(address, division=NEIGHBOUR)
        assert problem(elsewhere) == "mediation-not-found"
    answer = await doors.post(
        f"/mediations/{mediation_id}/fill-in-paper",
        written("mediation-agreement"),
        division=NEIGHBOUR,
    )
    assert problem(answer) == "mediation-not-found"


async def test_an_oral_agreement_has_its_own_paper(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    oral = await fill_in(doors, mediation_id, written("oral-agreement-registration", "number"))
    as_written = sign(committee, paper=oral["digest"], text=None, parts=None)
    answer = await doors.post(f"/mediations/{mediation_id}/sign", as_written[1])
    assert problem(answer) == "paper-not-kept"
    told = await doors.tell(mediation_id, (as_written[0], as_written[1] | {"form": "oral"}))
    assert told.json()["state"] == "agreed"


async def test_committees_of_one_name_count_together(doors: Doors) -> None:
    numbers = []
    for _ in range(2):
        mediation_id = await in_session(doors, await doors.set_up())
        kept = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
        numbers.append(kept["number"])
    assert len(set(numbers)) == 2


async def test_the_number_of_an_older_record_is_borne_by_no_other_paper(doors: Doors) -> None:
    committee = await doors.set_up(NEIGHBOUR)
    where: dict[str, Any] = {"division": NEIGHBOUR}
    first, second, third = [await doors.apply(committee) for _ in range(3)]
    for each in (first, second, third):
        await doors.tell(each, CONSENT, assign(committee), hold(committee), **where)
    old = sign(committee, number=f"青云镇人调〔{today().year}〕7号")
    await doors.tell(first, old, old, **where)
    answer = await doors.post(f"/mediations/{second}/sign", old[1], **where)
    assert (problem(answer), answer.status_code) == ("number-is-taken", 409)
    counted = await doors.tell(third, sign(committee), **where)
    assert counted.json()["number"] == f"青云镇人调〔{today().year}〕8号"


async def test_of_those_who_state_one_number_at_once_one_alone_has_it(doors: Doors) -> None:
    committees = [await doors.set_up() for _ in range(2)]
    disputes = [await in_session(doors, each) for each in committees for _ in range(2)]
    number = "青云镇人调〔2019〕7号"
    signing = [
        doors.post(
            f"/mediations/{mediation_id}/sign", sign(committees[place // 2], number=number)[1]
        )
        for place, mediation_id in enumerate(disputes)
    ]
    answers = await asyncio.gather(*signing)
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {problem(answer) for answer in answers if answer.is_error} == {"number-is-taken"}
    states = [await doors.state(mediation_id) for mediation_id in disputes]
    assert sorted(states) == ["agreed", "open", "open", "open"]


async def test_a_number_written_in_by_hand_is_borne_by_papers_of_one_dispute(doors: Doors) -> None:
    committee = await doors.set_up(NEIGHBOUR, post="post-numbers")
    one, other = [await doors.apply(committee) for _ in range(2)]
    number = f"青云镇人调〔{today().year}〕70号"

    async def ask(mediation_id: str, *left_out: str, **changes: Any) -> httpx.Response:
        body = written("mediation-termination", *left_out, **changes)
        path = f"/mediations/{mediation_id}/fill-in-paper"
        return await doors.post(path, body, division=NEIGHBOUR)

    assert (await ask(one, number=number)).json()["number"] == number
    again = await ask(one, number=number, ground="一方不愿意再谈。")
    assert again.json()["number"] == number
    taken = await ask(other, number=number)
    assert (problem(taken), taken.json()["field"]) == ("number-is-taken", "values.number")
    of_today = await ask(other, "number", "dated")
    assert of_today.json()["number"] == f"青云镇人调〔{today().year}〕71号"


async def test_a_paper_that_is_printed_in_january_counts_in_the_year_that_it_bears(
    doors: Doors, committee: Committee
) -> None:
    numbers = []
    for changes in ({"dated": f"{today().year - 1}-12-30"}, {}):
        mediation_id = await in_session(doors, committee)
        kept = await fill_in(doors, mediation_id, done_at_once("dated", **changes))
        numbers.append(kept["number"].partition("〕")[0])
    assert numbers == [f"青云镇人调〔{today().year - 1}", f"青云镇人调〔{today().year}"]


@pytest.mark.parametrize(
    "number", ["李长根", "13900000001", "411522196001011234", "<b>1", "1 号", "1\u202e", ""]
)
async def test_a_number_is_published_and_tells_of_nobody(
    doors: Doors, committee: Committee, number: str
) -> None:
    mediation_id = await in_session(doors, committee)
    stated = await doors.post(
        f"/mediations/{mediation_id}/sign", sign(committee, number=number)[1]
    )
    assert [each["field"] for each in stated.json()["errors"]] == ["number"]
    paper = written("mediation-agreement", number=number or "无")
    filled = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert [each["field"] for each in filled.json()["errors"]] == ["values.number"]


async def test_the_paper_that_was_signed_stays_in_the_file(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    signed = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    other = written("mediation-agreement", "number", terms="沟归李家。")
    await fill_in(doors, mediation_id, other)
    await doors.tell(mediation_id, sign(committee, paper=signed["digest"], text=None, parts=None))
    again = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", other)
    assert (problem(again), again.status_code) == ("agreement-is-signed", 409)
    [kept] = (await doors.get(f"/mediations/{mediation_id}/papers")).json()["items"]
    assert kept["digest"] == signed["digest"]
    printed = await doors.get(f"/mediations/{mediation_id}/papers/{signed['digest']}")
    assert printed.status_code == 200


async def test_beside_the_agreement_that_was_signed_no_other_one_stands(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    written_one = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    oral = await fill_in(doors, mediation_id, written("oral-agreement-registration", "number"))
    assert await listed(doors, mediation_id) == [written_one["digest"], oral["digest"]]
    verb, body = sign(committee, paper=oral["digest"], text=None, parts=None)
    await doors.tell(mediation_id, (verb, body | {"form": "oral"}))
    assert await listed(doors, mediation_id) == [oral["digest"]]
    gone = await doors.get(f"/mediations/{mediation_id}/papers/{written_one['digest']}")
    assert problem(gone) == "no-such-paper"


async def test_a_dispute_that_was_refused_has_a_file_without_consent_and_record(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    await doors.tell(mediation_id, REFUSE)
    for form in ("mediation-file-cover", "mediation-application"):
        await fill_in(doors, mediation_id, written(form))
    path = f"/mediations/{mediation_id}/file"
    unended = await doors.get(path)
    assert {each["field"] for each in unended.json()["errors"]} == {"mediation-termination"}
    await fill_in(doors, mediation_id, written("mediation-termination", "number"))
    assert (await doors.get(path)).status_code == 200


async def test_an_agreement_that_was_recorded_by_its_text_leaves_a_file_to_be_made(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    for form in ("mediation-file-cover", "mediation-consent", "mediation-session-record"):
        await fill_in(doors, mediation_id, written(form))
    path = f"/mediations/{mediation_id}/file"
    assert problem(await doors.get(path)) == "file-lacks"
    await doors.tell(mediation_id, sign(committee))
    assert (await doors.get(path)).status_code == 200


async def test_no_paper_bears_the_seal_of_another_committee(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/fill-in-paper"
    for seal in ("白石镇人民调解委员会", "青云镇人民政府", "", [{"name": "青云镇"}], 7):
        refused = await doors.post(path, done_at_once(seal=seal))
        assert (problem(refused), refused.json()["errors"][0]["field"]) == (
            "invalid-input",
            "values.seal",
        )
    own = await doors.post(path, done_at_once(seal="青云镇人民调解委员会"))
    assert own.status_code == 200, own.text
