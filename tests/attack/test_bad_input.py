"""Whatever is wrong with a request, the answer is a stable problem and nothing was written."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.identity import Role
from shared.services import LEDGER_KEEPERS
from shared.testing.waiters import eventually
from tests.attack.bad_bodies import Expected, bad_bodies
from tests.attack.holdings import TAKEN_IN, held
from tests.attack.operations import STREAMS, Operation, operations
from tests.attack.residents import RESIDENT_ROUTES
from tests.attack.townships import THERE, Townships, problem
from tests.attack.wish import HERE, NOWHERE, SOME_PAPER, Wish
from tests.attack.wishes import WISHES
from tests.flow.mediating import Mediating
from tests.flow.passing import PATIENCE
from tests.legal_acts import is_the_offices

# the first test waits until every command has had its good request
pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(600)]

Tried = Iterator[tuple[str, httpx.Response, Expected]]
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat()
NOT_KEYS = ("", "k" * 201, "k" * 10_000, "schlüssel", "a\tb")
NOT_VERSIONS = ("1", '"x"', '"1","2"', "*", '"9999999999"', 'W/"1"')


def commands(townships: Townships) -> list[Operation]:
    run = townships.doors.run
    """But for those of residents, who have no token: tests/attack/test_residents.py."""
    return [
        each
        for each in operations(run, *LEDGER_KEEPERS)
        if each.is_command and each.template not in RESIDENT_ROUTES
    ]


def test_every_command_that_is_documented_is_tried(townships: Townships) -> None:
    assert {each.template for each in commands(townships)} == set(WISHES)


@pytest.fixture(scope="module")
async def attacks(townships: Townships, request: pytest.FixtureRequest) -> Mapping[str, "Attack"]:
    """Of every command that is tried, each on a record of its own, in a system that is quiet."""
    selected = {
        item.callspec.params.get("template")
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.path == request.path
        and hasattr(item, "callspec")
    }
    known = {each.template: each for each in commands(townships)}
    prepared = {
        template: Attack(townships, known[template], wish)
        for template, wish in WISHES.items()
        if template in selected
    }
    for attack in prepared.values():
        attack.prepare()
    for attack in prepared.values():
        await attack.followed_up()
    await eventually(lambda: is_quiet(townships), within=PATIENCE)
    return prepared


async def is_quiet(townships: Townships) -> bool:
    """Whether nothing is written or taken in any more: what follows in other ledgers has come."""
    before = all_held(townships)
    # a rule of grid may raise a warning a moment after a record that has fired it
    await asyncio.sleep(2)
    return all_held(townships) == before


def all_held(townships: Townships) -> list[dict[str, object]]:
    return [held(townships.doors.run, service, also=TAKEN_IN) for service in LEDGER_KEEPERS]


@pytest.mark.parametrize("template", WISHES)
async def test_what_is_wrong_is_named_by_a_stable_type_and_nothing_is_written(
    townships: Townships, attacks: Mapping[str, "Attack"], template: str
) -> None:
    attack = attacks[template]
    before = held(townships.doors.run, attack.operation.service)
    tried = [(name, problem(answer), expected) for name, answer, expected in attack.all()]
    assert held(townships.doors.run, attack.operation.service) == before
    assert [each for each in tried if each[1] != each[2]] == []
    assert len(tried) > 40


class Attack:
    """Bad requests to one command, about a record that stands where good ones would be taken."""

    def __init__(self, townships: Townships, operation: Operation, wish: Wish) -> None:
        self.townships, self.operation = townships, operation
        self.wish = townships.wish(wish)
        self.record = townships.fresh(wish.record or operation.stream or "case_id")

    def prepare(self) -> None:
        """A good request under a key, so that this route is known to take what it should."""
        if self.wish.names_upload:
            digest = self.townships.upload(self.operation.service, self.record)
            self.wish = self.wish.of_paper(digest)
        for verb, body in self.wish.after:
            path = f"{self.operation.template.rpartition('/')[0]}/{verb}"
            step = replace(self.operation, template=path)
            role = Role.CLERK if is_the_offices((verb, body)) else self.wish.steps_by
            bearer = self.townships.bearer(role, self.wish.scope, self.wish.unit)
            answer = self.townships.request(step, bearer, record=self.record, json=body)
            assert answer.status_code == 200, f"{step}: {answer.text}"
            shown = answer.json()
            self.wish = self.wish.of_paper(shown.get("digest", SOME_PAPER))
            self.wish = self.wish.of_reveal(shown.get("reveal_id"))
            self.wish = self.wish.of_part(shown)
        good = self.send(json=self.wish.body, headers={"Idempotency-Key": self.record})
        assert good.status_code in {200, 201}, f"{self.operation}: {good.text}"

    async def followed_up(self) -> None:
        """What follows of itself, such as the note of what mediation answered, has come."""
        if self.operation.template.endswith("/refer-to-mediation"):
            here = Mediating(self.townships.doors, HERE)
            await eventually(lambda: here.has_heard(self.record, "not-taken-up"), within=PATIENCE)
        if self.operation.template.endswith("/convert"):
            await eventually(self._is_taken_up, within=PATIENCE)

    def _is_taken_up(self) -> bool:
        """Whether grid has noted that the case is filed to which the report was converted."""
        shown = self.townships.doors.get("grid", f"/reports/{self.record}", HERE)
        return bool(shown.json()["outcome"] == "taken-up")

    def send(
        self,
        role: Role | None = None,
        scope: str | None = None,
        record: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        bearer = self.townships.bearer(
            role or self.wish.role, scope or self.wish.scope, self.wish.unit
        )
        return self.townships.request(self.operation, bearer, record=record or self.record, **more)

    def all(self) -> Tried:
        yield from self.bodies()
        yield from self.headers()
        yield from self.moments()
        yield from self.records()
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
            reused = self.send(json=self.wish.other, headers={"Idempotency-Key": self.record})
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

    def records(self) -> Tried:
        kind = self.operation.stream
        if kind is None:
            return
        there = self.townships.of_there.ids[kind]
        for record in (NOWHERE, there, NOWHERE.replace(HERE, "519901171")):
            answer = self.send(json=self.wish.body, record=record, scope=HERE)
            yield f"{kind} {record}", answer, (STREAMS[kind], 404)
        for record in (
            "x",
            "..%2f..%2fetc",
            "%00",
            f"{self.record}%0d%0aX:1",
            f"{self.record}%20",
            "٣",
        ):
            answer = self.send(json=self.wish.body, record=record)
            expected = ("not-found", 404) if "%2f" in record else ("invalid-input", 422)
            yield f"{kind} {record}", answer, expected


def test_another_townships_record_is_refused_in_the_words_for_none_at_all(
    townships: Townships,
) -> None:
    for operation in operations(townships.doors.run, *LEDGER_KEEPERS):
        if operation.stream is not None:
            there = townships.of_there.ids[operation.stream]
            told = [told_of(townships, operation, record) for record in (NOWHERE, there)]
            assert told[0] == told[1], operation


def told_of(townships: Townships, operation: Operation, record: str) -> dict[str, Any]:
    """The refusal, without the one member that is every request's own."""
    body = None
    if operation.is_command:
        body = townships.wish(WISHES[operation.template]).body
    bearer = townships.bearer(Role.TOWNSHIP_LEADER, HERE)
    answer = townships.request(operation, bearer, record=record, json=body)
    told: dict[str, Any] = answer.json()
    assert answer.status_code == told["status"] == 404
    return {name: value for name, value in told.items() if name != "correlation_id"}
