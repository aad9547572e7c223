"""A matter that is passed on stays under its first number: its home names who holds it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.intake.live_check import TABLES
from shared.divisions import division_of
from shared.office.live_check import LiveCheck
from shared.times import china_day
from shared.vault import Vault
from tests.intake.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.residents import asked, limited, registered, seen
from tests.intake.test_transferring import Topic, across, done, shown

pytestmark = pytest.mark.parts


@pytest.fixture(autouse=True)
async def unhurried(doors: Doors) -> AsyncIterator[None]:
    with limited(doors, per_number="9999/hour", per_network="9999/hour"):
        yield


@pytest.fixture
async def topic(doors: Doors) -> Topic:
    topic = Topic(doors)
    await topic.skip()
    return topic


async def test_each_hop_and_the_holder_are_shown_under_the_first_number(
    doors: Doors, topic: Topic
) -> None:
    home, known = await registered(doors)
    await done(doors, home, "forward", across(NEIGHBOUR))
    on_its_way = await seen(doors, known)
    assert on_its_way["on_its_way"] is True
    assert "正在转往" in on_its_way["next"]["zh"]
    refused = await asked(doors, known, "contact", phone="13700000000")
    assert (refused.status_code, problem(refused)) == (409, "matter-is-elsewhere")
    await topic.settle()
    receiver = (await shown(doors, home))["holder"]["case_id"]
    await done(doors, receiver, "take", {})
    await done(doors, receiver, "accept", {"responsible_unit": "land-office"})
    await done(
        doors, receiver, "hand-over", {"to_unit": "water-bureau", "reason": "division-of-work"}
    )
    await topic.settle()
    there = await seen(doors, known)
    assert there["number"] == known["number"]
    assert (there["state"]["code"], there["on_its_way"]) == ("accepted", False)
    assert (there["held_by"]["division"], there["held_by"]["unit"]) == (
        NEIGHBOUR,
        "petition-office",
    )
    assert [(each["step"], each["place"]["division"]) for each in there["hops"]] == [
        ("registered", TOWNSHIP),
        ("transferred", NEIGHBOUR),
        ("taken", NEIGHBOUR),
        ("accepted", NEIGHBOUR),
        ("handed-over", NEIGHBOUR),
    ]
    assert there["hops"][-1]["place"]["unit"] == "water-bureau"
    assert there["next"]["until"] > str(china_day(datetime.now(UTC)))


async def test_what_the_petitioner_does_reaches_the_holder(doors: Doors, topic: Topic) -> None:
    home, known = await registered(doors)
    await done(doors, home, "forward", across(NEIGHBOUR))
    await topic.settle()
    receiver = (await shown(doors, home))["holder"]["case_id"]
    await done(doors, receiver, "accept", {"responsible_unit": "land-office"})
    await done(doors, receiver, "ask", {"code": "place", "text": "在哪一处？"})
    (question,) = (await seen(doors, known))["questions"]
    assert question["text"] == "在哪一处？"
    before = len(await doors.office.ledger.stream("519900", home))
    for verb, body in (
        ("answer", {"question_id": question["question_id"], "text": "村口。"}),
        ("contact", {"phone": "13700000000"}),
    ):
        answer = await asked(doors, known, verb, **body)
        assert (answer.status_code, answer.json()["number"]) == (200, known["number"])
    kinds = [each.kind for each in await doors.office.ledger.stream("519900", receiver)]
    assert kinds[-2:] == ["question-answered", "filing-corrected"]
    assert division_of(receiver) == NEIGHBOUR
    assert len(await doors.office.ledger.stream("519900", home)) == before


async def test_a_returned_matter_is_held_at_home_again(doors: Doors, topic: Topic) -> None:
    home, known = await registered(doors)
    await done(doors, home, "forward", across(NEIGHBOUR))
    await topic.settle()
    receiver = (await shown(doors, home))["holder"]["case_id"]
    await done(doors, receiver, "object", {"reason_code": "not-competent"})
    await topic.settle()
    await done(doors, home, "decide-objection", {"upheld": True})
    await topic.settle()
    back = await seen(doors, known)
    assert back["held_by"]["division"] == TOWNSHIP
    assert back["state"]["code"] == "filed"
    assert [each["step"] for each in back["hops"]] == [
        "registered",
        "transferred",
        "objected",
        "returned",
    ]


@pytest.fixture
async def alone(empty_doors: Doors) -> AsyncIterator[Doors]:
    """For the check of all that is there: other tests plant events of later releases."""
    with limited(empty_doors, per_number="9999/hour", per_network="9999/hour"):
        yield empty_doors


async def test_contact_and_answers_come_back_and_go_on_with_the_matter(alone: Doors) -> None:
    doors, topic = alone, Topic(alone)
    await topic.skip()
    person = {"name": "李四光", "phone": "13811110000"}
    home, known = await registered(doors, person=person, narrative="井水发黄。")
    await done(doors, home, "forward", across(NEIGHBOUR))
    await topic.settle()
    first = (await shown(doors, home))["holder"]["case_id"]
    await done(doors, first, "ask", {"code": "place", "text": "在哪一处？"})
    (question,) = (await seen(doors, known))["questions"]
    stated = {"question_id": question["question_id"], "text": "村口。"}
    assert (await asked(doors, known, "answer", **stated)).status_code == 200
    assert (await asked(doors, known, "contact", phone="13700000000")).status_code == 200
    await done(doors, first, "object", {"reason_code": "not-competent"})
    await topic.settle()
    await done(doors, home, "decide-objection", {"upheld": True})
    await topic.settle(times=2)
    assert (await words_of(doors, home)) == ("13700000000", "井水发黄。", "村口。")
    assert len((await seen(doors, known))["questions"]) == 1
    corrected = [
        each["data"]["why"]
        for each in (await shown(doors, home))["history"]
        if each["event"] == "filing-corrected"
    ]
    assert corrected == ["stated-by-petitioner"]
    await done(doors, home, "forward", across("519900199"))
    await topic.settle()
    second = (await shown(doors, home))["holder"]["case_id"]
    assert (await words_of(doors, second)) == ("13700000000", "井水发黄。", "村口。")
    # the second objection goes to the county by the home, with what was corrected meanwhile
    assert (await asked(doors, known, "contact", phone="13500000000")).status_code == 200
    await done(doors, second, "object", {"reason_code": "not-competent"})
    await topic.settle()
    above = (await shown(doors, home))["holder"]["case_id"]
    assert division_of(above) == COUNTY
    assert (await words_of(doors, above)) == ("13500000000", "井水发黄。", "村口。")
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert [each for each in await check.run() if home in str(each)] == []


async def words_of(doors: Doors, case_id: str) -> tuple[str, str, str]:
    """Telephone number, text and what was answered, as whoever holds the case reads them."""
    division = division_of(case_id)
    person = await doors.get(f"/cases/{case_id}/person", division=division)
    text = await doors.get(f"/cases/{case_id}/text", division=division)
    assert (person.status_code, text.status_code) == (200, 200), text.text
    (answered,) = text.json()["answers"]
    return person.json()["phone"], text.json()["narrative"], answered["answer"]
