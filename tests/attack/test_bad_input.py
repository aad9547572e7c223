"""Whatever is wrong with a request, the answer is a stable problem and nothing was written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.identity import Role
from tests.attack.bad_bodies import Expected, bad_bodies
from tests.attack.holdings import held
from tests.attack.operations import Operation, operations
from tests.attack.townships import HERE, NOWHERE, THERE, Townships, filed, problem
from tests.attack.wishes import WISHES, Wish

pytestmark = [pytest.mark.parts, pytest.mark.slow]

Tried = Iterator[tuple[str, httpx.Response, Expected]]
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
NOT_KEYS = ("", "k" * 201, "k" * 10_000, "schlüssel", "a\tb")
NOT_VERSIONS = ("1", '"x"', '"1","2"', "*", '"9999999999"', 'W/"1"')


def commands(townships: Townships) -> list[Operation]:
    return [each for each in operations(townships.doors.run, "intake") if each.is_command]


def test_every_command_that_intake_documents_is_tried(townships: Townships) -> None:
    assert {each.template for each in commands(townships)} == set(WISHES)


@pytest.mark.parametrize("template", WISHES)
def test_what_is_wrong_is_named_by_a_stable_type_and_nothing_is_written(
    townships: Townships, template: str
) -> None:
    (operation,) = [each for each in commands(townships) if each.template == template]
    attack = Attack(townships, operation, WISHES[template])
    attack.prepare()
    before = held(townships.doors.run, "intake")
    tried = [(name, problem(answer), expected) for name, answer, expected in attack.all()]
    assert held(townships.doors.run, "intake") == before
    assert [each for each in tried if each[1] != each[2]] == []
    assert len(tried) > 40


class Attack:
    """Bad requests to one command, about a case that stands where good ones would be taken."""

    def __init__(self, townships: Townships, operation: Operation, wish: Wish) -> None:
        self.townships, self.operation, self.wish = townships, operation, wish
        self.case = filed(townships.doors, HERE)

    def prepare(self) -> None:
        """A good request under a key, so that this route is known to take what it should."""
        for verb, body in self.wish.after:
            answer = self.townships.doors.post(f"/cases/{self.case}/{verb}", body, division=HERE)
            assert answer.status_code == 200, answer.text
        good = self.send(json=self.wish.body, headers={"Idempotency-Key": self.case})
        assert good.status_code in {200, 201}, good.text

    def send(
        self, role: Role | None = None, scope: str = HERE, case: str | None = None, **more: Any
    ) -> httpx.Response:
        bearer = self.townships.bearer(role or self.wish.role, scope)
        return self.townships.request(self.operation, bearer, case=case or self.case, **more)

    def all(self) -> Tried:
        yield from self.bodies()
        yield from self.headers()
        yield from self.moments()
        yield from self.cases()
        yield "a query", self.send(json=self.wish.body, params={"a": "1"}), ("invalid-input", 422)
        strangers = self.send(json=self.wish.body, scope="519901171")
        yield "another county's token", strangers, ("county-not-served", 403)
        if self.operation.takes("division"):
            theirs = self.send(json=self.wish.body, division=THERE)
            yield "another township's", theirs, ("division-out-of-scope", 403)

    def bodies(self) -> Tried:
        for bad in bad_bodies(self.operation, self.wish):
            # with a key, what was sent is digested before it is validated
            for key in ({}, {"Idempotency-Key": "fresh"}):
                headers = key | ({"Content-Type": bad.media_type} if bad.media_type else {})
                yield bad.name, self.send(content=bad.content, headers=headers), bad.expected

    def headers(self) -> Tried:
        invalid = ("invalid-input", 422)
        if self.operation.takes("idempotency-key"):
            reused = self.send(json=self.wish.other, headers={"Idempotency-Key": self.case})
            yield "a key of another request", reused, ("idempotency-key-reused", 422)
            for key in NOT_KEYS:
                given = {"Idempotency-Key": key.encode()}
                yield f"key {key:.9}", self.send(json=self.wish.body, headers=given), invalid
        if self.operation.takes("if-match"):
            stale = self.send(json=self.wish.body, headers={"If-Match": '"99"'})
            yield "a stale version", stale, ("stale-version", 412)
            for version in NOT_VERSIONS:
                given = {"If-Match": version.encode()}
                yield f"version {version}", self.send(json=self.wish.body, headers=given), invalid

    def moments(self) -> Tried:
        if "occurred_at" not in self.operation.body["properties"]:
            return
        past = self.wish.body | {"occurred_at": "2025-01-01T00:00:00+08:00"}
        for role in self.operation.roles - {Role.BACKFILL}:
            yield f"dated by {role}", self.send(role, json=past), ("backfill-only", 403)
        future = self.wish.body | {"occurred_at": SOON}
        answer = self.send(Role.BACKFILL, json=future)
        yield "dated into the future", answer, ("not-yet-happened", 422)

    def cases(self) -> Tried:
        if not self.operation.takes("case_id"):
            return
        for case in (NOWHERE, self.townships.there, NOWHERE.replace(HERE, "519901171")):
            answer = self.send(json=self.wish.body, case=case)
            yield f"case {case}", answer, ("case-not-found", 404)
        for case in ("x", "..%2f..%2fetc", "%00", f"{self.case}%0d%0aX:1", f"{self.case}%20", "٣"):
            answer = self.send(json=self.wish.body, case=case)
            expected = ("not-found", 404) if "%2f" in case else ("invalid-input", 422)
            yield f"case {case}", answer, expected


def test_another_townships_case_is_refused_in_the_words_for_none_at_all(
    townships: Townships,
) -> None:
    for operation in operations(townships.doors.run, "intake"):
        if operation.takes("case_id"):
            told = [told_of(townships, operation, case) for case in (NOWHERE, townships.there)]
            assert told[0] == told[1], operation


def told_of(townships: Townships, operation: Operation, case: str) -> dict[str, Any]:
    """The refusal, without the one member that is every request's own."""
    body = WISHES[operation.template].body if operation.is_command else None
    bearer = townships.bearer(Role.TOWNSHIP_LEADER, HERE)
    answer = townships.request(operation, bearer, case=case, json=body)
    told: dict[str, Any] = answer.json()
    assert answer.status_code == told["status"] == 404
    return {name: value for name, value in told.items() if name != "correlation_id"}
