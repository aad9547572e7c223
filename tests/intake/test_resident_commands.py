"""What a petitioner does by number and query code: contact, answers, reviews; over a real database."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, Doors, problem
from tests.intake.residents import Known, asked, limited, registered, seen

pytestmark = pytest.mark.parts

QUESTION = ("ask", {"code": "facts", "text": "被占的是哪一块地？"})
OWN_WORDS = "村东头水渠边的那一块。"


@pytest.fixture(autouse=True)
async def unhurried(doors: Doors) -> AsyncIterator[None]:
    with limited(doors, per_number="9999/hour", per_network="9999/hour"):
        yield


async def history(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown = (await doors.get(f"/cases/{case_id}")).json()
    items: list[dict[str, Any]] = shown["history"]
    return items


async def question_of(doors: Doors, known: Known) -> dict[str, Any]:
    (question,) = (await seen(doors, known))["questions"]
    found: dict[str, Any] = question
    return found


async def test_a_question_is_asked_shown_answered_and_read(doors: Doors) -> None:
    case_id, known = await registered(doors)
    before = (await doors.tell(case_id, ACCEPT, QUESTION)).json()
    question = await question_of(doors, known)
    assert (question["code"], question["zh"]) == ("facts", "事实经过")
    assert question["text"] == QUESTION[1]["text"]
    assert question["answered_on"] is None
    named = {"question_id": question["question_id"], "text": OWN_WORDS}
    answer = await asked(doors, known, "answer", **named)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"number": known["number"], "state": "accepted", "zh": "已受理"}
    assert (await question_of(doors, known))["answered_on"] is not None
    (read,) = (await doors.get(f"/cases/{case_id}/questions")).json()["items"]
    assert (read["text"], read["answer"]) == (QUESTION[1]["text"], OWN_WORDS)
    assert (await doors.get(f"/cases/{case_id}")).json()["due_at"] == before["due_at"]


async def test_the_events_have_code_and_digest_and_the_resident_as_actor(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, QUESTION)
    question = await question_of(doors, known)
    await asked(doors, known, "answer", question_id=question["question_id"], text=OWN_WORDS)
    *_, asking, answering = await doors.office.ledger.stream(COUNTY, case_id)
    assert (asking.kind, asking.actor_ref) == ("question-asked", "post-1")
    assert (answering.kind, answering.actor_ref) == ("question-answered", "resident")
    assert set(orjson.loads(asking.data)) == {"case_id", "matter_id", "code", "digest"}
    assert set(orjson.loads(answering.data)) == {"case_id", "matter_id", "question_id", "digest"}
    ledger = "".join(each.data for each in await doors.office.ledger.stream(COUNTY, case_id))
    assert OWN_WORDS not in ledger
    assert QUESTION[1]["text"] not in ledger


async def test_the_history_says_that_the_petitioner_did_it(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT, QUESTION)
    question = (await question_of(doors, known))["question_id"]
    await asked(doors, known, "answer", question_id=question, text=OWN_WORDS)
    await asked(doors, known, "contact", phone="13900000000")
    await doors.tell(case_id, ANSWER)
    assert (await asked(doors, known, "request-review", level="review")).status_code == 200
    answer = await doors.get(f"/cases/{case_id}/history")
    told = {each["event"]: each for each in answer.json()["sentences"]}
    assert "，信访人答复了询问。" in told["question-answered"]["zh"]
    assert "，信访人更正联系方式。" in told["filing-corrected"]["zh"]
    assert "，信访人申请复查，" in told["review-requested"]["zh"]
    assert ": the petitioner requested a review" in told["review-requested"]["en"]
    assert "resident" not in answer.text.replace("residents", "")


async def test_a_question_is_answered_once_and_a_repeat_has_its_answer(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, QUESTION)
    named = {"question_id": (await question_of(doors, known))["question_id"], "text": OWN_WORDS}
    key = {"Idempotency-Key": "1"}
    first = await asked(doors, known, "answer", headers=key, **named)
    again = await asked(doors, known, "answer", headers=key, **named)
    assert (first.status_code, first.json()) == (200, again.json())
    other = named | {"text": "说错了，是村西头。"}
    refused = await asked(doors, known, "answer", **other)
    assert (refused.status_code, problem(refused)) == (409, "question-answered-already")
    assert "您已经答复过" in refused.json()["zh"]
    assert "村西头" not in refused.text


async def test_two_residents_may_choose_the_same_key(doors: Doors) -> None:
    for _ in range(2):
        _, known = await registered(doors)
        answer = await asked(
            doors, known, "contact", headers={"Idempotency-Key": "1"}, phone="13700000000"
        )
        assert answer.status_code == 200, answer.text


async def test_what_was_not_asked_is_not_answered(doors: Doors) -> None:
    case_id, known = await registered(doors)
    named = {"question_id": case_id, "text": OWN_WORDS}
    refused = await asked(doors, known, "answer", **named)
    assert (refused.status_code, problem(refused)) == (404, "question-not-asked")


async def test_contact_is_corrected_in_the_vault_and_nowhere_kept_before(doors: Doors) -> None:
    case_id, known = await registered(doors, person={"name": "李四光", "phone": "13811110000"})
    answer = await asked(doors, known, "contact", phone="13922220000", address="河边村一号")
    assert answer.status_code == 200, answer.text
    last = (await history(doors, case_id))[-1]
    assert last["event"] == "filing-corrected"
    assert last["data"]["why"] == "stated-by-petitioner"
    texts = await words_of(doors, case_id)
    assert "13922220000" in texts
    assert "李四光" in texts
    assert "13811110000" not in texts


async def words_of(doors: Doors, case_id: str) -> str:
    record = await doors.office.cases.read(COUNTY, case_id)
    ref = record.state.required.person_ref
    assert ref is not None
    found = await doors.office.vault.contents(
        COUNTY, division=case_id[:9], refs=[ref], kinds=["filing"]
    )
    return "".join(orjson.dumps(each.content).decode() for each in found)


async def test_an_empty_correction_is_refused(doors: Doors) -> None:
    _, known = await registered(doors)
    assert (await asked(doors, known, "contact")).status_code == 422
    assert (await asked(doors, known, "contact", name="x", phone="1")).status_code == 422


async def test_a_review_is_requested_once_and_in_time(doors: Doors) -> None:
    case_id, known = await registered(doors)
    early = await asked(doors, known, "request-review", level="review")
    assert (early.status_code, problem(early)) == (409, "case-not-answered")
    assert early.json()["zh"] == "尚未向您送达处理意见，收到后才能评价或者申请复查。"
    await doors.tell(case_id, ACCEPT, ANSWER)
    answer = await asked(doors, known, "request-review", level="review")
    assert (answer.status_code, answer.json()["state"]) == (200, "answered")
    last = (await history(doors, case_id))[-1]
    assert (last["event"], last["data"]["way"]) == ("review-requested", "online")
    rights = {each["right"]: each for each in (await seen(doors, known))["rights"]}
    assert rights["review"]["open"] is False
    assert rights["review"]["zh"] == "您已申请复查。"
    skipped = await asked(doors, known, "request-review", level="re-review")
    assert problem(skipped) == "review-not-decided"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("contact", {"phone": "13700000000"}),
        ("answer", {"question_id": "$CASE", "text": "x"}),
        ("request-review", {"level": "review"}),
        ("receipt", {}),
        ("print", {}),
    ],
)
async def test_no_route_opens_without_the_right_code(
    doors: Doors, verb: str, body: dict[str, Any]
) -> None:
    case_id, known = await registered(doors)
    body = {name: case_id if value == "$CASE" else value for name, value in body.items()}
    before = await doors.office.ledger.stream(COUNTY, case_id)
    refused = await asked(doors, known | {"code": "00000-00000"}, verb, **body)
    assert (refused.status_code, problem(refused)) == (404, "number-or-code-wrong")
    token = doors.tokens.headers(Role.TOWNSHIP_LEADER, case_id[:9], "post-1")
    wrong = known | {"code": "00000-00000"}
    assert (await asked(doors, wrong, verb, headers=token, **body)).status_code == 404
    assert await doors.office.ledger.stream(COUNTY, case_id) == before


async def test_an_ended_case_takes_nothing_more(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, QUESTION)
    question = await question_of(doors, known)
    await doors.tell(case_id, ("divert", {"route": "litigation"}))
    refused = await asked(
        doors, known, "answer", question_id=question["question_id"], text=OWN_WORDS
    )
    assert (refused.status_code, problem(refused)) == (409, "case-was-diverted")


def right_to_rate(case: dict[str, Any]) -> dict[str, Any]:
    (found,) = [each for each in case["rights"] if each["right"] == "rate"]
    return dict(found)


async def test_a_petitioner_rates_each_subject_once_after_the_answer(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT)
    early = await asked(doors, known, "rate", responsible_unit="satisfied")
    assert problem(early) == "case-not-answered"
    assert right_to_rate(await seen(doors, known))["open"] is False
    await doors.tell(case_id, ANSWER)
    assert right_to_rate(await seen(doors, known))["open"] is True
    assert problem(await asked(doors, known, "rate")) == "invalid-input"
    for _ in range(2):
        answer = await asked(doors, known, "rate", responsible_unit="basically")
        assert answer.status_code == 200, answer.text
    otherwise = await asked(doors, known, "rate", responsible_unit="satisfied")
    assert problem(otherwise) == "case-rated-already"
    assert otherwise.json()["zh"].startswith("您已经评价过")
    assert "信访部门" in right_to_rate(await seen(doors, known))["zh"]
    await asked(doors, known, "rate", petition_office="dissatisfied")
    assert right_to_rate(await seen(doors, known))["open"] is False
    kinds = [each["event"] for each in await history(doors, case_id)]
    assert kinds[-3:] == ["case-rated", "case-rated", "answer-review-opened"]
    told = (await doors.get(f"/cases/{case_id}/history")).json()["sentences"]
    assert "评价责任单位：基本满意" in told[-3]["zh"]
    assert told[-1]["zh"].endswith("对原答复进行复核：信访人评价不满意。")


async def test_a_unit_that_is_not_rated_records_what_it_was_told(doors: Doors) -> None:
    case_id, _ = await registered(doors)
    await doors.tell(case_id, ACCEPT, ANSWER)
    path = f"/cases/{case_id}/record-rating"
    office: dict[str, Any] = {
        "role": Role.CLERK,
        "ref": "post-office",
        "claims": {"unit": "petition-office"},
    }
    own = await doors.post(path, {"petition_office": "satisfied"}, **office)
    assert problem(own) == "rated-by-itself"
    told = await doors.post(path, {"responsible_unit": "satisfied"}, **office)
    assert told.status_code == 200, told.text
    (rated,) = [each for each in await history(doors, case_id) if each["event"] == "case-rated"]
    assert (rated["data"]["rater"], rated["data"]["called_by"]) == ("call-back", "petition-office")
    again = await doors.post(path, {"responsible_unit": "dissatisfied"}, **office)
    assert problem(again) == "case-rated-already"
