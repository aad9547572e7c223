"""Who caused a matter and what it was answered: words in the vault, keyed marks in the ledger."""

from typing import Any

import pytest

from shared.identity import Role
from shared.vault.bodies import Organisation
from tests.intake.doors import ACCEPT, ANSWER, MARKS, TOWNSHIP, Doors, a_filing, problem
from tests.intake.test_correcting import correct, words
from tests.intake.test_import import REPLY, a_row, bring
from tests.opinions import an_opinion

pytestmark = pytest.mark.parts

TITLE, AS_WRITTEN_ELSEWHERE = "宏达（綦江）建筑有限责任公司", "宏达綦江建筑股份有限公司"
CODE = "91350100M000100Y43"
BY_NAME = MARKS.of_organisation(Organisation(title=TITLE))
BY_CODE = MARKS.of_organisation(Organisation(title=TITLE, registration_number=CODE))
PATH = f"/townships/{TOWNSHIP}/cases"
FILING = a_filing()
LONG = "经核实，该项目部拖欠的工资已经由施工总承包单位先行清偿完毕，并责成限期整改。"


async def history(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return [each["data"] | {"event": each["event"]} for each in shown]


async def test_the_event_has_the_mark_and_the_vault_the_words(doors: Doors) -> None:
    by_name = await doors.file(cause={"title": AS_WRITTEN_ELSEWHERE})
    by_code = await doors.file(cause={"title": TITLE, "registration_number": CODE})
    without = await doors.file()
    marks = [(await history(doors, each))[0].get("cause_ref") for each in (by_name, by_code)]
    assert marks == [BY_NAME, BY_CODE]
    assert "cause_ref" not in (await history(doors, without))[0]
    (kept,) = await words(doors, by_code)
    assert kept["cause"] == {"title": TITLE, "registration_number": CODE}
    assert "cause" not in (await words(doors, without))[0]
    for case_id in (by_name, by_code):
        assert "宏达" not in (await doors.get(f"/cases/{case_id}")).text
        assert CODE not in (await doors.get(f"/cases/{case_id}")).text


@pytest.mark.parametrize(
    ("cause", "field"),
    [
        ({"title": "欧阳小明"}, "cause.title"),
        ({"title": "宏达公司老板张三"}, "cause.title"),
        (
            {"title": TITLE, "registration_number": "510104199003071234"},
            "cause.registration_number",
        ),
        ({"title": TITLE, "registration_number": CODE[:-1] + "4"}, "cause.registration_number"),
        ({"registration_number": CODE}, "cause.title"),
        ({"title": TITLE, "person": "张三"}, "cause.person"),
        ({"title": TITLE, "cause_ref": "c" * 64}, "cause.cause_ref"),
        ("张三", "cause"),
    ],
)
async def test_a_person_is_never_a_cause(doors: Doors, cause: Any, field: str) -> None:
    answer = await doors.post(PATH, {**FILING, "cause": cause}, role=Role.CLERK)
    assert answer.status_code == 422, answer.text
    assert field in {each["field"] for each in answer.json()["errors"]}
    assert "张三" not in answer.text
    assert "欧阳" not in answer.text
    assert "510104199003071234" not in answer.text


async def test_no_mark_is_taken_from_outside(doors: Doors) -> None:
    assert (
        await doors.post(PATH, {**FILING, "cause_ref": "c" * 64}, role=Role.CLERK)
    ).status_code == 422


async def test_a_cause_is_corrected_with_its_words(doors: Doors) -> None:
    case_id = await doors.file(cause={"title": TITLE})
    await correct(doors, case_id, cause={"title": TITLE, "registration_number": CODE})
    corrected = (await history(doors, case_id))[-1]
    assert corrected["changed"] == ["cause-ref", "content"]
    assert corrected["cause_ref"] == BY_CODE
    await correct(doors, case_id, narrative="另有两人也没有拿到工资。")
    (kept,) = await words(doors, case_id)
    assert kept["cause"] == {"title": TITLE, "registration_number": CODE}
    await correct(doors, case_id, cause=None)
    emptied = (await history(doors, case_id))[-1]
    assert (emptied["changed"], "cause_ref" in emptied) == (["cause-ref", "content"], False)
    (kept,) = await words(doors, case_id)
    assert kept["cause"] is None


async def test_what_is_accused_stays_in_the_sealed_text(doors: Doors) -> None:
    accusing = {**FILING, "purpose": "accusation"}
    answer = await doors.post(PATH, {**accusing, "cause": {"title": TITLE}}, role=Role.CLERK)
    assert problem(answer) == "accused-unit-is-sealed"
    assert (await doors.post(PATH, accusing, role=Role.CLERK)).status_code == 201


async def test_the_same_answer_has_the_same_mark_with_other_claims_and_dates(
    doors: Doors,
) -> None:
    marks = []
    for day, claim in (("3月4日", "要工资"), ("5月16日", "要工钱")):
        opinion = an_opinion(f"{day}{LONG}")
        opinion["claims"] = [{**opinion["claims"][0], "claim": claim}]
        marks.append(await _answered(doors, opinion))
    assert marks[0] == marks[1]
    assert marks[0] is not None
    assert await _answered(doors, an_opinion(LONG.replace("限期", "立即"))) != marks[0]


async def _answered(doors: Doors, opinion: dict[str, Any]) -> str | None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, (ANSWER[0], ANSWER[1] | {"opinion": opinion}))
    (issued,) = [
        each for each in await history(doors, case_id) if each["event"] == "opinion-issued"
    ]
    mark: str | None = issued.get("text_mark")
    return mark


async def test_a_row_of_a_register_states_a_cause_and_its_answer_is_marked(doors: Doors) -> None:
    file = a_row()["file"] | {"cause": {"title": TITLE}}
    row = a_row(number="caused", file=file, facts=[REPLY | {"text": LONG}])
    told = await bring(doors, "causes", row)
    filed, replied = await history(doors, told["results"][0]["case_id"])
    assert filed["cause_ref"] == BY_NAME
    assert replied["text_mark"] == MARKS.of_text(LONG)
    assert (await bring(doors, "causes", row))["known"] == 1
    person = a_row(number="person", file=a_row()["file"] | {"cause": {"title": "张三"}})
    assert (await bring(doors, "causes", person))["rejected"] == 1
