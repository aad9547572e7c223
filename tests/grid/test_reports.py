"""Reports by their API: words to the vault, codes to the ledger, terms kept or recorded as missed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.grid.domain.named_ids import grid_id
from services.grid.policies import FOUR_LEVELS, STEPS, shipped_terms
from services.grid.stream.terms import runners
from shared.identity import Role
from shared.vault.bodies import Organisation
from tests.grid.doors import (
    COUNTY,
    MARKS,
    NEIGHBOUR,
    POST,
    TOWNSHIP,
    Body,
    Doors,
    fresh_grid,
    open_doors,
    problem,
)
from tests.office_doors import Step, at
from tests.parts import PostgresForTests

pytestmark = pytest.mark.parts
MORNING = datetime.fromisoformat("2025-03-04T09:00:00+08:00")
WORDS = "饭店欠了四个人两个月工资,说月底给。"
PERSON = {"name": "龙小满", "phone": "13900000007"}
DISPATCH = ("dispatch", {"to_unit": "labour-office"})
HANDLE = ("handle", {"result": "solved", "words": "当天补发。"})
CONFIRM = ("verify", {"confirmed": True, "how": "call"})
WHOLE_WAY: tuple[Step, ...] = (("validate", {}), DISPATCH, HANDLE, CONFIRM, ("close", {}))


async def submit(doors: Doors, grid: str, **changes: Any) -> Body:
    how = {name: changes.pop(name) for name in ("role", "ref", "division") if name in changes}
    body = {
        "grid_code": grid,
        "topic": "unpaid-wages",
        "urgency": "urgent",
        "source": "patrol",
        "words": WORDS,
        "persons": [PERSON],
    }
    division = how.get("division", TOWNSHIP)
    return await doors.done(f"/townships/{division}/reports", body | changes, 201, **how)


async def a_report(doors: Doors, **changes: Any) -> str:
    grid = await doors.grid(await doors.village())
    return str((await submit(doors, grid, **changes))["report_id"])


async def go(doors: Doors, report_id: str, *steps: Step, **how: Any) -> Body:
    return (await doors.told(f"/reports/{report_id}", *steps, **how)).json()  # type: ignore[no-any-return]


async def history(doors: Doors, report_id: str) -> list[Body]:
    shown: list[Body] = (await doors.get(f"/reports/{report_id}")).json()["history"]
    return shown


async def test_the_whole_way_and_no_word_of_it_in_the_ledger(doors: Doors) -> None:
    report_id = await a_report(doors)
    told = await go(doors, report_id, *WHOLE_WAY)
    assert (told["state"], told["to_unit"], told["result"]) == (
        "closed",
        "labour-office",
        "solved",
    )
    rated = await go(doors, report_id, ("rate", {"rater": "affected", "grade": "satisfied"}))
    assert rated["version"] == 7
    events = await history(doors, report_id)
    assert [each["event"] for each in events] == [
        "grid-report-submitted",
        "grid-report-validated",
        "grid-report-dispatched",
        "grid-report-handled",
        "grid-report-verified",
        "grid-report-closed",
        "grid-report-rated",
    ]
    assert events[0]["data"]["category"] == "labour"
    for word in (WORDS, PERSON["name"], PERSON["phone"], "当天补发"):
        assert word not in str(events)
    shown = (await doors.get(f"/reports/{report_id}/words")).json()
    assert (shown["words"], shown["remarks"]) == (WORDS, ["当天补发。"])
    assert [(each["name"], each["phone"]) for each in shown["persons"]] == [
        (PERSON["name"], PERSON["phone"])
    ]


async def test_a_telephone_that_sends_twice_reports_once(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    body = {"grid_code": grid, "topic": "noise", "words": "半夜施工。"}
    path, key = f"/townships/{TOWNSHIP}/reports", "entered-at-ten"
    first = await doors.post(path, body, Idempotency_Key=key)
    again = await doors.post(path, body, Idempotency_Key=key)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]
    found = (await doors.get("/reports", grid_code=grid)).json()["items"]
    assert len(found) == 1


async def test_a_step_that_does_not_follow_is_refused_with_the_state(doors: Doors) -> None:
    report_id = await a_report(doors)
    early = await doors.post(f"/reports/{report_id}/handle", {"result": "solved"})
    assert (problem(early), early.json()["state"]) == ("report-not-ready", "submitted")
    await go(doors, report_id, ("reject", {"reason": "unclear", "words": "说不清在哪里。"}))
    over = await doors.post(f"/reports/{report_id}/validate", {})
    assert problem(over) == "report-is-over"


async def test_what_is_reported_lies_in_a_grid_of_the_register(doors: Doors) -> None:
    village = await doors.village()
    grid = await doors.grid(village, 1, valid_from="2199-01-01")
    path = f"/townships/{TOWNSHIP}/reports"
    body = {"grid_code": grid, "topic": "noise", "words": "吵。"}
    assert problem(await doors.post(path, body)) == "grid-not-valid"
    assert problem(await doors.post(path, body | {"grid_code": f"{village}009"})) == (
        "grid-not-valid"
    )
    assert problem(await doors.post(path, body | {"grid_code": f"{NEIGHBOUR}001001"})) == (
        "place-elsewhere"
    )


async def test_a_worker_reports_as_the_worker_and_sees_what_is_open_in_the_own_grids(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    own, other = await doors.grid(village, 1), await doors.grid(village, 2)
    wu = await doors.worker(post=POST)
    await doors.assign(own, wu)
    mine = await submit(doors, own, role=Role.GRID_WORKER)
    await submit(doors, other)
    events = await history(doors, mine["report_id"])
    assert events[0]["data"]["worker_ref"] == wu
    path = f"/townships/{TOWNSHIP}/reports/mine"
    shown = (await doors.get(path, role=Role.GRID_WORKER)).json()["reports"]
    assert [each["report_id"] for each in shown] == [mine["report_id"]]


async def test_a_successor_takes_over_what_is_open_also_by_a_merger(empty_doors: Doors) -> None:
    doors = empty_doors
    village = await doors.village()
    old, new = await doors.grid(village, 1), await doors.grid(village, 2)
    wu, li = await doors.worker(post="post-wu"), await doors.worker(post="post-li")
    assignment = await doors.assign(old, wu)
    open_one = (await submit(doors, old, role=Role.GRID_WORKER, ref="post-wu"))["report_id"]
    done = (await submit(doors, old))["report_id"]
    await go(doors, done, *WHOLE_WAY)
    body = {"assignment_id": assignment["assignment_id"], "worker_id": li}
    await doors.tell(old, "take-over", body | {"first_day": "2025-03-01"})

    async def mine(post: str) -> list[str]:
        path = f"/townships/{TOWNSHIP}/reports/mine"
        found = await doors.get(path, role=Role.GRID_WORKER, ref=post)
        return [each["report_id"] for each in found.json()["reports"]]

    assert (await mine("post-wu"), await mine("post-li")) == ([], [open_one])
    words = f"/reports/{open_one}/words"
    refused = await doors.get(words, role=Role.GRID_WORKER, ref="post-wu")
    assert (problem(refused), refused.status_code) == ("words-not-for-this-post", 403)
    assert (await doors.get(words, role=Role.GRID_WORKER, ref="post-li")).status_code == 200
    merged = {"last_day": "2025-06-30", "how": "merged", "successors": [new]}
    await doors.tell(old, "dissolve", merged)
    await doors.assign(new, wu, first_day="2025-07-01")
    assert (await mine("post-wu"), await mine("post-li")) == ([open_one], [])
    assert (await doors.get(words, role=Role.GRID_WORKER, ref="post-wu")).status_code == 200


async def test_nobody_reads_another_townships_report(doors: Doors) -> None:
    grid = await doors.grid(await doors.village(NEIGHBOUR))
    theirs = (await submit(doors, grid, division=NEIGHBOUR))["report_id"]
    for path in (f"/reports/{theirs}", f"/reports/{theirs}/words"):
        assert problem(await doors.get(path)) == "report-not-found"
    assert problem(await doors.post(f"/reports/{theirs}/validate", {})) == "report-not-found"


async def test_the_open_ones_are_listed_the_soonest_due_first(empty_doors: Doors) -> None:
    doors = empty_doors
    village = await doors.village()
    grid = await doors.grid(village)
    normal = (await submit(doors, grid, urgency="normal"))["report_id"]
    urgent = (await submit(doors, grid, urgency="urgent"))["report_id"]
    closed = (await submit(doors, grid))["report_id"]
    await go(doors, closed, *WHOLE_WAY)
    shown = (await doors.get("/reports", order="due", open="true")).json()["items"]
    assert [each["report_id"] for each in shown] == [urgent, normal]
    shown = (await doors.get("/reports", village_code=village)).json()["items"]
    assert [each["report_id"] for each in shown] == [closed, urgent, normal]


async def work_off(doors: Doors, version: str, now: datetime) -> None:
    policy = shipped_terms(version)
    for runner in runners(doors.office.ledger, county=COUNTY, policy=policy, now=lambda: now):
        await runner.work_off()


async def test_a_term_that_is_over_is_recorded_once_at_its_own_time(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MORNING):
        report_id = await a_report(doors)
    await work_off(doors, STEPS, MORNING + timedelta(hours=1))
    assert len(await history(doors, report_id)) == 1
    for _ in range(2):
        await work_off(doors, STEPS, MORNING + timedelta(hours=5))
    events = await history(doors, report_id)
    assert [each["event"] for each in events[1:]] == ["grid-report-term-missed"]
    assert events[1]["data"]["step"] == "check"
    assert datetime.fromisoformat(events[1]["occurred_at"]) == MORNING + timedelta(hours=2)
    assert events[1]["causation_id"] == events[0]["event_id"]
    (line,) = (await doors.get("/reports")).json()["items"]
    assert (line["missed"], line["due_at"]) == (1, None)


async def test_a_step_that_was_done_in_time_is_missed_by_nobody(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MORNING):
        report_id = await a_report(doors)
        await go(doors, report_id, *WHOLE_WAY)
    await work_off(doors, STEPS, MORNING + timedelta(days=30))
    assert len(await history(doors, report_id)) == 6


async def test_a_backfill_starts_no_term(empty_doors: Doors) -> None:
    doors = empty_doors
    stated = {"occurred_at": MORNING.isoformat(), "role": Role.BACKFILL, "ref": "post-backfill"}
    report_id = await a_report(doors, **stated)
    await work_off(doors, STEPS, MORNING + timedelta(days=30))
    (event,) = await history(doors, report_id)
    assert "due_at" not in event["data"]


async def test_in_seven_days_a_report_goes_up_four_levels(postgres: PostgresForTests) -> None:
    async with open_doors(fresh_grid(postgres), report_terms=FOUR_LEVELS) as doors:
        with at(doors, MORNING):
            report_id = await a_report(doors)
        for day in range(10):
            await work_off(doors, FOUR_LEVELS, MORNING + timedelta(days=day, minutes=1))
        events = await history(doors, report_id)
        assert [each["data"].get("to_level") for each in events] == [
            *(None, "village", "centre", "township", None)
        ]
        assert events[-1]["event"] == "grid-report-term-missed"
        times = [datetime.fromisoformat(each["occurred_at"]) - MORNING for each in events]
        assert [time.days for time in times] == [0, 1, 3, 5, 7]


async def test_a_unit_handles_what_is_dispatched_to_it(doors: Doors) -> None:
    report_id = await a_report(doors)
    await go(doors, report_id, ("validate", {}), DISPATCH)
    path = f"/reports/{report_id}"
    water, labour = (
        doors.tokens.headers(Role.HANDLER, TOWNSHIP, f"post-{unit}", unit=f"{unit}-office")
        for unit in ("water", "labour")
    )
    answer = await doors.http.post(f"{path}/handle", json={"result": "solved"}, headers=water)
    assert (problem(answer), answer.status_code) == ("report-of-another-unit", 403)
    answer = await doors.http.get(f"{path}/words", headers=water)
    assert problem(answer) == "words-not-for-this-post"
    answer = await doors.http.get(f"{path}/words", headers=labour)
    assert answer.status_code == 200
    answer = await doors.http.post(f"{path}/handle", json={"result": "solved"}, headers=labour)
    assert answer.json()["state"] == "handled"


async def test_a_grid_that_is_asked_for_has_its_reports(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    await submit(doors, grid)
    assert (await doors.get(f"/grids/{grid_id(grid)}")).status_code == 200
    shown = (await doors.get("/reports", grid_code=grid, topic="unpaid-wages")).json()["items"]
    assert [each["matter_category"] for each in shown] == ["labour"]


async def test_a_handler_without_a_unit_or_of_the_countys_has_nothing_to_do_with_it(
    doors: Doors,
) -> None:
    report_id = await a_report(doors)
    await go(doors, report_id, ("validate", {}), DISPATCH)
    of_no_unit = doors.tokens.headers(Role.HANDLER, TOWNSHIP, "post-x", unit=None)
    of_the_county = doors.tokens.headers(Role.HANDLER, COUNTY, "post-y", unit="labour-office")
    for stranger, unread, undone in (
        (of_no_unit, "post-missing", "post-missing"),
        (of_the_county, "words-not-for-this-post", "report-of-another-unit"),
    ):
        words = await doors.http.get(f"/reports/{report_id}/words", headers=stranger)
        assert (problem(words), words.status_code) == (unread, 403)
        for verb, body in (
            ("handle", {"result": "solved"}),
            ("return", {"reason": "other"}),
            ("escalate", {"to_level": "township", "reason": "urgent"}),
        ):
            answer = await doors.http.post(
                f"/reports/{report_id}/{verb}", json=body, headers=stranger
            )
            assert (problem(answer), answer.status_code) == (undone, 403)


async def test_a_worker_acts_on_reports_of_their_own_grids(doors: Doors) -> None:
    village = await doors.village()
    own, other = await doors.grid(village, 1), await doors.grid(village, 2)
    await doors.assign(own, await doors.worker(post="post-zhao"))
    solve = "solve-on-site", {"result": "solved", "words": "已修好。"}
    for grid, slug in ((own, None), (other, "report-of-another-grid")):
        report_id = (await submit(doors, grid))["report_id"]
        await go(doors, report_id, ("validate", {}))
        answer = await doors.post(
            f"/reports/{report_id}/{solve[0]}", solve[1], role=Role.GRID_WORKER, ref="post-zhao"
        )
        assert (answer.status_code, slug and problem(answer)) == (403 if slug else 200, slug)


async def test_words_are_kept_with_the_event_that_names_them_alone(doors: Doors) -> None:
    report_id = await a_report(doors)
    handled = ("handle", {"result": "solved", "words": "已补发。"})
    await go(doors, report_id, ("validate", {}), DISPATCH, handled, handled)
    otherwise = await doors.post(
        f"/reports/{report_id}/handle", {"result": "solved", "words": "还没有。"}
    )
    assert problem(otherwise) == "report-has-gone-on"
    shown = (await doors.get(f"/reports/{report_id}/words", role=Role.CLERK)).json()
    assert shown["remarks"] == ["已补发。"]


async def test_a_return_for_another_reason_is_no_repeat(doors: Doors) -> None:
    report_id = await a_report(doors)
    back = ("return", {"reason": "not-our-remit"})
    await go(doors, report_id, ("validate", {}), DISPATCH, back, back)
    other = await doors.post(f"/reports/{report_id}/return", {"reason": "unclear"})
    assert (problem(other), other.status_code) == ("report-has-gone-on", 409)


async def test_that_the_time_is_over_says_the_clock_alone(doors: Doors) -> None:
    report_id = await a_report(doors)
    body = {"to_level": "township", "reason": "time-is-over"}
    answer = await doors.post(f"/reports/{report_id}/escalate", body)
    assert (problem(answer), answer.json()["errors"][0]["field"]) == ("invalid-input", "reason")


async def test_who_left_the_post_did_not_report(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    assigned = await doors.assign(grid, await doors.worker(post="post-sun"))
    ended = {"assignment_id": assigned["assignment_id"], "last_day": "2025-02-28"}
    await doors.tell(grid, "end-assignment", ended)
    report = await submit(doors, grid, role=Role.GRID_WORKER, ref="post-sun")
    (event,) = await history(doors, report["report_id"])
    assert "worker_ref" not in event["data"]


async def test_terms_run_from_the_recording(doors: Doors) -> None:
    with at(doors, MORNING):
        day_before = (MORNING - timedelta(days=2)).date().isoformat()
        report_id = await a_report(doors, happened_on=day_before)
    (event,) = await history(doors, report_id)
    assert datetime.fromisoformat(event["data"]["due_at"]) > MORNING


async def test_the_unit_that_a_report_is_about_finds_it_nowhere(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    report_id = (await submit(doors, grid, about_unit="labour-office"))["report_id"]
    await go(doors, report_id, ("validate", {}))
    path = f"/reports/{report_id}"
    refused = await doors.post(f"{path}/dispatch", DISPATCH[1])
    assert (problem(refused), refused.status_code) == ("report-goes-one-level-up", 409)
    for division, role in (
        (TOWNSHIP, Role.HANDLER),
        (TOWNSHIP, Role.CLERK),
        (COUNTY, Role.HANDLER),
        (COUNTY, Role.AUDITOR),
    ):
        own: dict[str, Any] = {
            "role": role,
            "division": division,
            "claims": {"unit": "labour-office"},
        }
        assert problem(await doors.get(path, **own)) == "report-not-found"
        shown = (await doors.get("/reports", grid_code=grid, **own)).json()["items"]
        assert shown == []
        if role in {Role.HANDLER, Role.CLERK}:
            assert problem(await doors.get(f"{path}/words", **own)) == "report-not-found"
            up = await doors.post(
                f"{path}/escalate", {"to_level": "centre", "reason": "urgent"}, **own
            )
            assert problem(up) == "report-not-found"
        if role is Role.AUDITOR:
            events = await doors.get(f"/ledgers/{TOWNSHIP}/events", **own)
            assert report_id not in events.text
    other: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "water-office"}}
    assert (await doors.get(path, **other)).json()["about_unit"] == "labour-office"
    assert len((await doors.get("/reports", grid_code=grid, **other)).json()["items"]) == 1


async def test_the_unit_takes_no_report_about_itself_up(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    report_id = (await submit(doors, grid, about_unit="labour-office"))["report_id"]
    await go(doors, report_id, ("validate", {}), ("convert", {"to": "case"}))
    converted = (await history(doors, report_id))[-1]["data"]
    assert converted["about_mark"] == doors.office.marks.of_unit("labour-office")
    events = await history(doors, report_id)
    assert all("labour-office" not in str(each) for each in events)
    path = f"/reports/{report_id}/for-take-over"
    for unit, status in (("labour-office", 404), ("water-office", 200)):
        asked: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": unit}}
        assert (await doors.get(path, **asked)).status_code == status


async def test_a_report_about_a_worker_is_the_desks_alone(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    await doors.assign(grid, await doors.worker(post="post-qian"))
    worker: dict[str, Any] = {"role": Role.GRID_WORKER, "ref": "post-qian"}
    report_id = (await submit(doors, grid, about_a_worker=True, **worker))["report_id"]
    await go(doors, report_id, ("validate", {}))
    path = f"/reports/{report_id}"
    for asked in (path, f"{path}/words"):
        assert problem(await doors.get(asked, **worker)) == "report-not-found"
    for verb, body in (
        ("solve-on-site", {"result": "solved"}),
        ("escalate", {"to_level": "village", "reason": "urgent"}),
    ):
        assert problem(await doors.post(f"{path}/{verb}", body, **worker)) == "report-not-found"
    for asked in ("/reports", f"/townships/{TOWNSHIP}/reports/mine"):
        assert report_id not in (await doors.get(asked, **worker)).text
    assert (await doors.get(f"{path}/words", role=Role.CLERK)).status_code == 200
    assert report_id in (await doors.get("/reports", grid_code=grid, role=Role.CLERK)).text


async def test_a_division_is_that_of_a_unit_and_of_the_own_county(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    path = f"/townships/{TOWNSHIP}/reports"
    body = {"grid_code": grid, "topic": "noise", "words": "吵。", "about_division": COUNTY}
    assert problem(await doors.post(path, body)) == "invalid-input"
    elsewhere = body | {"about_unit": "water-office", "about_division": "519901"}
    assert problem(await doors.post(path, elsewhere)) == "invalid-input"


async def test_who_caused_it_is_in_the_words_and_its_mark_in_the_event(doors: Doors) -> None:
    cause = {"title": "宏达（綦江）建筑有限责任公司", "registration_number": "91350100M000100Y43"}
    report_id = await a_report(doors, cause=cause)
    (submitted,) = await history(doors, report_id)
    assert submitted["data"]["cause_ref"] == MARKS.of_organisation(Organisation(**cause))
    assert "宏达" not in str(submitted)
    assert (await doors.get(f"/reports/{report_id}/words")).json()["cause"] == cause
    other = await a_report(doors)
    assert "cause_ref" not in (await history(doors, other))[0]["data"]
    assert (await doors.get(f"/reports/{other}/words")).json()["cause"] is None
    path = f"/townships/{TOWNSHIP}/reports"
    grid = submitted["data"]["grid_code"]
    body = {"grid_code": grid, "topic": "unpaid-wages", "words": WORDS}
    refused = await doors.post(path, body | {"cause": {"title": "欧阳小明"}})
    assert (problem(refused), "欧阳小明" in refused.text) == ("invalid-input", False)
    assert "only an organisation may be a cause" in refused.text.lower()


async def test_a_corrected_place_and_topic_are_listed_at_once(doors: Doors) -> None:
    village = await doors.village()
    grid, other = await doors.grid(village, 1), await doors.grid(village, 2)
    report_id = str((await submit(doors, grid))["report_id"])
    stated = {"grid_code": other, "topic": "noise", "why": "found-otherwise"}
    answer = await go(doors, report_id, ("correct", stated))
    assert (answer["grid_code"], answer["topic"]) == (other, "noise")

    async def listed(asked: dict[str, Any]) -> list[str]:
        found = (await doors.get("/reports", **asked)).json()["items"]
        return [each["report_id"] for each in found]

    category = {"matter_category": "transport-energy-environment"}
    for asked in ({"grid_code": other}, {"topic": "noise"}, category):
        assert report_id in await listed(asked)
    for asked in ({"grid_code": grid}, {"topic": "unpaid-wages"}, {"category": "labour"}):
        assert report_id not in await listed(asked)
    *_, corrected = await history(doors, report_id)
    assert corrected["data"]["was_grid_code"] == grid
    path = f"/reports/{report_id}/correct"
    for wrong, name in (
        ({"grid_code": f"{village}009"}, "grid-not-valid"),
        ({"grid_code": f"{NEIGHBOUR}001001"}, "place-elsewhere"),
        ({"topic": None}, "invalid-input"),
    ):
        refused = await doors.post(path, wrong | {"why": "typing-error"})
        assert problem(refused) == name
