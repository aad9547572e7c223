"""How the demonstration speaks to a service: again while it is away, and nothing twice."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from demo.commanding import command_api
from demo.commanding.command_api import (
    Answer,
    Command,
    CommandApi,
    PlayedOtherwise,
    ServiceAway,
    StepRefused,
)
from demo.commanding.play_report import PlayReport

COMMAND = Command("/mediations/519900102-1/sign", {"form": "oral"}, "demo/2024-001/4-sign")
LEDGER = "mediation/519900102"


def api(answer: Callable[[str, Mapping[str, str]], httpx.Response | None]) -> CommandApi:
    async def post(path: str, _body: Any, headers: Mapping[str, str]) -> httpx.Response | None:
        return answer(path, headers)

    return CommandApi("mediation", post)


def done(at: int) -> httpx.Response:
    return httpx.Response(200, json={}, headers={"Concord-Position": f"{LEDGER}@{at}"})


async def test_a_door_that_is_away_is_asked_again_under_the_same_key() -> None:
    keys = []

    def answer(_path: str, headers: Mapping[str, str]) -> httpx.Response | None:
        keys.append(headers["Idempotency-Key"])
        if len(keys) == 1:
            return None
        return httpx.Response(503) if len(keys) == 2 else done(at=7)

    content = await api(answer).send(COMMAND)
    assert content.positions == {LEDGER: 7}
    assert keys == [COMMAND.key] * 3


async def test_a_door_that_stays_away_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_api, "PATIENCE", 0.1)
    with pytest.raises(ServiceAway, match="does not answer"):
        await api(lambda _path, _headers: httpx.Response(503)).send(COMMAND)


async def test_a_step_that_is_refused_is_told_with_its_problem() -> None:
    problem = {"title": "No session was held", "detail": "An agreement comes of one."}
    refused = api(lambda _path, _headers: httpx.Response(409, json=problem))
    with pytest.raises(StepRefused) as refusal:
        await refused.send(COMMAND)
    assert str(refusal.value) == (
        "The step demo/2024-001/4-sign was refused (409): "
        "No session was held: An agreement comes of one."
    )
    assert refusal.value.exit_code == 2


async def test_a_folder_with_another_release_s_demonstration_is_left_alone() -> None:
    problem = {"type": "/problems/idempotency-key-reused", "title": "The key is another's"}
    for ask in ("send", "earlier_answer"):
        played = api(lambda _path, _headers: httpx.Response(422, json=problem))
        with pytest.raises(PlayedOtherwise, match="empty folder"):
            await getattr(played, ask)(COMMAND)


async def test_what_an_earlier_run_did_is_asked_for_under_a_version_that_never_is() -> None:
    def answer(path: str, headers: Mapping[str, str]) -> httpx.Response:
        assert headers["If-Match"] == '"0"'
        return done(at=3) if path == "/known" else httpx.Response(412)

    asked = api(answer)
    known = await asked.earlier_answer(Command("/known", {}, "key"))
    assert known is not None
    assert known.positions == {LEDGER: 3}
    assert await asked.earlier_answer(Command("/new", {}, "key")) is None


def test_what_stood_in_the_ledger_before_is_known_and_the_rest_recorded() -> None:
    report = PlayReport("disputes", LEDGER, known_until=5)
    report.add(Answer({}, {LEDGER: 5}), steps=4)
    report.add(Answer({}, {LEDGER: 6}))
    report.add(Answer({}, {LEDGER: 2}))
    report.finish()
    assert (report.recorded, report.known, report.positions) == (1, 5, {LEDGER: 6})
    assert "  recorded          1" in list(report.summary())
