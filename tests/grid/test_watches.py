"""Watched matters by their API: who watches what, by which plan, until when."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from uuid_utils import uuid7

from services.grid.api import warning_steps
from services.grid.api.watching_warned import watch_warned
from services.grid.domain.matter_watch import WatchCommand, WatchMatter, WatchNotFound
from services.grid.stream.warning_expiry import expiry_runners
from shared.contracts.case_codes import Category, Purpose
from shared.handling import CommandRequest, ready
from shared.identity import Role
from shared.ledger import Author
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors, problem
from tests.grid.test_suggestions import a_case
from tests.grid.warnings_told import (
    AUDITOR,
    BACKFILL,
    CLERK,
    COUNTY_LEADER,
    ENTRY,
    LATE,
    LEADER,
    OTHER_CLERK,
    PLAN,
    WATCH,
    a_matter,
    by_a_rule,
    handler,
    listed,
    told,
    worker,
)
from tests.office_doors import at

pytestmark = pytest.mark.parts
MORNING = datetime.fromisoformat("2025-03-04T09:00:00+08:00")
SOON = ENTRY | {"review_by": "2025-03-10", "expires_on": "2025-03-31"}


async def watch(doors: Doors, matter_id: str, **changes: Any) -> Body:
    how = changes.pop("how", CLERK)
    return await doors.done(WATCH, {**ENTRY, "matter_id": matter_id, **changes}, 201, **how)


async def one(doors: Doors, watch_id: str, **how: Any) -> Body:
    answer = await doors.get(f"/watches/{watch_id}", **how)
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def work_off(doors: Doors, now: datetime) -> None:
    for runner in expiry_runners(doors.office.ledger, county=COUNTY, now=lambda: now):
        await runner.work_off()


async def test_a_matter_is_watched_reviewed_and_taken_off_the_list(doors: Doors) -> None:
    matter = await a_matter(doors)
    entry = await watch(doors, matter)
    assert (entry["state"], entry["matter_id"]) == ("watched", matter)
    path, owner = f"/watches/{entry['watch_id']}", handler("mediation-centre")
    body = {"review_by": "2199-02-01", "words": "已走访。"}
    assert (await doors.done(f"{path}/review", body, **owner))["review_by"] == "2199-02-01"
    shown = await one(doors, entry["watch_id"], **owner)
    assert PLAN not in str(shown)
    said = (await doors.get(f"{path}/words", **owner)).json()
    assert (said["plan"], said["remarks"]) == (PLAN, ["已走访。"])
    ended = await doors.done(f"{path}/end", {"why": "settled"}, **owner)
    assert (ended["state"], ended["why_ended"]) == ("ended", "settled")
    after = await doors.post(f"{path}/review", {"review_by": "2199-03-01"}, **owner)
    assert problem(after) == "watch-is-over"


async def test_who_sees_the_list(doors: Doors) -> None:
    matter = await a_matter(doors, about_unit=LATE)
    entry = (await watch(doors, matter))["watch_id"]
    for who in (CLERK, LEADER, COUNTY_LEADER, AUDITOR, handler("mediation-centre")):
        assert entry in await listed(doors, "/watches", **who)
    for who in (handler("water-office"), handler(LATE), {**CLERK, "claims": {"unit": LATE}}):
        assert entry not in await listed(doors, "/watches", **who)
        assert problem(await doors.get(f"/watches/{entry}", **who)) == "watch-not-found"
        end = await doors.post(f"/watches/{entry}/end", {"why": "settled"}, **who)
        assert problem(end) == "watch-not-found"
    assert problem(await doors.get("/watches", **worker("post-1"))) == "role-not-allowed"


async def test_the_unit_complained_of_watches_nothing(doors: Doors) -> None:
    matter = await a_matter(doors, about_unit=LATE)
    body = {**ENTRY, "matter_id": matter}
    given = await doors.post(WATCH, body | {"owner_unit": LATE}, **CLERK)
    assert problem(given) == "unit-is-complained-of"
    of_it = await doors.post(WATCH, body, **{**CLERK, "claims": {"unit": LATE}})
    assert problem(of_it) == "no-such-matter"


async def test_an_accusation_that_nobody_is_shown_keeps_the_unit_out_as_well(
    doors: Doors,
) -> None:
    """Also where the complaint comes after the warning."""
    village = await doors.village()
    matter = f"{TOWNSHIP}-{uuid7()}"
    red = await by_a_rule(doors, matter_id=matter)
    assert red in await listed(doors, **handler(LATE))
    await a_case(
        doors, village, matter_id=matter, purpose=Purpose.ACCUSATION, complained_unit=LATE
    )
    assert red not in await listed(doors, **handler(LATE))
    for path, body in (
        (f"/warnings/{red}/dispose", {"how": "watched", "watch": ENTRY | {"owner_unit": LATE}}),
        (WATCH, {**ENTRY, "owner_unit": LATE, "matter_id": matter, "warning_id": red}),
    ):
        answer = await doors.post(path, body, **(LEADER if "dispose" in path else BACKFILL))
        assert problem(answer) == "unit-is-complained-of"


@pytest.mark.parametrize(
    "sealed", [{"purpose": Purpose.ACCUSATION}, {"category": Category.DISCIPLINE}]
)
async def test_what_is_about_a_matter_that_was_sealed_since_is_shown_to_leaders_alone(
    doors: Doors, sealed: Body
) -> None:
    matter = await a_matter(doors, "post-sealed-1")
    red = (await told(doors, matter, **worker("post-sealed-1")))["warning_id"]
    entry = (await watch(doors, matter))["watch_id"]
    village = (await doors.get(f"/warnings/{red}", **CLERK)).json()["village_code"]
    others = (CLERK, AUDITOR, BACKFILL, worker("post-sealed-1"))
    assert all([red in await listed(doors, matter_id=matter, **who) for who in others])
    await a_case(doors, village, matter_id=matter, **sealed)
    for who in others:
        assert red not in await listed(doors, matter_id=matter, **who)
        assert problem(await doors.get(f"/warnings/{red}", **who)) == "warning-not-found"
    for who in (CLERK, AUDITOR, handler("mediation-centre")):
        assert entry not in await listed(doors, "/watches", matter_id=matter, **who)
        assert problem(await doors.get(f"/watches/{entry}", **who)) == "watch-not-found"
    end = await doors.post(f"/watches/{entry}/end", {"why": "settled"}, **CLERK)
    assert problem(end) == "watch-not-found"
    for who in (LEADER, COUNTY_LEADER):
        assert await listed(doors, matter_id=matter, **who) == [red]
        assert await listed(doors, "/watches", matter_id=matter, **who) == [entry]


@pytest.mark.parametrize(
    ("changes", "told_of"),
    [
        ({"review_by": "2199-12-31"}, "review-outside-the-watch"),
        ({"review_by": "2025-01-01"}, "review-outside-the-watch"),
        ({"matter_id": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"}, "no-such-matter"),
        ({"warning_id": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"}, "nothing-to-watch"),
        ({"person_ref": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"}, "invalid-input"),
    ],
)
async def test_what_is_no_entry(doors: Doors, changes: Body, told_of: str) -> None:
    matter = await a_matter(doors)
    answer = await doors.post(WATCH, {**ENTRY, "matter_id": matter, **changes}, **CLERK)
    assert problem(answer) == told_of


async def test_a_warning_is_disposed_by_an_entry_made_in_the_same_act(doors: Doors) -> None:
    matter = await a_matter(doors)
    warning = (await told(doors, matter))["warning_id"]
    body = {"how": "watched", "watch": ENTRY, "words": "列入关注。"}
    path = f"/warnings/{warning}/dispose"
    ended = await doors.done(path, body, **CLERK)
    assert (ended["state"], ended["disposed_how"]) == ("disposed", "watched")
    assert await doors.done(path, body, **CLERK) == ended
    (line,) = (await doors.get("/watches", warning_id=warning)).json()["items"]
    assert (line["matter_id"], line["owner_unit"]) == (matter, "mediation-centre")


async def test_a_disposal_that_another_overtakes_leaves_nothing_on_the_list(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = (await told(doors, await a_matter(doors)))["warning_id"]
    path, listing = f"/warnings/{warning}/dispose", watch_warned

    async def overtaken(*about: Any) -> bool:
        done = await listing(*about)
        await doors.done(path, {"how": "settled"}, **LEADER)
        return done

    monkeypatch.setattr(warning_steps, "watch_warned", overtaken)
    answer = await doors.post(path, {"how": "watched", "watch": ENTRY}, **CLERK)
    assert problem(answer) == "warning-is-over"
    (line,) = (await doors.get("/watches", warning_id=warning)).json()["items"]
    assert line["state"] == "unjustified"


@pytest.mark.parametrize(
    ("changes", "told_of"),
    [
        ({"owner_unit": "women-office"}, "watched-otherwise"),
        ({"plan": "每月走访一次。"}, "watched-otherwise"),
        ({"expires_on": "2199-07-31"}, "watched-otherwise"),
        ({}, None),
    ],
)
async def test_an_entry_that_a_disposal_finds_says_the_same(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, changes: Body, told_of: str | None
) -> None:
    """A process that is killed after the entry leaves it to the next request."""
    warning = (await told(doors, await a_matter(doors)))["warning_id"]
    path, listing = f"/warnings/{warning}/dispose", watch_warned
    body = {"how": "watched", "watch": ENTRY}

    async def killed(*about: Any) -> bool:
        await listing(*about)
        raise WatchNotFound

    with monkeypatch.context() as patched:
        patched.setattr(warning_steps, "watch_warned", killed)
        await doors.post(path, body, **CLERK)
    answer = await doors.post(path, body | {"watch": ENTRY | changes}, **CLERK)
    assert (None if answer.status_code == 200 else problem(answer)) == told_of


async def test_an_entry_that_is_over_watches_nothing(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    warning = (await told(doors, await a_matter(doors)))["warning_id"]
    path, listing = f"/warnings/{warning}/dispose", watch_warned

    async def killed(*about: Any) -> bool:
        await listing(*about)
        raise WatchNotFound

    body = {"how": "watched", "watch": ENTRY}
    with monkeypatch.context() as patched:
        patched.setattr(warning_steps, "watch_warned", killed)
        await doors.post(path, body, **CLERK)
    (line,) = (await doors.get("/watches", warning_id=warning)).json()["items"]
    await doors.done(f"/watches/{line['watch_id']}/end", {"why": "not-needed"}, **CLERK)
    assert problem(await doors.post(path, body, **CLERK)) == "watch-is-over"


async def test_a_refused_disposal_puts_nothing_on_the_list(doors: Doors) -> None:
    matter = await a_matter(doors)
    red = await by_a_rule(doors, matter_id=matter)
    body = {"how": "watched", "watch": ENTRY}
    answer = await doors.post(f"/warnings/{red}/dispose", body, **handler(LATE))
    assert problem(answer) == "leaders-warning"
    assert (await doors.get("/watches", warning_id=red)).json()["items"] == []


async def test_the_list_does_not_tell_who_is_in_danger(doors: Doors) -> None:
    """Neither by an entry that a safety warning makes, nor by one that names it."""
    matter = await a_matter(doors)
    safety = (await told(doors, matter, "safety"))["warning_id"]
    for who in (CLERK, LEADER):
        body = {"how": "watched", "watch": ENTRY}
        refused = await doors.post(f"/warnings/{safety}/dispose", body, **who)
        assert problem(refused) == "safety-is-not-listed"
        named = await doors.post(
            WATCH, {**ENTRY, "matter_id": matter, "warning_id": safety}, **who
        )
        assert problem(named) == "nothing-to-watch"
    assert await listed(doors, "/watches", matter_id=matter, **LEADER) == []


async def test_an_entry_of_an_earlier_release_is_shown_as_its_safety_warning_is(
    doors: Doors,
) -> None:
    matter, entry = await a_matter(doors), f"{TOWNSHIP}-{uuid7()}"
    safety = (await told(doors, matter, "safety"))["warning_id"]
    stored: WatchCommand = WatchMatter(
        watch_id=entry,
        matter_id=matter,
        owner_unit="mediation-centre",
        plan_digest="0" * 64,
        review_by=date(2199, 1, 1),
        expires_on=date(2199, 6, 30),
        warning_id=safety,
    )
    author = Author(scope=COUNTY, actor_ref="post-1")
    prepare = ready(stored, at=doors.office.now())
    await doors.office.watches.handle(
        CommandRequest(stream_id=entry, author=author, prepare=prepare)
    )
    for who in (CLERK, LEADER, COUNTY_LEADER):
        assert await listed(doors, "/watches", warning_id=safety, **who) == [entry]
    for who in (OTHER_CLERK, AUDITOR, handler("mediation-centre")):
        assert entry not in await listed(doors, "/watches", **who)
        assert await listed(doors, "/watches", warning_id=safety, **who) == []
        assert problem(await doors.get(f"/watches/{entry}", **who)) == "watch-not-found"


async def test_a_warning_is_disposed_by_an_entry_that_is_there(doors: Doors) -> None:
    matter, other = await a_matter(doors), await a_matter(doors)
    warning = (await told(doors, matter))["warning_id"]
    entry, elsewhere = (await watch(doors, matter), await watch(doors, other))
    path = f"/warnings/{warning}/dispose"
    for wrong in (
        {"how": "watched"},
        {"how": "settled", "watch_id": entry["watch_id"]},
        {"how": "watched", "watch_id": entry["watch_id"], "watch": ENTRY},
    ):
        assert problem(await doors.post(path, wrong, **CLERK)) == "invalid-input"
    of_another = {"how": "watched", "watch_id": elsewhere["watch_id"]}
    assert problem(await doors.post(path, of_another, **CLERK)) == "nothing-to-watch"
    own = {"how": "watched", "watch_id": entry["watch_id"]}
    assert (await doors.done(path, own, **CLERK))["state"] == "disposed"


async def test_a_warning_about_no_matter_is_not_watched(doors: Doors) -> None:
    warning = await by_a_rule(doors)
    body = {"how": "watched", "watch": ENTRY}
    answer = await doors.post(f"/warnings/{warning}/dispose", body, **LEADER)
    assert problem(answer) == "nothing-to-watch"
    assert "about no single matter" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"how": "watched"}, "how=watched needs an entry of the list: watch_id, or watch"),
        ({"how": "settled", "watch": ENTRY}, "An entry of the list belongs to how=watched alone"),
    ],
)
async def test_a_disposal_says_what_is_missing_of_its_entry(
    doors: Doors, body: Body, message: str
) -> None:
    warning = (await told(doors, await a_matter(doors)))["warning_id"]
    answer = await doors.post(f"/warnings/{warning}/dispose", body, **CLERK)
    assert answer.json()["errors"] == [{"field": "watch", "message": message}]


async def test_a_watch_expires_after_its_last_day(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MORNING):
        matter = await a_matter(doors)
        left, ended = [(await watch(doors, matter, **SOON))["watch_id"] for _ in range(2)]
        await doors.done(f"/watches/{ended}/end", {"why": "settled"}, **CLERK)
    for moment, state in (
        ("2025-03-31T23:59:59+08:00", "watched"),
        ("2025-04-01T00:00:00+08:00", "ended"),
        ("2025-04-02T00:00:00+08:00", "ended"),
    ):
        await work_off(doors, datetime.fromisoformat(moment))
        assert (await one(doors, left))["state"] == state
    assert (await one(doors, left))["why_ended"] == "expired"
    assert (await one(doors, ended))["why_ended"] == "settled"
    assert len((await one(doors, ended))["history"]) == 2


async def test_the_next_review_comes_first(empty_doors: Doors) -> None:
    doors = empty_doors
    matter = await a_matter(doors)
    late = (await watch(doors, matter, review_by="2199-03-01"))["watch_id"]
    soon = (await watch(doors, matter))["watch_id"]
    page: Body = (await doors.get("/watches", order="review", open=True, limit=1)).json()
    rest: Body = (await doors.get("/watches", order="review", cursor=page["next"])).json()
    assert [each["watch_id"] for each in [*page["items"], *rest["items"]]] == [soon, late]


async def test_a_backfill_states_an_older_entry_and_its_end(doors: Doors) -> None:
    matter = await a_matter(doors)
    body = {**SOON, "occurred_at": "2025-03-04T09:00:00+08:00"}
    entry = (await watch(doors, matter, **body, how=BACKFILL))["watch_id"]
    for runner in expiry_runners(doors.office.ledger, county=COUNTY):
        await runner.work_off()
    end = {"why": "settled", "occurred_at": "2025-03-20T09:00:00+08:00"}
    assert (await doors.done(f"/watches/{entry}/end", end, **BACKFILL))["why_ended"] == "settled"
    by_hand = await doors.post(f"/watches/{entry}/end", {"why": "expired"}, role=Role.CLERK)
    assert problem(by_hand) == "invalid-input"


async def test_an_older_entry_whose_end_nobody_states_expires_at_its_last_day(
    empty_doors: Doors,
) -> None:
    doors, later = empty_doors, empty_doors.office.now() + timedelta(days=31)
    matter = await a_matter(doors)
    body = {**SOON, "occurred_at": "2025-03-04T09:00:00+08:00"}
    left, stated = [
        (await watch(doors, matter, **body, how=BACKFILL))["watch_id"] for _ in range(2)
    ]
    await work_off(doors, doors.office.now())
    assert (await one(doors, left))["state"] == "watched"
    end = {"why": "settled", "occurred_at": "2025-03-20T09:00:00+08:00"}
    await doors.done(f"/watches/{stated}/end", end, **BACKFILL)
    await work_off(doors, later)
    shown = await one(doors, left)
    assert (shown["state"], shown["why_ended"]) == ("ended", "expired")
    over = datetime.fromisoformat(shown["history"][-1]["occurred_at"])
    assert over == datetime.fromisoformat("2025-04-01T00:00:00+08:00")
    assert (await one(doors, stated))["why_ended"] == "settled"
    assert await listed(doors, "/watches", open=True) == []


async def test_a_backfill_takes_nothing_off_the_list_that_an_office_watches(doors: Doors) -> None:
    entry = (await watch(doors, await a_matter(doors)))["watch_id"]
    for verb, body in (
        ("end", {"why": "settled"}),
        ("review", {"review_by": "2199-02-01"}),
        ("find-unjustified", {"reason": "wrong-record"}),
    ):
        answer = await doors.post(f"/watches/{entry}/{verb}", body, **BACKFILL)
        assert problem(answer) == "acts-on-older-records"
    assert (await one(doors, entry))["version"] == 1


async def test_an_entry_is_found_unjustified_also_after_its_end_and_stays_on_record(
    doors: Doors,
) -> None:
    matter = await a_matter(doors)
    entry = (await watch(doors, matter))["watch_id"]
    other = (await watch(doors, matter))["watch_id"]
    await doors.done(f"/watches/{entry}/end", {"why": "settled"}, **CLERK)
    body = {"reason": "wrong-record", "words": "登记到了另一件事项。"}
    for each in (entry, other):
        found = await doors.done(f"/watches/{each}/find-unjustified", body, **CLERK)
        assert (found["state"], found["unjustified_because"]) == ("unjustified", "wrong-record")
    shown = await one(doors, entry, **CLERK)
    assert (shown["why_ended"], len(shown["history"])) == ("settled", 3)
    assert other not in await listed(doors, "/watches", open=True, **CLERK)
    assert {entry, other} <= set(await listed(doors, "/watches", state="unjustified", **CLERK))
    again = await doors.post(f"/watches/{entry}/find-unjustified", {"reason": "other"}, **CLERK)
    assert problem(again) == "watch-is-over"
