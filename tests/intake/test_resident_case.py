"""Number and query code open one's own case, and nothing else: over a real database."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from services.intake.api.resident_access import ANSWERED_AFTER
from services.intake.store.attempt_counts import AttemptCounts
from services.intake.store.case_number import check_character
from shared.times import china_day
from tests.intake.doors import ACCEPT, ANSWER, Doors, problem
from tests.intake.residents import Known, asked, limited, registered, seen

pytestmark = pytest.mark.parts

WRONG_CODE = "00000-00000"
TODAY = china_day(datetime.now(UTC))


@pytest.fixture(autouse=True)
async def unhurried(doors: Doors) -> AsyncIterator[None]:
    """Each test asks from the same network: limits are the subject of their own tests."""
    with limited(doors, per_number="9999/hour", per_network="9999/hour"):
        yield


def unknown(known: Known) -> Known:
    """A number of the right form that no case has, and the code of another one."""
    serial = f"519900-2019-LF-{abs(hash(known['number'])) % 1_000_000:06}"
    return {
        "number": f"{serial}-{check_character(serial.replace('-', ''))}",
        "code": known["code"],
    }


async def test_a_petitioner_sees_who_holds_the_case_and_what_comes_next(doors: Doors) -> None:
    _, known = await registered(doors)
    shown = await seen(doors, known)
    assert shown["number"] == known["number"]
    assert shown["state"] == {"code": "filed", "zh": "已登记", "en": "filed"}
    assert shown["held_by"]["unit"] == "petition-office"
    assert shown["next"]["until"] >= str(TODAY + timedelta(days=15))
    assert [each["step"] for each in shown["hops"]] == ["registered"]
    assert {each["right"]: each["open"] for each in shown["rights"]} == {
        "rate": False,
        "review": False,
        "re-review": False,
        "recusal": True,
        "withdraw": True,
    }


async def test_each_hop_and_the_petitioners_day_are_shown(doors: Doors) -> None:
    case_id, known = await registered(doors)
    accepted = await doors.tell(case_id, ("forward", {"to_unit": "justice-office"}), ACCEPT)
    shown = await seen(doors, known)
    assert [each["step"] for each in shown["hops"]] == ["registered", "transferred", "accepted"]
    assert shown["hops"][-1]["place"]["unit"] == "justice-office"
    assert "justice-office" in shown["hops"][-1]["en"]
    office_day = china_day(datetime.fromisoformat(accepted.json()["due_at"])) - timedelta(days=1)
    assert shown["next"]["until"] >= str(office_day)


async def test_after_the_answer_the_review_is_open_until_the_petitioners_day(
    doors: Doors,
) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT, ANSWER)
    shown = await seen(doors, known)
    review = next(each for each in shown["rights"] if each["right"] == "review")
    assert review["open"] is True
    assert review["article"] == "R35"
    assert review["until"] == shown["next"]["until"] >= str(TODAY + timedelta(days=30))


async def test_nothing_of_a_person_is_shown(doors: Doors) -> None:
    case_id, known = await registered(doors)
    await doors.tell(case_id, ACCEPT)
    text = (await asked(doors, known)).text
    for word in ("张三丰", "13912345678", "村东头", "post-1", case_id, known["code"]):
        assert word not in text


async def test_a_code_is_taken_as_people_write_it(doors: Doors) -> None:
    _, known = await registered(doors)
    spoken = known["code"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await asked(doors, known | {"code": spoken})).status_code == 200


async def test_of_an_accusation_only_the_state_is_told(doors: Doors) -> None:
    _, known = await registered(doors, purpose="accusation", category="unclassified")
    shown = await seen(doors, known)
    assert shown["sealed"] is True
    assert shown["state"]["code"] == "filed"
    assert (shown["held_by"], shown["hops"], shown["next"], shown["rights"]) == (
        None,
        [],
        None,
        [],
    )


async def test_a_wrong_code_and_an_unknown_number_have_one_answer(doors: Doors) -> None:
    _, known = await registered(doors)
    answers = [
        await asked(doors, known | {"code": WRONG_CODE}),
        await asked(doors, unknown(known)),
        await asked(doors, known | {"number": (await registered(doors))[1]["number"]}),
    ]
    assert {(each.status_code, problem(each)) for each in answers} == {
        (404, "number-or-code-wrong")
    }
    bodies = [each.json() | {"correlation_id": None} for each in answers]
    assert bodies[0] == bodies[1] == bodies[2]


async def test_both_are_answered_after_the_same_time(doors: Doors) -> None:
    """Each after a fixed time, which neither look-up comes near."""
    _, known = await registered(doors)

    async def taken(body: Known) -> float:
        began = time.perf_counter()
        assert (await asked(doors, body)).status_code == 404
        return time.perf_counter() - began

    wrong = [await taken(known | {"code": WRONG_CODE}) for _ in range(8)]
    none = [await taken(unknown(known)) for _ in range(8)]
    assert min(*wrong, *none) >= ANSWERED_AFTER
    assert abs(statistics.median(wrong) - statistics.median(none)) < ANSWERED_AFTER / 10


async def test_failures_are_counted_by_number_and_network(doors: Doors) -> None:
    _, known = await registered(doors)
    _, other = await registered(doors)
    wrong, near = known | {"code": WRONG_CODE}, {"X-Forwarded-For": "203.0.113.7"}
    with limited(doors, per_number="2/hour", per_network="9999/hour", proxies="127.0.0.0/8"):
        for _ in range(2):
            assert (await asked(doors, wrong, headers=near)).status_code == 404
        began = time.perf_counter()
        refused = await asked(doors, wrong, headers=near)
        assert time.perf_counter() - began >= ANSWERED_AFTER
        assert (refused.status_code, problem(refused)) == (429, "too-many-attempts")
        assert 3500 < int(refused.headers["Retry-After"]) <= 3600
        assert refused.json()["retry_after"] == int(refused.headers["Retry-After"])
        assert (await asked(doors, unknown(known), headers=near)).status_code == 404
        assert (await asked(doors, other | {"code": WRONG_CODE}, headers=near)).status_code == 404
        for headers in (near, {"X-Forwarded-For": "198.51.100.1"}):
            assert (await asked(doors, known, headers=headers)).status_code == 200


async def test_who_fails_from_one_network_fails_there_alone(doors: Doors) -> None:
    """Whoever has the code may mistype it, however often others have guessed elsewhere."""
    _, known = await registered(doors)
    wrong = known | {"code": WRONG_CODE}
    with limited(doors, per_number="1/hour", per_network="9999/hour", proxies="127.0.0.0/8"):
        statuses = [
            (await asked(doors, wrong, headers={"X-Forwarded-For": address})).status_code
            for address in ("203.0.113.7", "203.0.113.8", "198.51.100.1")
        ]
    assert statuses == [404, 429, 404]


async def test_right_codes_use_up_nothing_of_a_number(doors: Doors) -> None:
    _, known = await registered(doors)
    with limited(doors, per_number="1/hour", per_network="9999/hour"):
        assert {(await asked(doors, known)).status_code for _ in range(3)} == {200}
        assert (await asked(doors, known | {"code": WRONG_CODE})).status_code == 404


async def test_attempts_are_counted_by_network(doors: Doors) -> None:
    known = [(await registered(doors))[1] for _ in range(3)]
    near = {"X-Forwarded-For": "203.0.113.7"}
    with limited(doors, per_number="9999/hour", per_network="2/minute", proxies="127.0.0.0/8"):
        for each in known[:2]:
            assert (await asked(doors, each, headers=near)).status_code == 200
        assert (await asked(doors, known[2], headers=near)).status_code == 429
        for neighbour, status in (("203.0.113.250", 429), ("198.51.100.1", 200)):
            headers = {"X-Forwarded-For": neighbour}
            assert (await asked(doors, known[2], headers=headers)).status_code == status


async def test_a_header_of_nobody_s_proxy_changes_nothing(doors: Doors) -> None:
    known = [(await registered(doors))[1] for _ in range(2)]
    with limited(doors, per_number="9999/hour", per_network="1/minute", proxies="10.0.0.0/8"):
        statuses = [
            (await asked(doors, each, headers={"X-Forwarded-For": f"203.0.{n}.1"})).status_code
            for n, each in enumerate(known)
        ]
    assert statuses[-1] == 429


async def test_two_processes_count_together(doors: Doors) -> None:
    """At the same moment as well: no attempt is lost between them."""
    _, known = await registered(doors)
    first, second = AttemptCounts(doors.pool), AttemptCounts(doors.pool)
    key = f"number/{known['number']}"
    counted = await asyncio.gather(*(each.incr(key, 60) for each in (first, second) * 10))
    assert sorted(counted) == list(range(1, 21))


async def test_every_window_can_be_ended_at_once(empty_doors: Doors) -> None:
    counts = AttemptCounts(empty_doors.pool)
    for key in ("one", "two"):
        await counts.incr(key, 60)
    assert await counts.reset() == 2
    assert await counts.get("one") == await counts.get("two") == 0
    assert await counts.reset() == 0


async def test_a_window_that_is_over_begins_anew(doors: Doors) -> None:
    counts = AttemptCounts(doors.pool)
    key = "a window of the past"
    assert await counts.incr(key, 60) == 1
    async with doors.pool.connection() as connection, connection.transaction():
        await connection.execute("select set_config('concord.scope', '000000', true)")
        await connection.execute(
            "update resident_attempt set ends_at = now() - interval '1 second' where counter = %s",
            (key,),
        )
    assert await counts.get(key) == 0
    assert await counts.incr(key, 60) == 1
    assert await counts.get_expiry(key) > time.time()


@pytest.mark.parametrize(
    "wrong", [{"number": "519900-2025-WS-000001-9"}, {"code": "short"}, {"code": "!" * 10}]
)
async def test_what_is_mistyped_is_said_to_be(doors: Doors, wrong: Known) -> None:
    _, known = await registered(doors)
    answer = await asked(doors, known | wrong)
    assert (answer.status_code, problem(answer)) == (422, "invalid-input")
    assert known["code"] not in answer.text


async def test_number_and_code_are_taken_in_no_address(doors: Doors) -> None:
    _, known = await registered(doors)
    answer = await doors.http.post("/resident/case", params=known, json=known)
    assert answer.status_code == 422
    assert (await doors.http.get("/resident/case", params=known)).status_code == 405
