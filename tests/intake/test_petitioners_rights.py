"""The rights of a petitioner, each by the routes: what the Regulation gives [R17-R23, R28, R35, R36]."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.contracts.case_codes import Channel
from shared.identity import Role
from shared.times import china_day
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, TOWNSHIP, Doors, a_filing, problem
from tests.intake.residents import Known, asked, limited, registered, seen
from tests.office_doors import at

pytestmark = pytest.mark.parts

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
async def unhurried(doors: Doors) -> AsyncIterator[None]:
    with limited(doors, per_number="9999/hour", per_network="9999/hour"):
        yield


async def right(doors: Doors, known: Known, name: str) -> dict[str, Any]:
    shown = await seen(doors, known)
    return next(each for each in shown["rights"] if each["right"] == name)


async def test_1_the_procedure_is_told_at_every_step(doors: Doors) -> None:
    case_id, known = await registered(doors)
    told = [(await seen(doors, known))["next"]]
    for step in (ACCEPT, ANSWER):
        await doors.tell(case_id, step)
        told.append((await seen(doors, known))["next"])
    assert len({each["en"] for each in told}) == 3
    assert all(each["until"] and each["zh"] and each["en"] for each in told)


@pytest.mark.parametrize("channel", [*Channel])
async def test_2_every_channel_gives_a_number_a_code_and_the_same_view(
    doors: Doors, channel: Channel
) -> None:
    _, known = await registered(doors, channel=channel.value)
    shown = await seen(doors, known)
    assert (shown["state"]["code"], bool(shown["next"]["until"])) == ("filed", True)
    assert [each["right"] for each in shown["rights"] if each["open"]] == ["recusal", "withdraw"]


async def test_3_recusal_is_open_and_who_was_recused_acts_no_more(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT)
    recusal = await right(doors, known, "recusal")
    assert (recusal["open"], recusal["article"]) == (True, "R28")
    await doors.tell(case_id, ("recuse", {"post": "post-2", "reason": "relative"}))
    refused = await doors.post(f"/cases/{case_id}/answer", ANSWER[1], ref="post-2")
    assert problem(refused) == "recused-from-case"


async def test_4_progress_and_result_are_shown(doors: Doors) -> None:
    case_id, known = await registered(doors)
    states = []
    for step in (ACCEPT, ANSWER):
        states.append((await seen(doors, known))["state"]["code"])
        await doors.tell(case_id, step)
    shown = await seen(doors, known)
    assert [*states, shown["state"]["code"]] == ["filed", "accepted", "answered"]
    (result,) = shown["results"]
    assert (result["of"], result["result"]) == ("opinion", "supported")
    assert result["served_on"] == str(china_day(datetime.now(UTC)))
    assert "支持" in result["zh"]


async def test_5_no_answer_is_given_without_its_reasons(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT)
    opinion = {name: text for name, text in ANSWER[1]["opinion"].items() if name != "reasons"}
    refused = await doors.post(f"/cases/{case_id}/answer", ANSWER[1] | {"opinion": opinion})
    assert refused.status_code == 422
    assert (await seen(doors, known))["results"] == []


async def test_7_a_review_is_requested_here_within_its_time_and_once(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT, ANSWER)
    until = (await right(doors, known, "review"))["until"]
    late = datetime.fromisoformat(f"{until}T12:00:00+08:00") + timedelta(days=1)
    with at(doors, late), limited(doors, per_number="9/hour", per_network="9/hour"):
        refused = await asked(doors, known, "request-review", level="review")
        assert problem(refused) == "review-time-is-over"
        assert refused.json()["zh"] == "申请期限已过。"
        assert (await right(doors, known, "review"))["open"] is False
    assert (await asked(doors, known, "request-review", level="review")).status_code == 200


async def test_9_and_10_a_repeat_is_registered_like_any_other_and_leaves_no_mark(
    doors: Doors,
) -> None:
    first_id, first = await registered(doors, first_or_repeat="first")
    _, again = await registered(doors, repeat_of=first_id, first_or_repeat="repeat")
    shown, once = await seen(doors, again), await seen(doors, first)
    assert [each["open"] for each in shown["rights"]] == [each["open"] for each in once["rights"]]
    assert shown["next"] == once["next"]


@pytest.mark.parametrize(
    "changes",
    [
        {"anonymous": True, "person": None},
        {"joint": True, "headcount": 12},
        {"category": "other"},
        {"purpose": "suggestion"},
        {"purpose": "inquiry"},
    ],
)
async def test_11_whatever_is_filed_is_registered_and_can_be_looked_up(
    doors: Doors, changes: dict[str, Any]
) -> None:
    body = a_filing(**changes)
    filed = await doors.post(f"/townships/{TOWNSHIP}/cases", body, role=Role.CLERK)
    assert filed.status_code == 201, filed.text
    known = {"number": filed.json()["number"], "code": filed.json()["query_code"]}
    assert (await seen(doors, known))["state"]["code"] == "filed"


async def test_12_a_term_that_is_missed_is_told_to_the_petitioner(doors: Doors) -> None:
    long_ago = (NOW - timedelta(days=40)).isoformat()
    _, known = await registered(doors, occurred_at=long_ago)
    step = (await seen(doors, known))["next"]
    assert step["until"] < str(china_day(NOW))
    assert "已超过期限" in step["zh"]
    assert "the petition office" in step["en"]


async def test_13_an_accusation_tells_no_unit_and_no_term(doors: Doors) -> None:
    answer = await doors.post(
        f"/townships/{TOWNSHIP}/cases",
        a_filing(purpose="accusation", category="unclassified"),
        role=Role.CLERK,
    )
    assert answer.status_code == 201, answer.text
    known = {"number": answer.json()["number"], "code": answer.json()["query_code"]}
    shown = await seen(doors, known)
    assert shown["sealed"] is True
    assert (shown["held_by"], shown["hops"], shown["next"]) == (None, [], None)
    for verb, body in (("openings", {}), ("contact", {"phone": "1"})):
        refused = await asked(doors, known, verb, **body)
        assert (refused.status_code, problem(refused)) == (409, "case-is-with-discipline")
    assert TOWNSHIP not in (await asked(doors, known)).text
    assert COUNTY not in (await asked(doors, known)).text.replace(known["number"], "")
