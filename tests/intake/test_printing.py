"""Papers printed on the way to the vault: numbers, digests, files, and what is refused."""

import asyncio
from hashlib import sha256
from typing import Any

import pytest

from shared.identity import Role
from shared.papers import Rendered
from shared.papers.rendered import DOCX, PDF
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, NEIGHBOUR, Doors, problem
from tests.midnight import today
from tests.opinions import OPINION
from tests.shared.papers.reading import opened, pdf_text

pytestmark = pytest.mark.parts

VALUES = {"contact": "青云镇综治中心，电话0000-5550123", "seal": "青云镇人民政府"}
RECEIPT = ("notices", {"kind": "receipt", "values": VALUES, "mark": "青云镇信"})
ISSUE = (
    "issue-opinion",
    {"result": "supported", "opinion": OPINION, "values": VALUES, "mark": "青云镇信"},
)


async def issued(doors: Doors, *steps: tuple[str, dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """A case after these steps, and the answer to the last of them."""
    case_id = await doors.file()
    answer = await doors.tell(case_id, *steps)
    return case_id, answer.json()


def as_file(content: bytes, media_type: str) -> Rendered:
    return Rendered("paper", media_type, content)


async def test_a_printed_notice_has_its_number_and_digest_in_its_event(doors: Doors) -> None:
    case_id, answer = await issued(doors, RECEIPT)
    shown = (await doors.get(f"/cases/{case_id}")).json()
    event = shown["history"][-1]["data"]
    assert event["document_number"] == answer["document_number"]
    assert event["paper_digest"] == answer["paper_digest"]
    assert answer["document_number"].startswith(f"青云镇信〔{today().year}〕")
    [document] = shown["documents"]
    assert document["paper_digest"] == event["paper_digest"]
    assert answer["unprinted"] == []


async def test_the_paper_is_read_back_byte_for_byte_and_as_a_word_file(doors: Doors) -> None:
    _, answer = await issued(doors, ACCEPT, ISSUE)
    path = f"/cases/{answer['number']}/papers/{answer['paper_digest']}"
    first, again = [(await doors.get(path)).content for _ in range(2)]
    assert sha256(first).digest() == sha256(again).digest()
    text = pdf_text(as_file(first, PDF))
    for words in ("张三丰：", "请求恢复被占的耕地。", "30日内", answer["document_number"]):
        assert words in text
    word = await doors.get(path, format="docx")
    assert word.headers["cache-control"] == "no-store"
    written = "".join(line.text for line in opened(as_file(word.content, DOCX)).paragraphs)
    assert "查明的事实" in written


async def test_an_answer_on_the_spot_is_printed_too(doors: Doors) -> None:
    printing = ANSWER[1] | {"values": VALUES, "mark": "青云镇信"}
    case_id, answer = await issued(doors, ACCEPT, ("answer", printing))
    assert answer["state"] == "answered"
    paper = await doors.get(f"/cases/{case_id}/papers/{answer['paper_digest']}")
    assert paper.status_code == 200


async def test_a_document_without_a_paper_has_no_number(doors: Doors) -> None:
    _, answer = await issued(doors, ("notices", {"kind": "receipt"}))
    assert answer["document_number"] is answer["paper_digest"] is None


async def test_numbers_of_a_unit_and_year_are_each_given_once(doors: Doors) -> None:
    cases = [await doors.file() for _ in range(6)]
    mark = {"mark": "石桥镇信"}
    answers = await asyncio.gather(
        *(doors.post(f"/cases/{case}/notices", RECEIPT[1] | mark) for case in cases)
    )
    numbers = {answer.json()["document_number"] for answer in answers}
    assert numbers == {f"石桥镇信〔{today().year}〕{serial}号" for serial in range(1, 7)}


async def test_another_unit_and_another_year_count_from_one(doors: Doors) -> None:
    marks = ({"mark": "柳湾镇信"}, {"mark": "河口镇信"})
    _, counted = await issued(doors, *(("notices", RECEIPT[1] | mark) for mark in marks))
    assert counted["document_number"] == f"河口镇信〔{today().year}〕1号"
    case_id = await doors.file(occurred_at="2025-03-04T10:00:00+08:00")
    body = RECEIPT[1] | {"mark": "柳湾镇信", "happened_on": "2025-03-06"}
    answer = await doors.post(f"/cases/{case_id}/notices", body, role=Role.BACKFILL)
    assert answer.json()["document_number"] == "柳湾镇信〔2025〕1号"


async def test_a_paper_that_is_printed_anew_keeps_its_number(doors: Doors) -> None:
    case_id, first = await issued(doors, ACCEPT, ISSUE)
    other = ISSUE[1] | {"values": VALUES | {"matter": "恢复耕地"}}
    second = (await doors.tell(case_id, ("issue-opinion", other))).json()
    assert second["document_number"] == first["document_number"]
    assert second["paper_digest"] != first["paper_digest"]


async def test_the_same_paper_again_changes_nothing(doors: Doors) -> None:
    case_id, first = await issued(doors, RECEIPT)
    again = (await doors.tell(case_id, RECEIPT)).json()
    assert again == first


async def test_the_unit_on_the_seal_numbers_where_no_mark_is_given(doors: Doors) -> None:
    _, answer = await issued(doors, ("notices", {"kind": "receipt", "values": VALUES}))
    assert answer["document_number"].startswith(f"青云镇人民政府信〔{today().year}〕")


REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"values": {"seal": "青云镇人民政府"}}, "paper-lacks", ["values.contact"]),
    ({"values": {}}, "paper-lacks", ["values.contact", "values.seal"]),
    ({"values": VALUES | {"petitioner": "\u200b"}}, "paper-lacks", ["values.petitioner"]),
    ({"values": VALUES | {"colour": "红"}}, "paper-misfilled", ["values.colour"]),
    ({"values": VALUES | {"received": 3}}, "paper-misfilled", ["values.received"]),
    ({"values": VALUES | {"number": "青云镇信〔2026〕1号"}}, "invalid-input", ["values.number"]),
    ({"values": VALUES, "mark": "13912345678"}, "invalid-input", ["mark"]),
    ({"values": VALUES | {"seal": "青云镇 1"}}, "invalid-input", ["mark"]),
    ({"mark": "青云镇信"}, "invalid-input", ["mark"]),
]


@pytest.mark.parametrize(("body", "slug", "fields"), REFUSED)
async def test_what_a_paper_lacks_is_named_and_nothing_is_recorded(
    doors: Doors, body: dict[str, Any], slug: str, fields: list[str]
) -> None:
    case_id = await doors.file()
    answer = await doors.post(f"/cases/{case_id}/notices", {"kind": "receipt"} | body)
    assert (problem(answer), answer.status_code) == (slug, 422)
    assert [error["field"] for error in answer.json()["errors"]] == fields
    assert (await doors.get(f"/cases/{case_id}")).json()["version"] == 1


async def test_what_a_paper_consists_of_can_be_asked_for(doors: Doors) -> None:
    forms = (await doors.get("/paper-forms")).json()["items"]
    assert [form["id"] for form in forms] == [
        "handling-opinion",
        "notice-of-receipt",
        "notice-of-refusal",
        "notice-of-no-further-acceptance",
    ]
    assert all(form["numbered"] for form in forms)
    receipt = {element["id"]: element for element in forms[1]["elements"]}
    assert receipt["procedure"]["source"] == "信访工作条例 23"
    assert all(element["required"] for element in receipt.values())


async def test_a_character_that_no_face_has_is_reported(doors: Doors) -> None:
    case_id = await doors.file(person={"name": "张\U0002fa1d\U0010ffff"})
    body = RECEIPT[1] | {"values": VALUES}
    first, again = [
        await doors.post(f"/cases/{case_id}/notices", body, Idempotency_Key="rare")
        for _ in range(2)
    ]
    assert first.status_code == 200, first.text
    assert first.json()["unprinted"]
    assert again.json() == first.json()


async def test_an_anonymous_petitioner_has_no_paper(doors: Doors) -> None:
    case_id = await doors.file(person=None, anonymous=True)
    answer = await doors.post(f"/cases/{case_id}/notices", RECEIPT[1])
    assert [error["field"] for error in answer.json()["errors"]] == ["values.petitioner"]


async def test_the_parts_of_an_opinion_are_not_written_twice(doors: Doors) -> None:
    case_id, _ = await issued(doors, ACCEPT)
    body = ISSUE[1] | {"values": VALUES | {"facts": "另一事实"}}
    answer = await doors.post(f"/cases/{case_id}/issue-opinion", body)
    assert [error["field"] for error in answer.json()["errors"]] == ["values.facts"]


async def test_a_notice_without_a_form_is_made_out_elsewhere(doors: Doors) -> None:
    case_id, _ = await issued(doors, ACCEPT)
    answer = await doors.post(f"/cases/{case_id}/notices", {"kind": "accepted", "values": VALUES})
    assert (problem(answer), answer.status_code) == ("no-form-of-document", 422)
    await doors.tell(case_id, ("notices", {"kind": "accepted"}))


async def test_a_paper_is_found_in_its_own_case_and_township_alone(doors: Doors) -> None:
    case_id, answer = await issued(doors, RECEIPT)
    digest = answer["paper_digest"]
    other = await doors.file()
    assert problem(await doors.get(f"/cases/{other}/papers/{digest}")) == "no-such-paper"
    theirs = await doors.get(f"/cases/{case_id}/papers/{digest}", division=NEIGHBOUR)
    assert problem(theirs) == "case-not-found"
    leader = await doors.get(
        f"/cases/{case_id}/papers/{digest}", role=Role.COUNTY_LEADER, division=COUNTY
    )
    assert problem(leader) == "role-not-allowed"


async def test_a_declined_case_has_its_notice_printed(doors: Doors) -> None:
    decline = ("decline", {"ground": "not-competent", "competent_unit": "land-bureau"})
    case_id, _ = await issued(doors, decline)
    lacking = {"kind": "declined", "values": VALUES}
    answer = await doors.post(f"/cases/{case_id}/notices", lacking)
    assert [error["field"] for error in answer.json()["errors"]] == ["values.destination"]
    whole = lacking | {"values": VALUES | {"destination": "请向示范县自然资源局提出。"}}
    answer = await doors.post(f"/cases/{case_id}/notices", whole)
    paper = await doors.get(f"/cases/{case_id}/papers/{answer.json()['paper_digest']}")
    text = pdf_text(as_file(paper.content, PDF))
    for words in ("不予受理告知书", "第二十三条第一款", "示范县自然资源局", "上一级机关"):
        assert words in text
