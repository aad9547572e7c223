"""A case's history in sentences: one an event, by the titles of units, without a word of a person."""

import pytest

from tests.intake.doors import Doors, problem
from tests.intake.registry import registered_post, registered_unit
from tests.intake.test_holding import of
from tests.legal_acts import WITHDRAWAL

pytestmark = pytest.mark.parts


async def test_each_event_is_a_sentence_in_chinese_and_english(empty_doors: Doors) -> None:
    doors = empty_doors
    await registered_unit(doors, "justice", title="青云镇司法所")
    await registered_post(doors, "he", "justice")
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": "justice", "handler": "he"}))
    await doors.tell(case_id, WITHDRAWAL)
    answer = await doors.get(f"/cases/{case_id}/history")
    assert answer.status_code == 200
    sentences = answer.json()["sentences"]
    kinds = ["case-filed", "case-routed", "case-accepted", "withdrawal-stated"]
    assert [each["event"] for each in sentences] == kinds
    accepted = sentences[2]
    assert "由青云镇司法所的青云镇司法所 he承办" in accepted["zh"]
    assert "青云镇司法所 he" in accepted["en"]
    assert accepted["en"].startswith(accepted["occurred_at"][:4])
    assert "张三丰" not in answer.text
    assert "自愿" not in answer.text


async def test_it_is_shown_to_whom_the_case_is_shown(doors: Doors) -> None:
    case_id = await doors.file()
    answer = await doors.get(f"/cases/{case_id}/history", **of("water-station"))
    assert problem(answer) == "case-not-found"
    number = (await doors.get(f"/cases/{case_id}")).json()["number"]
    assert (await doors.get(f"/cases/{number}/history")).status_code == 200
