"""The routes without a token: guesses, forged tokens, bad bodies; the code is written nowhere."""

import random
import statistics
import time
from typing import Any

import httpx
import pytest

from services.intake.store.case_number import check_character
from shared.identity import Role
from tests.attack.bad_bodies import bad_bodies
from tests.attack.holdings import held
from tests.attack.operations import Operation, operations
from tests.attack.residents import RESIDENT_ROUTES, Petitioner
from tests.attack.townships import Townships, problem
from tests.attack.traces import Traces, in_files, in_kafka, in_tables
from tests.attack.wish import HERE, Wish

pytestmark = [pytest.mark.parts, pytest.mark.slow]

WRONG = {"code": "00000-00000"}


def of_residents(townships: Townships) -> list[Operation]:
    known = operations(townships.doors.run, "intake")
    return [each for each in known if each.template in RESIDENT_ROUTES]


def no_number() -> dict[str, str]:
    """A number of the right form that no case has."""
    serial = f"519900-2001-WS-{random.randrange(10**6):06}"
    return {"number": f"{serial}-{check_character(serial.replace('-', ''))}"}


def without_correlation(answer: httpx.Response) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    return told | {"correlation_id": None}


def test_they_are_opened_by_a_right_code_and_change_nothing_by_a_wrong_one(
    townships: Townships,
) -> None:
    own, other = Petitioner.filing(townships.doors), Petitioner.filing(townships.doors)
    before = held(townships.doors.run, "intake")
    for path in RESIDENT_ROUTES:
        refused = [
            own.ask(path, WRONG),
            own.ask(path, no_number()),
            own.ask(path, {"code": other.known["code"]}),
        ]
        assert {problem(each) for each in refused} == {("number-or-code-wrong", 404)}, path
        assert len({str(without_correlation(each)) for each in refused}) == 1, path
    assert held(townships.doors.run, "intake") == before
    assert own.ask("/resident/case").json()["number"] == own.known["number"]


def test_a_token_of_whatever_role_replaces_no_code(townships: Townships) -> None:
    own = Petitioner.filing(townships.doors)
    for path in RESIDENT_ROUTES:
        for role in (Role.TOWNSHIP_LEADER, Role.AUDITOR, Role.RESIDENT):
            refused = own.ask(path, WRONG, headers=townships.bearer(role, HERE))
            assert problem(refused) == ("number-or-code-wrong", 404), (path, role)


def test_both_wrong_answers_take_the_same_time(townships: Townships) -> None:
    """Many of each in turn; whatever one learns of the clock, it says nothing of the number."""
    own = Petitioner.filing(townships.doors)
    taken: dict[str, list[float]] = {"code": [], "number": []}
    for _ in range(10):
        for name, wrong in (("code", WRONG), ("number", no_number())):
            began = time.perf_counter()
            assert own.ask("/resident/case", wrong).status_code == 404
            taken[name].append(time.perf_counter() - began)
    fastest = {name: min(times) for name, times in taken.items()}
    middle = {name: statistics.median(times) for name, times in taken.items()}
    assert min(fastest.values()) >= 0.25
    assert abs(middle["code"] - middle["number"]) < 0.05, taken


def test_who_guesses_is_stopped_and_shuts_nobody_out(townships: Townships) -> None:
    own, other = Petitioner.filing(townships.doors), Petitioner.filing(townships.doors)
    with httpx.Client(trust_env=False, timeout=30) as client:
        address = f"{townships.doors.run.url('intake')}/resident/case"
        body = {**own.known, **WRONG}
        answers = [problem(client.post(address, json=body)) for _ in range(31)]
    assert answers[:30] == [("number-or-code-wrong", 404)] * 30
    assert answers[30] == ("too-many-attempts", 429)
    stopped = own.ask("/resident/case", WRONG)
    assert problem(stopped) == ("too-many-attempts", 429)
    assert 0 < int(stopped.headers["Retry-After"]) <= 3600
    assert own.ask("/resident/case").status_code == 200
    assert other.ask("/resident/case").status_code == 200


@pytest.mark.parametrize("path", RESIDENT_ROUTES)
def test_what_is_wrong_with_a_body_is_named_and_nothing_is_written(
    townships: Townships, path: str
) -> None:
    own = Petitioner.filing(townships.doors)
    (operation,) = (each for each in of_residents(townships) if each.template == path)
    good = {**own.known, **RESIDENT_ROUTES[path]}
    before = held(townships.doors.run, "intake")
    address = f"{townships.doors.run.url('intake')}{path}"
    wrong = []
    for bad in bad_bodies(operation, Wish(good, good)):
        for key in ({}, {"Idempotency-Key": "fresh"}):
            headers = key | ({"Content-Type": bad.media_type} if bad.media_type else {})
            answer = townships.doors.client.post(address, content=bad.content, headers=headers)
            if problem(answer) != bad.expected or own.known["code"] in answer.text:
                wrong.append((bad.name, problem(answer)))
    assert wrong == []
    assert held(townships.doors.run, "intake") == before


def test_number_and_code_are_taken_in_no_address(townships: Townships) -> None:
    own = Petitioner.filing(townships.doors)
    for path in RESIDENT_ROUTES:
        address = f"{townships.doors.run.url('intake')}{path}"
        asked = townships.doors.client.get(address, params=dict(own.known))
        assert problem(asked) == ("method-not-allowed", 405)
        posted = townships.doors.client.post(address, params=dict(own.known), json={})
        assert problem(posted) == ("invalid-input", 422)


def test_the_code_is_written_nowhere(townships: Townships) -> None:
    """In no table, message, log or metric: not as it was given, nor as it is kept."""
    own = Petitioner.filing(townships.doors)
    for path in RESIDENT_ROUTES:
        own.ask(path)
        own.ask(path, no_number())
    run = townships.doors.run
    traces = Traces([own.known["code"], own.known["code"].replace("-", "")])
    metrics = townships.doors.client.get(f"{run.url('intake')}/metrics").content
    assert traces.in_(metrics) == []
    for places in (in_tables(run), in_kafka(run), in_files(run.path)):
        assert [place for place, raw in places if traces.in_(raw)] == []
