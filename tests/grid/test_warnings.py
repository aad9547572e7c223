"""Warnings by their API: who raises, sees, disposes and expires which, and of whom nothing is said."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from services.grid.live_check import TABLES
from services.grid.store.warning_repeats import Repeats, count
from services.grid.stream.warning_expiry import expiry_runners
from shared.contracts.early_warning_codes import WarningLevel
from shared.due import write
from shared.office.live_check import LiveCheck
from shared.postgres import transaction
from shared.vault import Vault
from tests.grid.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.warnings_told import (
    AUDITOR,
    BACKFILL,
    CLERK,
    COUNTY_LEADER,
    ENTRY,
    LATE,
    LEADER,
    OTHER_CLERK,
    RAISE,
    WATCH,
    WORDS,
    a_matter,
    an_event_of,
    by_a_rule,
    handler,
    head_of,
    listed,
    told,
    worker,
)
from tests.office_doors import at

pytestmark = pytest.mark.parts
MORNING = datetime.fromisoformat("2025-03-04T09:00:00+08:00")
NOBODY = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"


async def one(doors: Doors, warning_id: str, **how: Any) -> Body:
    answer = await doors.get(f"/warnings/{warning_id}", **how)
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def act(doors: Doors, warning_id: str, verb: str, body: Body, **how: Any) -> Body:
    return await doors.done(f"/warnings/{warning_id}/{verb}", body, **({**CLERK, **how}))


async def refused(doors: Doors, warning_id: str, verb: str, body: Body, **how: Any) -> str:
    answer = await doors.post(f"/warnings/{warning_id}/{verb}", body, **({**CLERK, **how}))
    return problem(answer)


def field_of(answer: httpx.Response) -> str:
    told: Body = answer.json()
    return str(told.get("field") or told["errors"][0]["field"])


async def work_off(doors: Doors, now: datetime) -> None:
    for runner in expiry_runners(doors.office.ledger, county=COUNTY, now=lambda: now):
        await runner.work_off()


async def test_a_worker_warns_of_a_matter_in_their_village_and_no_word_is_in_the_ledger(
    doors: Doors,
) -> None:
    matter = await a_matter(doors, "post-warn-1")
    warning = await told(doors, matter, **worker("post-warn-1"))
    assert (warning["rule"], warning["source"], warning["episode"]) == (
        "told-by-worker",
        "grid",
        1,
    )
    assert (warning["subject"], warning["matter_id"]) == (matter, matter)
    assert warning["category"] == "labour"
    shown = await one(doors, warning["warning_id"], **worker("post-warn-1"))
    assert [each["event"] for each in shown["history"]] == ["warning-raised"]
    assert WORDS not in str(shown)
    words = f"/warnings/{warning['warning_id']}/words"
    for who in (worker("post-warn-1"), CLERK, LEADER):
        assert (await doors.get(words, **who)).json()["words"] == [WORDS]
    assert warning["warning_id"] in await listed(doors, village_code=warning["village_code"])


async def test_a_worker_of_another_village_warns_of_nothing_there_and_sees_nothing(
    doors: Doors,
) -> None:
    matter = await a_matter(doors, "post-warn-2")
    await a_matter(doors, "post-warn-3")
    warning = (await told(doors, matter, **worker("post-warn-2")))["warning_id"]
    body = {"subject_kind": "matter", "level": "red", "matter_id": matter, "words": WORDS}
    other = worker("post-warn-3")
    assert problem(await doors.post(RAISE, body, **other)) == "no-such-matter"
    assert problem(await doors.get(f"/warnings/{warning}", **other)) == "warning-not-found"
    assert warning not in await listed(doors, **other)
    unknown = await doors.post(RAISE, body | {"matter_id": NOBODY}, **CLERK)
    assert problem(unknown) == "no-such-matter"


async def test_told_again_while_it_is_open_it_is_one_warning_that_is_counted(doors: Doors) -> None:
    matter = await a_matter(doors)
    first = await told(doors, matter)
    again = await told(doors, matter, **LEADER)
    assert again == first
    (line,) = (await doors.get("/warnings", matter_id=matter)).json()["items"]
    assert line["counted"] == 2
    await act(doors, first["warning_id"], "dispose", {"how": "settled"})
    anew = await told(doors, matter)
    assert (anew["episode"], anew["state"]) == (2, "raised")
    assert anew["warning_id"] != first["warning_id"]


async def test_a_worker_who_reports_again_reads_their_own_words_alone(doors: Doors) -> None:
    matter = await a_matter(doors, "post-words-1")
    other = "派出所已经介入。"
    warning = (await told(doors, matter, body={"words": other}))["warning_id"]
    words, me = f"/warnings/{warning}/words", worker("post-words-1")
    assert problem(await doors.get(words, **me)) == "words-not-for-this-post"
    await told(doors, matter, **me)
    await act(doors, warning, "dispose", {"how": "settled", "words": "已谈话。"})
    shown = (await doors.get(words, **me)).json()
    assert (shown["words"], shown["remarks"]) == ([WORDS], [])
    shown = (await doors.get(words, **CLERK)).json()
    assert (set(shown["words"]), shown["remarks"]) == ({WORDS, other}, ["已谈话。"])


@pytest.mark.parametrize(("kind", "first"), [("matter", "blue"), ("safety", "orange")])
async def test_what_is_reported_again_as_red_is_red_at_once(
    doors: Doors, kind: str, first: str
) -> None:
    matter = await a_matter(doors)
    before = await told(doors, matter, kind, body={"level": first})
    assert before["warning_id"] not in await listed(doors, for_leader=True, **LEADER)
    after = await told(doors, matter, kind, ref="post-again")
    assert (after["warning_id"], after["level"]) == (before["warning_id"], "red")
    assert after["dispose_by"] < before["dispose_by"]
    assert after["warning_id"] in await listed(doors, for_leader=True, **LEADER)
    history = (await one(doors, after["warning_id"], **LEADER))["history"]
    assert [each["event"] for each in history] == ["warning-raised", "warning-level-changed"]
    assert history[-1]["data"]["why"] == "worse"
    again = await told(doors, matter, kind, body={"level": first})
    assert (again["level"], again["version"]) == ("red", after["version"])
    (line,) = (await doors.get("/warnings", warning_id=after["warning_id"], **LEADER)).json()[
        "items"
    ]
    assert (line["level"], line["counted"]) == ("red", 3)


async def test_a_safety_warning_says_the_matter_alone_and_is_shown_to_few(doors: Doors) -> None:
    matter = await a_matter(doors, "post-safe-1")
    await doors.assign(
        (await doors.get("/reports", matter_id=matter)).json()["items"][0]["grid_code"],
        await doors.worker(post="post-safe-2"),
    )
    cause = await an_event_of(doors, matter)
    body = {"because": [cause]}
    warning = await told(doors, matter, "safety", body=body, **worker("post-safe-1"))
    warning_id = warning["warning_id"]
    (event,) = (await one(doors, warning_id, **LEADER))["history"]
    said = {name for name, value in event["data"].items() if value not in (None, [])}
    assert said == {
        *("warning_id", "matter_id", "level", "subject_kind", "subject", "rule", "rule_version"),
        *("reason", "reason_en", "source", "dispose_by", "episode", "words_digest"),
    }
    assert event["data"]["because"] == []
    for who in (worker("post-safe-1"), LEADER, COUNTY_LEADER):
        assert warning_id in await listed(doors, matter_id=matter, **who)
        shown = (await doors.get(f"/warnings/{warning_id}/words", **who)).json()
        assert (shown["words"], shown["because"]) == ([WORDS], [cause])
    others = (
        CLERK,
        worker("post-safe-2"),
        handler(LATE),
        handler("grid-centre"),
        AUDITOR,
        BACKFILL,
    )
    for who in others:
        assert warning_id not in await listed(doors, matter_id=matter, **who)
        assert problem(await doors.get(f"/warnings/{warning_id}", **who)) == "warning-not-found"
    assert await refused(doors, warning_id, "dispose", {"how": "settled"}) == "warning-not-found"
    # told by another worker it is theirs, and nobody learns of the first
    other = await told(doors, matter, "safety", **worker("post-safe-2"))
    assert other["warning_id"] != warning_id
    assert other["episode"] == 1
    assert await listed(doors, matter_id=matter, **worker("post-safe-2")) == [other["warning_id"]]


async def test_a_safety_warning_of_the_desk_is_its_units(doors: Doors) -> None:
    matter = await a_matter(doors)
    warning = (await told(doors, matter, "safety"))["warning_id"]
    colleague = {"ref": "post-3", **CLERK}
    assert warning in await listed(doors, **colleague)
    assert warning not in await listed(doors, **OTHER_CLERK)
    again = await told(doors, matter, "safety", **colleague)
    assert again["warning_id"] == warning
    words = (await doors.get(f"/warnings/{warning}/words", **LEADER)).json()
    assert words["words"] == [WORDS]


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        ({"subject_kind": "agency-clock"}, "warning-is-a-rules"),
        ({"subject_kind": "safety", "level": "blue"}, "level-not-in-policy"),
        ({"rule": "term"}, "backfill-only"),
        ({"episode": 2}, "backfill-only"),
        ({"occurred_at": "2025-01-01T00:00:00Z"}, "backfill-only"),
        ({"words": None}, "invalid-input"),
        ({"matter_id": None}, "invalid-input"),
        ({"person_ref": NOBODY}, "invalid-input"),
        ({"subject_kind": "household"}, "invalid-input"),
    ],
)
async def test_what_a_post_does_not_state(doors: Doors, body: Body, told_of: str) -> None:
    good = {"subject_kind": "matter", "level": "red", "words": WORDS}
    matter = await a_matter(doors)
    answer = await doors.post(RAISE, {**good, "matter_id": matter, **body}, **CLERK)
    assert problem(answer) == told_of, answer.text


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("words", "A post says in words what it warns of; they go to the vault"),
        ("matter_id", "A post names the matter of which it warns"),
    ],
)
async def test_a_post_is_told_what_is_missing(doors: Doors, field: str, message: str) -> None:
    good = {"subject_kind": "matter", "level": "red", "words": WORDS}
    body = {**good, "matter_id": await a_matter(doors), field: None}
    answer = await doors.post(RAISE, body, **CLERK)
    assert answer.json()["errors"] == [{"field": field, "message": message}]


async def test_the_unit_complained_of_sees_nothing_of_a_warning_about_the_matter(
    doors: Doors,
) -> None:
    head = await head_of(doors)
    matter = await a_matter(doors, about_unit=LATE)
    warning = await by_a_rule(doors, matter_id=matter)
    for who in (handler(LATE), {**CLERK, "claims": {"unit": LATE}}):
        assert warning not in await listed(doors, **who)
        assert problem(await doors.get(f"/warnings/{warning}", **who)) == "warning-not-found"
        body = {"how": "settled"}
        assert await refused(doors, warning, "dispose", body, **who) == "warning-not-found"
    body = {"subject_kind": "matter", "level": "red", "matter_id": matter, "words": WORDS}
    answer = await doors.post(RAISE, body, **{**CLERK, "claims": {"unit": LATE}})
    assert problem(answer) == "no-such-matter"
    assert warning in await listed(doors, **CLERK)
    pages = f"/ledgers/{TOWNSHIP}/events"
    of_it: Body = {**AUDITOR, "division": TOWNSHIP, "claims": {"unit": LATE}}
    assert warning not in (await doors.get(pages, limit=1000, after=head, **of_it)).text
    assert warning in (await doors.get(pages, limit=1000, after=head, **AUDITOR)).text


async def test_a_report_about_a_worker_keeps_its_warning_from_workers(doors: Doors) -> None:
    matter = await a_matter(doors, "post-warn-8", about_a_worker=True)
    warning = await told(doors, matter)
    assert warning["warning_id"] not in await listed(doors, **worker("post-warn-8"))


async def test_a_units_handlers_act_on_what_is_about_it(doors: Doors) -> None:
    orange = await by_a_rule(doors, level=WarningLevel.ORANGE)
    assert orange in await listed(doors, unit=LATE, **handler(LATE))
    assert orange not in await listed(doors, **handler("water-office"))
    assert (
        await refused(doors, orange, "acknowledge", {}, **handler("water-office"))
        == "warning-not-found"
    )
    seen = await act(doors, orange, "acknowledge", {}, **handler(LATE))
    assert (seen["state"], seen["acknowledged_by"]) == ("acknowledged", [LATE])
    done = {"how": "step-taken", "words": "已办理。"}
    ended = await act(doors, orange, "dispose", done, **handler(LATE))
    assert (ended["state"], ended["disposed_how"]) == ("disposed", "step-taken")
    assert await act(doors, orange, "dispose", done, **handler(LATE)) == ended
    words = (await doors.get(f"/warnings/{orange}/words", **handler(LATE))).json()
    assert (words["words"], words["remarks"]) == ([], ["已办理。"])


async def test_a_red_one_is_the_leaders_at_once_and_not_the_late_units_to_end(
    doors: Doors,
) -> None:
    red = await by_a_rule(doors)
    for who in (LEADER, COUNTY_LEADER):
        assert red in await listed(doors, for_leader=True, **who)
    late = handler(LATE)
    for verb, body in (
        ("dispose", {"how": "settled"}),
        ("find-false", {"reason": "no-matter"}),
        ("change-level", {"to_level": "blue", "why": "better"}),
    ):
        assert await refused(doors, red, verb, body, **late) == "leaders-warning"
    lower = {"to_level": "yellow", "why": "better"}
    yellow = await act(doors, red, "change-level", lower, **LEADER)
    assert yellow["level"] == "yellow"
    assert red not in await listed(doors, for_leader=True, **LEADER)
    worse = {"to_level": "red", "why": "worse"}
    assert (await act(doors, red, "change-level", worse, **late))["level"] == "red"
    rule = {"to_level": "yellow", "why": "rule"}
    assert await refused(doors, red, "change-level", rule, **LEADER) == "invalid-input"
    false = {"reason": "wrong-record", "words": "登记有误。"}
    assert (await act(doors, red, "find-false", false, **LEADER))["state"] == "false"


async def test_who_only_reads_acts_on_nothing(doors: Doors) -> None:
    matter = await a_matter(doors, "post-warn-9")
    warning = (await told(doors, matter, **worker("post-warn-9")))["warning_id"]
    for who in (worker("post-warn-9"), AUDITOR, COUNTY_LEADER):
        assert warning in await listed(doors, matter_id=matter, **who)
        body = {"how": "settled"}
        assert await refused(doors, warning, "dispose", body, **who) == "role-not-allowed"
    nobody = {**CLERK, "claims": {"unit": None, "post": None}}
    assert await refused(doors, warning, "acknowledge", {}, **nobody) == "post-missing"
    other = {**CLERK, "division": NEIGHBOUR}
    assert await refused(doors, warning, "acknowledge", {}, **other) == "warning-not-found"


async def test_a_backfill_names_rule_and_version_and_is_marked(doors: Doors) -> None:
    matter = await a_matter(doors)
    body = {
        "subject_kind": "service-failure",
        "level": "orange",
        "matter_id": matter,
        "source": "monitoring",
        "rule": "raised-after-answer",
        "rule_version": 1,
        "because": [await an_event_of(doors, matter)],
        "unit": LATE,
        "occurred_at": "2024-05-01T08:00:00+08:00",
    }
    raised = await doors.done(RAISE, body, 201, **BACKFILL)
    assert (raised["recorded_afterwards"], raised["source"]) == (True, "monitoring")
    assert raised["dispose_by"] == "2024-05-04T00:00:00.000000Z"
    assert (await doors.done(RAISE, body, 201, **BACKFILL))["version"] == 1
    otherwise = await doors.post(RAISE, body | {"level": "red"}, **BACKFILL)
    assert (problem(otherwise), otherwise.json()["field"]) == ("warning-raised-otherwise", "level")
    done = {"how": "answered-anew", "by_unit": LATE, "occurred_at": "2024-05-01T20:00:00+08:00"}
    assert (await act(doors, raised["warning_id"], "dispose", done, **BACKFILL))["version"] == 2
    for wrong, field in (
        ({"rule": None}, "rule"),
        ({"source": "grid"}, "source"),
        ({"because": []}, "because"),
    ):
        answer = await doors.post(RAISE, {**body, "episode": 2, **wrong}, **BACKFILL)
        assert (answer.status_code, field_of(answer)) == (422, field)
    missing = await doors.post(
        f"/warnings/{raised['warning_id']}/find-false", {"reason": "no-matter"}, **BACKFILL
    )
    assert field_of(missing) == "by_unit"


async def test_a_backfill_ends_and_lowers_nothing_that_was_recorded_as_it_happened(
    doors: Doors,
) -> None:
    red = await by_a_rule(doors)
    for verb, body in (
        ("dispose", {"how": "settled"}),
        ("find-false", {"reason": "no-matter"}),
        ("change-level", {"to_level": "blue", "why": "better"}),
        ("acknowledge", {}),
    ):
        stated = {**body, "by_unit": "other-office", "occurred_at": doors.office.now().isoformat()}
        assert await refused(doors, red, verb, stated, **BACKFILL) == "acts-on-older-records"
    assert (await one(doors, red))["version"] == 1


async def test_no_person_is_warned_of_also_not_by_a_backfill(doors: Doors) -> None:
    matter = await a_matter(doors)
    (report,) = (await doors.get("/reports", matter_id=matter)).json()["items"]
    shown = (await doors.get(f"/reports/{report['report_id']}")).json()
    (person,) = shown["history"][0]["data"]["persons"]
    body = {
        "subject_kind": "matter",
        "level": "red",
        "source": "grid",
        "rule": "told-by-worker",
        "rule_version": 1,
    }
    for named in ({"matter_id": person}, {"subject": person}):
        answer = await doors.post(RAISE, body | named, **BACKFILL)
        assert problem(answer) == "no-such-matter"
    answer = await doors.post(WATCH, ENTRY | {"matter_id": person}, **BACKFILL)
    assert problem(answer) == "no-such-matter"


async def test_what_nobody_disposes_expires_and_what_has_another_level_later(
    empty_doors: Doors,
) -> None:
    doors, life = empty_doors, empty_doors.office.warning_life
    with at(doors, MORNING):
        matter = await a_matter(doors)
        left, lowered = [await by_a_rule(doors, now=MORNING) for _ in range(2)]
        safety = (await told(doors, matter, "safety"))["warning_id"]
        lower = {"to_level": "blue", "why": "better"}
        await act(doors, lowered, "change-level", lower, **LEADER)
    over = MORNING + life.dispose_within[WarningLevel.RED] + life.expires_after[WarningLevel.RED]
    await work_off(doors, MORNING + timedelta(hours=71))
    assert (await one(doors, safety, **LEADER))["state"] == "raised"
    for _ in range(2):
        await work_off(doors, over)
    states = [(await one(doors, each, **LEADER))["state"] for each in (left, safety, lowered)]
    assert states == ["expired", "expired", "raised"]
    history = (await one(doors, left, **LEADER))["history"]
    assert datetime.fromisoformat(history[-1]["occurred_at"]) == over
    await work_off(doors, over + timedelta(days=30))
    assert (await one(doors, lowered, **LEADER))["state"] == "expired"


async def test_open_ones_come_by_urgency_and_then_by_their_time(empty_doors: Doors) -> None:
    doors, levels = empty_doors, WarningLevel
    blue = await by_a_rule(doors, level=levels.BLUE)
    late = await by_a_rule(doors, dispose_by=MORNING + timedelta(hours=2))
    soon = await by_a_rule(doors, dispose_by=MORNING)
    ended = await by_a_rule(doors)
    await act(doors, ended, "dispose", {"how": "settled"}, **LEADER)
    page: Body = (await doors.get("/warnings", order="urgent", open=True, limit=2)).json()
    rest: Body = (await doors.get("/warnings", order="urgent", cursor=page["next"])).json()
    ids = [each["warning_id"] for each in [*page["items"], *rest["items"]]]
    assert ids == [soon, late, blue]


async def test_repeats_are_counted_once_in_any_order(doors: Doors) -> None:
    warning = await by_a_rule(doors)
    for number in (3, 2, 3):
        repeats = [Repeats(warning_id=warning, counted=number, because=[NOBODY])]
        async with transaction(doors.pool, TOWNSHIP) as connection:
            await write(connection, count(TOWNSHIP, repeats))
    (line,) = (await doors.get("/warnings", warning_id=warning)).json()["items"]
    assert line["counted"] == 3


async def test_words_of_a_warning_go_with_the_person_of_whom_its_matter_tells(
    doors: Doors,
) -> None:
    matter = await a_matter(doors)
    warning = (await told(doors, matter))["warning_id"]
    (report,) = (await doors.get("/reports", matter_id=matter)).json()["items"]
    path = f"/reports/{report['report_id']}"
    shown = (await doors.get(path)).json()
    (person,) = shown["history"][0]["data"]["persons"]
    await doors.done(f"{path}/reject", {"reason": "unclear"})
    erased = await doors.done(f"/named-persons/{person}/erase", {"reason_code": "at-request"})
    assert erased["files"] == 3
    assert problem(await doors.get(f"/warnings/{warning}/words", **CLERK)) == "person-erased"
    assert (await act(doors, warning, "dispose", {"how": "settled"}, **LEADER))["version"] == 2


async def test_what_is_shown_follows_from_the_ledgers(empty_doors: Doors) -> None:
    doors = empty_doors
    matter = await a_matter(doors)
    safety, warning = await told(doors, matter, "safety"), await told(doors, matter)
    await told(doors, matter)
    await act(doors, warning["warning_id"], "acknowledge", {})
    watch = {
        "owner_unit": "mediation-centre",
        "plan": "每周走访。",
        "review_by": "2199-01-01",
        "expires_on": "2199-06-30",
    }
    body = {"how": "watched", "words": "继续关注。", "watch": watch}
    await act(doors, warning["warning_id"], "dispose", body)
    await act(doors, safety["warning_id"], "find-false", {"reason": "no-matter", "words": "无。"})
    await by_a_rule(doors)
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []
