"""A matter goes from township to township over the real tables: one holder, and copies that go along."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from services.intake.live_check import TABLES
from services.intake.store.case_number import CaseNumbers
from services.intake.stream.attachments import copying_attachments
from services.intake.stream.erasures import erasing_copies
from services.intake.stream.objections import settling_objections
from services.intake.stream.remits import lapsing_remits
from services.intake.stream.transfers import follow_intake
from shared.cloudevents import RecordedEvent
from shared.divisions import division_of, new_id
from shared.identity import Role
from shared.ledger import Ledger
from shared.office.live_check import LiveCheck
from shared.office.purging import delete_files
from shared.times import CHINA, china_day
from shared.vault import Vault
from tests.erased_texts import readable
from tests.intake.doors import ANSWER, COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, a_filing, problem
from tests.intake.registry import registered_unit
from tests.intake.test_attaching import attached
from tests.legal_acts import DIVERTED

pytestmark = pytest.mark.parts

THIRD = f"{COUNTY}199"
DESK = "petition-office"


def across(division: str, unit: str = DESK) -> dict[str, Any]:
    return {"to_unit": unit, "to_division": division}


async def act(doors: Doors, case_id: str, verb: str, body: dict[str, Any]) -> Any:
    division = division_of(case_id)
    return await doors.post(f"/cases/{case_id}/{verb}", body, division=division)


async def done(doors: Doors, case_id: str, verb: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await act(doors, case_id, verb, body)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def shown(doors: Doors, case_id: str) -> dict[str, Any]:
    answer = await doors.get(f"/cases/{case_id}", division=division_of(case_id))
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    return content


async def kinds(doors: Doors, case_id: str) -> list[str]:
    return [each["event"] for each in (await shown(doors, case_id))["history"]]


class Topic:
    """The events of the ledgers, given to the worker's policies as often as a test likes."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.read: dict[str, int] = {}
        self.following = follow_intake(doors.office.ledger, KEYS, county=COUNTY)

    async def skip(self) -> None:
        for ledger in await self.doors.office.ledger.ledgers(COUNTY, after="", limit=1000):
            self.read[ledger.division] = ledger.sequence

    async def apply(self, events: Sequence[RecordedEvent]) -> None:
        async with self.doors.pool.connection() as connection, connection.transaction():
            await connection.execute("select set_config('concord.scope', %s, true)", (COUNTY,))
            await self.following.apply(connection, events)

    async def settle(self, *, times: int = 1) -> None:
        """Until nothing follows any more; each event as often as `times` says."""
        ledger: Ledger = self.doors.office.ledger
        while True:
            news = []
            for each in await ledger.ledgers(COUNTY, after="", limit=1000):
                after = self.read.get(each.division, 0)
                news += await ledger.read(COUNTY, each.division, after=after, limit=1000)
                self.read[each.division] = each.sequence
            if not news:
                return
            for _ in range(times):
                await self.apply(news)


@pytest.fixture
async def topic(doors: Doors) -> Topic:
    topic = Topic(doors)
    await topic.skip()
    return topic


async def passed(doors: Doors, topic: Topic, case_id: str, to: str = NEIGHBOUR) -> str:
    """The case of the receiver."""
    await done(doors, case_id, "forward", across(to))
    await topic.settle()
    return str((await shown(doors, case_id))["holder"]["case_id"])


async def test_the_home_shows_where_the_matter_is_from_the_moment_of_forwarding(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file()
    assert (await shown(doors, home))["holder"]["division"] == TOWNSHIP
    report_due = "2035-01-01T10:00:00+08:00"
    await done(doors, home, "forward", across(NEIGHBOUR) | {"report_due": report_due})
    before = await shown(doors, home)
    assert (before["state"], before["holder"]["on_its_way"]) == ("transferred-out", True)
    assert before["report_due"] == "2035-01-01T02:00:00Z"
    receiver = before["holder"]["case_id"]
    assert (await doors.get(f"/cases/{receiver}", division=NEIGHBOUR)).status_code == 404
    await topic.settle()
    after = await shown(doors, home)
    assert after["holder"] == before["holder"] | {"on_its_way": False}
    assert [(each["division"], each["step"]) for each in after["hops"]] == [
        (NEIGHBOUR, "received")
    ]
    theirs = await shown(doors, receiver)
    assert theirs["matter_id"] == after["matter_id"]
    assert theirs["home_case_id"] == home
    assert theirs["number"] != after["number"]
    assert theirs["remit"]["came_from"] == home
    assert theirs["holder"]["case_id"] == receiver
    # the sender reads nothing of the other ledger's case
    assert (await doors.get(f"/cases/{receiver}", division=TOWNSHIP)).status_code == 404


async def test_what_is_read_again_and_again_is_done_once(doors: Doors, topic: Topic) -> None:
    home = await doors.file()
    await done(doors, home, "forward", across(NEIGHBOUR))
    await topic.settle(times=3)
    receiver = (await shown(doors, home))["holder"]["case_id"]
    await done(doors, receiver, "object", {"reason_code": "another-area"})
    await topic.settle(times=3)
    await done(doors, home, "decide-objection", {"upheld": True})
    await topic.settle(times=3)
    assert await kinds(doors, receiver) == ["case-filed", "remit-objected", "case-returned"]
    noted = [each for each in await kinds(doors, home) if each == "transfer-noted"]
    assert len(noted) == 3
    assert (await shown(doors, home))["state"] == "filed"


async def test_follow_ups_name_their_cause(doors: Doors, topic: Topic) -> None:
    home = await doors.file()
    receiver = await passed(doors, topic, home)
    mine, theirs = (await shown(doors, home))["history"], (await shown(doors, receiver))["history"]
    assert theirs[0]["causation_id"] == mine[1]["event_id"]
    assert mine[2]["causation_id"] == theirs[0]["event_id"]
    assert theirs[0]["actor_ref"] == "policy:intake"
    assert receiver.partition("-")[2] == mine[1]["event_id"].partition("-")[2]


async def test_a_forward_within_the_township_leads_to_nothing(doors: Doors, topic: Topic) -> None:
    home = await doors.file()
    await done(doors, home, "forward", {"to_unit": "water-bureau"})
    await done(doors, home, "forward", across(TOWNSHIP, "roads-bureau"))
    await topic.settle()
    assert await kinds(doors, home) == ["case-filed", "case-forwarded", "case-forwarded"]
    assert (await shown(doors, home))["holder"]["unit"] == "roads-bureau"


async def test_the_second_objection_goes_to_the_county_which_assigns(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file()
    first = await passed(doors, topic, home)
    await done(doors, first, "object", {"reason_code": "not-competent"})
    await topic.settle()
    await done(doors, home, "decide-objection", {"upheld": True})
    await topic.settle()
    second = await passed(doors, topic, home, THIRD)
    await done(doors, second, "object", {"reason_code": "not-competent"})
    await topic.settle()
    held = (await shown(doors, home))["holder"]
    assert (held["division"], held["on_its_way"]) == (COUNTY, False)
    above = held["case_id"]
    refused = await act(doors, above, "forward", across(THIRD))
    assert problem(refused) == "superior-assigns"
    body = across(NEIGHBOUR, "water-bureau") | {"report_due": "2035-01-01T10:00:00+08:00"}
    await done(doors, above, "assign", body)
    await topic.settle()
    last = (await shown(doors, home))["holder"]
    assert (last["division"], last["unit"]) == (NEIGHBOUR, "water-bureau")
    bound = await act(doors, last["case_id"], "object", {"reason_code": "not-competent"})
    assert problem(bound) == "remit-is-taken"
    onward = await act(doors, last["case_id"], "forward", across(THIRD))
    assert problem(onward) == "matter-is-assigned"
    await done(doors, last["case_id"], "accept", {"responsible_unit": "water-bureau"})
    answer = dict(ANSWER[1])
    await done(doors, last["case_id"], "answer", answer)
    await topic.settle()
    overseen = await shown(doors, above)
    assert overseen["report_due"] == "2035-01-01T02:00:00Z"
    assert overseen["hops"][0]["assigned"]
    for case_id in (home, above):
        steps = [each["step"] for each in (await shown(doors, case_id))["hops"]]
        assert steps[-1] == "answered"


async def test_what_another_holds_is_acted_on_there(doors: Doors, topic: Topic) -> None:
    home = await doors.file()
    await passed(doors, topic, home)
    refused = await act(doors, home, "accept", {"responsible_unit": "justice-office"})
    assert (refused.status_code, problem(refused)) == (409, "matter-is-elsewhere")
    for verb, body in (
        ("correct", {"why": "found-otherwise", "category": "labour"}),
        ("void", {"why": "registered-twice"}),
        ("forward", across(THIRD)),
        ("divert", {"route": "litigation"}),
    ):
        assert problem(await act(doors, home, verb, body)) == "matter-is-elsewhere", verb
    told = {"kind": "forwarded", "served": {"method": "in-person"}}
    await done(doors, home, "notices", told)


async def test_of_the_list_one_asks_for_those_that_are_out(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    out, here = await doors.file(), await doors.file()
    await done(doors, out, "forward", across(NEIGHBOUR))
    listed = (await doors.get("/cases", transferred_out="true")).json()["items"]
    assert [each["case_id"] for each in listed] == [out]
    opened = (await doors.get("/cases", open="true")).json()["items"]
    assert [each["case_id"] for each in opened] == [here]


async def test_a_forwarding_of_an_earlier_day_leaves_the_receiver_its_days(
    doors: Doors, topic: Topic
) -> None:
    today = china_day(datetime.now(UTC))
    day = today - timedelta(days=20)
    home = await doors.file(received_on=day.isoformat())
    stated = across(NEIGHBOUR) | {"happened_on": day.isoformat()}
    await done(doors, home, "forward", stated)
    await topic.settle()
    receiver = (await shown(doors, home))["holder"]["case_id"]
    theirs = await shown(doors, receiver)
    assert theirs["received_on"] >= today.isoformat()
    assert theirs["remit"]["object_until"] >= (today + timedelta(days=5)).isoformat()
    await done(doors, receiver, "object", {"reason_code": "not-competent"})


async def test_when_the_days_to_object_are_over_the_receiver_holds_it(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file()
    receiver = await passed(doors, topic, home)
    until = (await shown(doors, receiver))["remit"]["object_until"]
    last = datetime.combine(date.fromisoformat(until), datetime.max.time(), CHINA)
    now = [last]
    runner = lapsing_remits(doors.office.ledger, county=COUNTY, now=lambda: now[0])
    for at, taken in ((last, None), (last + timedelta(seconds=1), "lapsed")):
        now[0] = at
        await runner.work_off()
        assert (await shown(doors, receiver))["remit"]["taken"] == taken


async def test_an_objection_that_its_sender_does_not_decide_goes_to_the_county(
    doors: Doors, topic: Topic
) -> None:
    waiting, decided = await doors.file(), await doors.file()
    receivers = [await passed(doors, topic, each) for each in (waiting, decided)]
    for receiver in receivers:
        await done(doors, receiver, "object", {"reason_code": "not-competent"})
    await topic.settle()
    now = [doors.office.objection_decided_by() - timedelta(seconds=1)]
    runner = settling_objections(doors.office.ledger, county=COUNTY, now=lambda: now[0])
    await runner.work_off()
    await topic.settle()
    assert (await shown(doors, waiting))["holder"]["case_id"] == receivers[0]
    # decided in the sender's ledger, and not followed yet
    await done(doors, decided, "decide-objection", {"upheld": False})
    now[0] += timedelta(seconds=1)
    await runner.work_off()
    await topic.settle()
    assert (await shown(doors, waiting))["holder"]["division"] == COUNTY
    assert (await shown(doors, receivers[0]))["remit"]["returned"] == "undecided"
    assert (await shown(doors, decided))["holder"]["case_id"] == receivers[1]
    assert (await shown(doors, receivers[1]))["remit"]["taken"] == "objection-rejected"


async def test_a_division_of_another_county_is_refused(doors: Doors) -> None:
    home = await doors.file()
    refused = await act(doors, home, "forward", across("410100101"))
    assert (refused.status_code, problem(refused)) == (422, "division-in-another-county")


async def test_the_county_files_and_handles_cases_of_its_own(doors: Doors, topic: Topic) -> None:
    filed = await doors.file(COUNTY)
    assert division_of(filed) == COUNTY
    assert problem(await act(doors, filed, "assign", across(COUNTY))) == "assigned-to-itself"
    await done(doors, filed, "accept", {"responsible_unit": "county-water-bureau"})
    await done(doors, filed, "answer", dict(ANSWER[1]))
    township = await doors.file()
    assert problem(await act(doors, township, "assign", across(NEIGHBOUR))) == (
        "only-a-superior-assigns"
    )
    assert (await shown(doors, filed))["state"] == "answered"


NAME, SENTENCE = "司马春山", "渠里的水三年没有来过"


async def erased(doors: Doors, person_ref: str) -> Any:
    return await doors.post(
        f"/persons/{person_ref}/erase",
        {"reason_code": "keeping-term-over"},
        role=Role.TOWNSHIP_LEADER,
        division=division_of(person_ref),
    )


async def person_of(doors: Doors, case_id: str) -> str | None:
    history = (await shown(doors, case_id))["history"]
    ref: str | None = history[0]["data"].get("person_ref")
    return ref


def readable_words(doors: Doors) -> list[str]:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        texts = list(readable(superuser, doors.office.vault, KEYS))
    return [text for text in texts if NAME in text or SENTENCE in text]


async def three_copies(doors: Doors, topic: Topic) -> list[str]:
    """Through two townships; ended at the second."""
    home = await doors.file(person={"name": NAME}, narrative=SENTENCE)
    first = await passed(doors, topic, home)
    await done(doors, first, "take", {})
    await done(doors, first, "forward", across(THIRD))
    await topic.settle()
    second = (await shown(doors, home))["holder"]["case_id"]
    return [home, first, second]


async def test_each_receiver_has_a_copy_and_all_go_together(empty_doors: Doors) -> None:
    doors, topic = empty_doors, Topic(empty_doors)
    cases = await three_copies(doors, topic)
    refs = [await person_of(doors, each) for each in cases]
    assert len(set(refs)) == 3
    assert [division_of(each or "") for each in refs] == [TOWNSHIP, NEIGHBOUR, THIRD]
    assert len(readable_words(doors)) == 3
    refused = await erased(doors, refs[0] or "")
    assert problem(refused) == "person-has-an-open-case"
    assert "case_id" not in refused.json()
    await done(doors, cases[2], "take", {})
    await done(doors, cases[2], *DIVERTED)
    await topic.settle()
    assert (await erased(doors, refs[1] or "")).json()["files"] == 1
    runner = erasing_copies(doors.office.ledger, county=COUNTY)
    await runner.work_off()
    assert delete_files(doors.database.owner_dsn, COUNTY) == (3, [])
    assert readable_words(doors) == []
    for ref in refs:
        assert problem(await erased(doors, ref or "")) == "person-erased"
    # the last holder opens its case again, and passes the matter on: without the person
    await doors.post(f"/cases/{cases[2]}/reopen", {"reason": "new-facts"}, division=THIRD)
    await done(doors, cases[2], "forward", across(COUNTY))
    await topic.settle()
    last = (await shown(doors, cases[0]))["holder"]["case_id"]
    assert await person_of(doors, last) is None


async def test_boards_and_vault_agree_with_the_ledgers(empty_doors: Doors) -> None:
    doors, topic = empty_doors, Topic(empty_doors)
    cases = await three_copies(doors, topic)
    await done(doors, cases[2], "take", {})
    assert problem(await act(doors, cases[2], "forward", across(NEIGHBOUR))) == "division-had-it"
    await done(doors, cases[2], "forward", across(COUNTY))
    await topic.settle()
    above = (await shown(doors, cases[0]))["holder"]["case_id"]
    await done(doors, above, "assign", across(TOWNSHIP))
    await topic.settle()
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert await check.run() == []
    shown_at_home = await shown(doors, cases[0])
    assert shown_at_home["holder"]["case_id"] == cases[0]


async def test_a_division_that_had_it_is_looked_up_where_the_case_does_not_know_it(
    empty_doors: Doors,
) -> None:
    doors, topic = empty_doors, Topic(empty_doors)
    cases = await three_copies(doors, topic)
    await done(doors, cases[2], "take", {})
    await done(doors, cases[2], "forward", across("519900104"))
    await topic.settle()
    last = (await shown(doors, cases[0]))["holder"]["case_id"]
    await done(doors, last, "take", {})
    assert problem(await act(doors, last, "forward", across(NEIGHBOUR))) == "division-had-it"


async def test_files_go_along_under_the_receiver_s_own_key(empty_doors: Doors) -> None:
    doors, topic = empty_doors, Topic(empty_doors)
    home = await doors.file(person={"name": NAME}, narrative=SENTENCE)
    digest = await attached(doors, home)
    own = await doors.get(f"/cases/{home}/attachments/{digest}")
    first = await passed(doors, topic, home)
    await done(doors, first, "take", {})
    await done(doors, first, "forward", across(THIRD))
    await topic.settle()
    second = (await shown(doors, home))["holder"]["case_id"]
    runner = copying_attachments(doors.office.ledger, KEYS, county=COUNTY)
    for _ in range(2):
        await runner.work_off()
    (added,) = [
        each
        for each in (await shown(doors, second))["history"]
        if each["event"] == "attachment-added"
    ]
    assert added["data"]["digest"] != digest
    assert added["data"]["of"] == "evidence"
    path = f"/cases/{second}/attachments/{added['data']['digest']}"
    theirs = await doors.get(path, division=THIRD)
    assert theirs.status_code == own.status_code == 200
    assert theirs.content == own.content
    # whose matter another township has is shown no file of it any more
    later = await doors.get(f"/cases/{home}/attachments/{digest}")
    assert problem(later) == "shown-to-the-holder"
    # the first receiver had passed the matter on before its copy came
    assert "attachment-added" not in await kinds(doors, first)
    await done(doors, second, "take", {})
    await done(doors, second, *DIVERTED)
    await topic.settle()
    assert (await erased(doors, await person_of(doors, home) or "")).status_code == 200
    await erasing_copies(doors.office.ledger, county=COUNTY).work_off()
    delete_files(doors.database.owner_dsn, COUNTY)
    assert (await doors.get(path, division=THIRD)).status_code != 200


async def test_on_its_way_its_petitioner_is_not_erased(doors: Doors, topic: Topic) -> None:
    home = await doors.file()
    ref = await person_of(doors, home)
    await done(doors, home, "forward", across(NEIGHBOUR))
    assert problem(await erased(doors, ref or "")) == "person-has-an-open-case"


async def close_file(doors: Doors, person_ref: str) -> None:
    """As an erasure of another process does it."""
    with psycopg.connect(doors.database.superuser_dsn, autocommit=True) as superuser:
        superuser.execute(
            "insert into vault_erased (division_code, person_ref) values (%s, %s)",
            (division_of(person_ref), person_ref),
        )


async def test_a_copy_that_is_read_before_an_erasure_and_kept_after_it_is_not_kept(
    doors: Doors, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await doors.file(person={"name": NAME}, narrative=SENTENCE)
    ref = await person_of(doors, home) or ""
    take = CaseNumbers.take

    async def erased_meanwhile(numbers: CaseNumbers, *given: Any) -> list[str]:
        monkeypatch.setattr(CaseNumbers, "take", take)
        await close_file(doors, ref)
        return await take(numbers, *given)

    await done(doors, home, "forward", across(NEIGHBOUR))
    monkeypatch.setattr(CaseNumbers, "take", erased_meanwhile)
    await topic.settle()
    receiver = (await shown(doors, home))["holder"]["case_id"]
    assert await kinds(doors, receiver) == ["case-filed"]
    assert await person_of(doors, receiver) is None


async def test_the_erasure_of_copies_waits_for_one_that_is_being_made(
    empty_doors: Doors,
) -> None:
    doors, topic = empty_doors, Topic(empty_doors)
    cases = await three_copies(doors, topic)
    await done(doors, cases[2], "take", {})
    await done(doors, cases[2], *DIVERTED)
    await topic.settle()
    ref = await person_of(doors, cases[0]) or ""
    assert (await erased(doors, ref)).status_code == 200
    runner = erasing_copies(doors.office.ledger, county=COUNTY)
    with psycopg.connect(doors.database.superuser_dsn) as copying:
        copying.execute("select pg_advisory_xact_lock(hashtextextended(%s, 15))", (cases[0],))
        working = asyncio.create_task(runner.work_off())
        await asyncio.sleep(0.3)
        assert not working.done()
        assert len(readable_words(doors)) == 3
        copying.rollback()
        await working
    delete_files(doors.database.owner_dsn, COUNTY)
    assert readable_words(doors) == []


async def test_no_unit_of_a_complaint_s_code_is_given_it_in_any_division(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file(complained_unit="water-station")
    above = await passed(doors, topic, home, COUNTY)
    back = await act(doors, above, "assign", across(TOWNSHIP, "water-station"))
    assert problem(back) == "goes-one-level-up"
    other = await act(doors, above, "assign", across(NEIGHBOUR, "water-station"))
    assert problem(other) == "goes-one-level-up"
    await done(doors, above, "assign", across(NEIGHBOUR, "petition-office"))
    await topic.settle()
    holder = (await shown(doors, home))["holder"]
    assert (holder["division"], holder["unit"]) == (NEIGHBOUR, "petition-office")
    within = await act(doors, holder["case_id"], "forward", {"to_unit": "water-station"})
    assert problem(within) == "goes-one-level-up"
    named = (await shown(doors, holder["case_id"]))["complained_unit"]
    assert named == {"code": "water-station", "division": None}
    for unit, is_there in (("water-station", False), ("petition-office", True)):
        claims = {"unit": unit, "post": "he"}
        of: dict[str, Any] = {"ref": "a-subject", "claims": claims, "division": NEIGHBOUR}
        read = await doors.get(f"/cases/{holder['case_id']}", role=Role.CLERK, **of)
        assert (read.status_code == 200) is is_there
        listed = await doors.get("/cases", role=Role.CLERK, limit=200, **of)
        ids = {each["case_id"] for each in listed.json()["items"]}
        assert (holder["case_id"] in ids) is is_there


async def test_a_complaint_about_a_unit_of_another_township_is_not_forwarded_to_it(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file(complained_unit="water-station")
    refused = await act(doors, home, "forward", across(NEIGHBOUR, "water-station"))
    assert problem(refused) == "goes-one-level-up"


async def is_hidden(doors: Doors, case_id: str, unit: str, division: str) -> bool:
    """Whether the list of the division has the case for nobody of that unit."""
    of: dict[str, Any] = {
        "role": Role.CLERK,
        "ref": "a-subject",
        "claims": {"unit": unit, "post": "he"},
        "division": division,
    }
    items: list[dict[str, Any]] = []
    query: dict[str, Any] | None = {}
    while query is not None:
        page = (await doors.get("/cases", limit=200, **query, **of)).json()
        items += page["items"]
        query = {"cursor": page["next"]} if page["next"] else None
    hidden = case_id not in {each["case_id"] for each in items}
    if hidden:
        assert (await doors.get(f"/cases/{case_id}", **of)).status_code == 404
    return hidden


async def test_a_complaint_may_state_the_township_of_the_unit(doors: Doors, topic: Topic) -> None:
    of_neighbour = {"complained_unit": "water-station", "complained_division": NEIGHBOUR}
    home = await doors.file(**of_neighbour)
    refused = await act(doors, home, "forward", across(NEIGHBOUR, "water-station"))
    assert problem(refused) == "goes-one-level-up"
    # the unit of that code in another township is another unit
    await done(doors, home, "forward", {"to_unit": "water-station"})
    assert not await is_hidden(doors, home, "water-station", TOWNSHIP)
    other = await doors.file(**of_neighbour)
    third = await passed(doors, topic, other, THIRD)
    await done(doors, third, "forward", {"to_unit": "water-station"})
    there = await passed(doors, topic, await doors.file(**of_neighbour))
    assert (await shown(doors, there))["remit"]["taken"] is None
    assert await is_hidden(doors, there, "water-station", NEIGHBOUR)
    assert problem(await act(doors, there, "forward", {"to_unit": "water-station"})) == (
        "goes-one-level-up"
    )


@pytest.mark.parametrize(
    "stated",
    [
        {"complained_division": NEIGHBOUR},
        {"complained_unit": "water-station", "complained_division": "410100101"},
    ],
)
async def test_a_complained_division_is_that_of_a_unit_of_the_county(
    doors: Doors, stated: dict[str, str]
) -> None:
    answer = await doors.post(f"/townships/{TOWNSHIP}/cases", a_filing(**stated), role=Role.CLERK)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "complained_division"


async def test_whom_a_receiver_finds_complained_of_is_known_at_home_again(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file()
    receiver = await passed(doors, topic, home)
    found = {"complained_unit": "labour-office", "complained_division": TOWNSHIP}
    await done(doors, receiver, "correct", {"why": "found-otherwise"} | found)
    await done(doors, receiver, "object", {"reason_code": "another-area"})
    await topic.settle()
    await done(doors, home, "decide-objection", {"upheld": True})
    await topic.settle(times=2)
    at_home = await shown(doors, home)
    assert at_home["holder"]["case_id"] == home
    assert at_home["complained_unit"] == {"code": "labour-office", "division": TOWNSHIP}
    assert await is_hidden(doors, home, "labour-office", TOWNSHIP)
    refused = await act(doors, home, "accept", {"responsible_unit": "labour-office"})
    assert problem(refused) == "goes-one-level-up"


async def test_what_the_county_assigns_back_is_not_declined_as_somebody_else_s(
    doors: Doors, topic: Topic
) -> None:
    home = await doors.file()
    above = await passed(doors, topic, home, COUNTY)
    await done(doors, above, "assign", across(TOWNSHIP))
    await topic.settle()
    ground = {"ground": "not-competent", "competent_unit": "water-bureau"}
    assert problem(await act(doors, home, "decline", ground)) == "matter-is-assigned"


async def test_a_unit_of_another_division_is_looked_up_there(doors: Doors) -> None:
    unit = f"pump-{new_id(NEIGHBOUR)[-12:]}"
    unit_id = await registered_unit(doors, unit, NEIGHBOUR)
    home = await doors.file()
    await done(doors, home, "forward", across(NEIGHBOUR, unit))
    ended = {"on": "2025-02-01", "why": "abolished", "leaves_open": True}
    answer = await doors.post(f"/units/{unit_id}/end", ended, role=Role.CLERK, division=NEIGHBOUR)
    assert answer.status_code == 200, answer.text
    other = await doors.file()
    refused = await act(doors, other, "forward", across(NEIGHBOUR, unit))
    assert problem(refused) == "unit-has-ended"
