"""A filing that states that it repeats an answered case opens the review of the first answer."""

from typing import Any

import pytest

from shared.divisions import division_of
from shared.identity import Role
from tests.intake.doors import ACCEPT, ANSWER, NEIGHBOUR, TOWNSHIP, Doors, a_filing, problem
from tests.intake.test_transferring import Topic, kinds, shown, topic

pytestmark = pytest.mark.parts

__all__ = ["topic"]
OPENED, CLOSED = "answer-review-opened", "answer-review-closed"
FOUND = {"finding": "incomplete"}
NONE_OPEN, OWN_UNIT = "no-answer-review-open", "justice-office"


async def answered(doors: Doors) -> str:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, ANSWER)
    return case_id


async def repeat(doors: Doors, of: str, division: str = TOWNSHIP, **more: Any) -> str:
    filing = a_filing(first_or_repeat="repeat", repeat_of=of, **more)
    path = f"/townships/{division}/cases"
    answer = await doors.post(path, filing, role=Role.CLERK, division=division)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def test_the_answer_is_looked_at_and_the_repeat_bears_no_mark(
    doors: Doors, topic: Topic
) -> None:
    first = await answered(doors)
    again = await repeat(doors, first)
    await topic.settle(times=2)
    history = (await shown(doors, first))["history"]
    opened = [each["data"] for each in history if each["event"] == OPENED]
    assert [(each["why"], each["repeated_by"]) for each in opened] == [("repeated", again)]
    assert await kinds(doors, again) == ["case-filed"]


async def test_a_repeat_in_another_township_opens_it_in_the_first_ones_ledger(
    doors: Doors, topic: Topic
) -> None:
    first = await answered(doors)
    again = await repeat(doors, first, NEIGHBOUR)
    assert division_of(again) == NEIGHBOUR
    await topic.settle()
    assert (await kinds(doors, first)).count(OPENED) == 1


async def test_the_first_answer_is_the_one_that_is_looked_at(doors: Doors, topic: Topic) -> None:
    first = await answered(doors)
    second = await repeat(doors, first)
    await doors.tell(second, ACCEPT, ANSWER)
    await topic.settle()
    close = await doors.post(
        f"/cases/{first}/close-answer-review", FOUND, role=Role.CLERK, ref="post-6"
    )
    assert close.status_code == 200, close.text
    await repeat(doors, second)
    await topic.settle()
    assert (await kinds(doors, first)).count(OPENED) == 2
    assert OPENED not in await kinds(doors, second)


async def test_a_correction_that_states_a_repeat_opens_it_too(doors: Doors, topic: Topic) -> None:
    first, later = await answered(doors), await doors.file()
    body = {"why": "found-otherwise", "first_or_repeat": "repeat", "repeat_of": first}
    answer = await doors.post(f"/cases/{later}/correct", body)
    assert answer.status_code == 200, answer.text
    await topic.settle()
    assert OPENED in await kinds(doors, first)


async def test_what_was_not_answered_or_is_an_accusation_opens_nothing(
    doors: Doors, topic: Topic
) -> None:
    open_case, first = await doors.file(), await answered(doors)
    await repeat(doors, open_case)
    accusing = a_filing(repeat_of=first, purpose="accusation", category="unclassified")
    path = f"/townships/{TOWNSHIP}/cases"
    linked = await doors.post(path, accusing, role=Role.CLERK)
    assert problem(linked) == "accusation-is-not-linked"
    await topic.settle()
    for case_id in (open_case, first):
        assert OPENED not in await kinds(doors, case_id)


async def test_another_post_closes_it_with_a_finding(doors: Doors, topic: Topic) -> None:
    first = await answered(doors)
    path = f"/cases/{first}/close-answer-review"
    assert problem(await doors.post(path, FOUND, ref="post-6")) == "no-answer-review-open"
    await repeat(doors, first)
    await topic.settle()
    own = await doors.post(path, FOUND, ref="post-1")
    assert problem(own) == "answer-reviewed-by-its-author"
    assert (await doors.post(path, FOUND, ref="post-6")).status_code == 200
    history = (await shown(doors, first))["history"]
    assert (history[-1]["event"], history[-1]["data"]["finding"]) == (CLOSED, "incomplete")
    assert (await shown(doors, first))["state"] == "answered"


async def told(doors: Doors, case_id: str, **who: Any) -> list[str]:
    """What somebody is shown of the reviews, by the case, its sentences and what may be done."""
    case = (await doors.get(f"/cases/{case_id}", **who)).json()
    sentences = (await doors.get(f"/cases/{case_id}/history", **who)).json()["sentences"]
    (closing,) = [each for each in case["actions"] if each["command"] == "close-answer-review"]
    events = [each["event"] for each in (*case["history"], *sentences)]
    is_open = ["open"] if closing["open"] or closing["why_not"]["slug"] != NONE_OPEN else []
    return [each for each in events if each in {OPENED, CLOSED}] + is_open


@pytest.mark.parametrize("division", [TOWNSHIP, NEIGHBOUR])
async def test_whoever_the_repeat_complains_of_is_not_told_of_the_review(
    doors: Doors, topic: Topic, division: str
) -> None:
    first = await answered(doors)
    await repeat(doors, first, division, complained_unit=OWN_UNIT, complained_division=TOWNSHIP)
    await topic.settle()
    own: dict[str, Any] = {"ref": "post-1", "claims": {"unit": OWN_UNIT}}
    office: dict[str, Any] = {"ref": "post-6", "role": Role.CLERK}
    assert await told(doors, first, **own) == []
    assert await told(doors, first, **office) == [OPENED, OPENED, "open"]
    path = f"/cases/{first}/close-answer-review"
    assert problem(await doors.post(path, FOUND, **own)) == NONE_OPEN
    assert (await doors.post(path, FOUND, **office)).status_code == 200
    assert await told(doors, first, **own) == []
    assert (await told(doors, first, **office))[:4] == [OPENED, CLOSED, OPENED, CLOSED]


async def test_nobody_is_told_of_a_repeat_that_was_recognised_as_an_accusation(
    doors: Doors, topic: Topic
) -> None:
    first = await answered(doors)
    again = await repeat(doors, first)
    await topic.settle()
    await doors.tell(again, ("route", {"lane": "discipline", "ground": "by-law"}))
    assert await told(doors, first, ref="post-6", role=Role.CLERK) == []
