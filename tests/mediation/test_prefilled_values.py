"""Nobody tells a paper what the office knows: parties, mediators, numbers and days."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.mediation.doors import (
    CONSENT,
    LI,
    WU,
    Committee,
    Doors,
    assign,
    hold,
    problem,
    sign,
)
from tests.mediation.filling import erase, fill_in, in_session, written

pytestmark = pytest.mark.parts
PEOPLE = ("parties", "parties_sign", "mediator")
IN_TOWN = LI | {"address": "青云村五组", "phone": "13900000002"}


async def _text(doors: Doors, mediation_id: str, paper: dict[str, Any]) -> str:
    told = await fill_in(doors, mediation_id, paper)
    printed = await doors.get(f"/mediations/{mediation_id}/papers/{told['digest']}")
    pages = PdfReader(BytesIO(printed.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


async def _both_at_home(doors: Doors, committee: Committee) -> str:
    mediation_id = await doors.apply(committee, respondents=[{"person": IN_TOWN}])
    await doors.tell(mediation_id, CONSENT, assign(committee), hold(committee))
    return mediation_id


async def test_an_agreement_names_its_parties_and_its_mediator(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _both_at_home(doors, committee)
    text = await _text(doors, mediation_id, written("mediation-agreement", "number", *PEOPLE))
    for said in (WU["name"], WU["address"], WU["phone"], IN_TOWN["name"], IN_TOWN["address"]):
        assert said in text
    assert "申请人吴桂兰（签名、盖章或按指印）" in text
    assert "被申请人李长根（签名、盖章或按指印）" in text
    assert "人民调解员何秀英（签名）" in text


async def test_what_is_not_known_is_asked_for_by_its_row(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    paper = written("mediation-agreement", "number", *PEOPLE)
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert problem(answer) == "paper-lacks"
    assert [each["field"] for each in answer.json()["errors"]] == ["values.parties.1.address"]


async def test_what_is_given_goes_before_what_is_known(doors: Doors, committee: Committee) -> None:
    mediation_id = await _both_at_home(doors, committee)
    given = written("mediation-agreement", "number", "parties_sign")
    text = await _text(doors, mediation_id, given)
    assert "吴桂兰" not in text
    assert "申请人王甲（签名、盖章或按指印）" in text
    blank = written("mediation-agreement", "number", mediator="")
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", blank)
    assert answer.status_code == 422


async def test_who_came_to_a_session_is_for_its_record_to_say(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _both_at_home(doors, committee)
    paper = written("mediation-session-record", *PEOPLE)
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert {each["field"] for each in answer.json()["errors"]} == {
        "values.parties_sign",
        "values.mediator",
    }


async def test_a_side_that_is_not_known_is_not_left_out_of_a_paper(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee, respondents=[])
    path = f"/mediations/{mediation_id}/fill-in-paper"
    notice = await doors.post(path, written("mediation-termination", "number", "parties"))
    assert [each["field"] for each in notice.json()["errors"]] == ["values.parties"]
    applied = written("mediation-application", "parties", "applicants")
    assert "吴桂兰" in await _text(doors, mediation_id, applied)


async def test_of_whom_one_was_erased_nobody_is_named(doors: Doors, committee: Committee) -> None:
    mediation_id = await _both_at_home(doors, committee)
    sides = (await doors.get(f"/mediations/{mediation_id}/sheet")).json()["sides"]
    erase(doors, sides[0]["people"][0]["party_id"])
    paper = written("mediation-agreement", "number", *PEOPLE)
    answer = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", paper)
    assert {each["field"] for each in answer.json()["errors"]} == {
        "values.parties",
        "values.parties_sign",
    }


async def test_a_court_is_asked_with_the_number_and_the_days_of_the_agreement(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _both_at_home(doors, committee)
    signed = await doors.tell(mediation_id, sign(committee, number="青云镇人调〔2018〕41号"))
    left_out = ("agreement", "effective", "request_by")
    text = await _text(doors, mediation_id, written("confirmation-request", *left_out))
    year, month, day = map(int, signed.json()["ask_a_court_by"].split("-"))
    assert "青云镇人调〔2018〕41号" in text
    assert f"申请期限届满日：{year}年{month}月{day}日" in text


async def test_a_cover_is_made_of_what_is_known(doors: Doors, committee: Committee) -> None:
    mediation_id = await _both_at_home(doors, committee)
    cover = {"form": "mediation-file-cover", "values": {"number": "2026-12", "filed_by": "何秀英"}}
    early = await doors.post(f"/mediations/{mediation_id}/fill-in-paper", cover)
    assert {each["field"] for each in early.json()["errors"]} == {"values.ended", "values.outcome"}
    await doors.tell(mediation_id, sign(committee))
    text = await _text(doors, mediation_id, cover)
    for said in ("吴桂兰与李长根房屋宅基地纠纷", "青云镇人民调解委员会", "达成书面协议"):
        assert said in text


async def test_a_dictation_is_cut_by_the_names_of_the_parties(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await _both_at_home(doors, committee)
    said = {"dictation": "今天来说沟的事吴桂兰要求归她李长根承认占了半米同意让出来"}
    told = await doors.tell(mediation_id, ("draft", said))
    draft = told.json()["draft"]
    texts = {part["id"]: part["text"] for part in draft["parts"]}
    assert (texts["issue"], texts["liabilities"]) == ("吴桂兰要求归她。", "李长根承认占了半米。")
    assert [party["name"] for party in draft["parties"]] == ["吴桂兰", "李长根"]
