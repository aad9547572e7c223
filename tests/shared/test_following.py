"""A follower of an older release loses nothing of what a later release publishes."""

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import ClassVar

import pytest

from shared.cloudevents import RecordedEvent
from shared.contracts import catalogue
from shared.contracts.event import Event
from shared.contracts.intake import CaseWithdrawn
from shared.ledger import ClockNotBelieved
from shared.office.following import Following
from shared.postgres import new_pool
from shared.streaming.dead_letters import DeadLetters, Replayed
from tests.shared.ledgers import COUNTY, DIVISION
from tests.shared.streams import SOURCE, Trial, event, until

pytestmark = pytest.mark.parts

CASE_ID = "519900101-0198a5c0-0000-7000-8000-000000000001"
WITHDRAWN = CaseWithdrawn(case_id=CASE_ID, matter_id=CASE_ID, statement_recorded=True)


class CaseMerged(Event):
    """A kind that a later release adds."""


class CaseReopened(Event):
    """A kind of this release in a later version."""

    schema_version: ClassVar[int] = 2


def published(sequence: int, later: type[Event]) -> RecordedEvent:
    """The second event is a later release's."""
    fact = later() if sequence == 2 else WITHDRAWN
    return dataclasses.replace(
        event(sequence),
        kind=fact.kind,
        schema_version=fact.schema_version,
        data=fact.to_canonical(),
    )


class Follower:
    """Notes which events its policies were given, each once: a command's receipt knows a repeat."""

    def __init__(self, *followed: type[Event]) -> None:
        self.given: list[int] = []
        policies = {each.kind: self._note for each in followed}
        self.following = Following(service="trial", source=SOURCE, policies=policies)

    async def _note(self, given: RecordedEvent, _: Event) -> None:
        if given.sequence not in self.given:
            self.given.append(given.sequence)


async def replayed(trial: Trial, follower: Follower) -> Sequence[Replayed]:
    async with new_pool(trial.database.dsn, name="replay", size=1) as pool:
        letters = DeadLetters(pool, follower.following, county=COUNTY)
        return [done async for done in letters.replay()]


async def test_a_clock_that_is_not_believed_is_waited_for(trial: Trial) -> None:
    """Nothing is refused or parked by it: the events are given when it is right."""
    follower = Follower(CaseWithdrawn)
    is_right = asyncio.Event()
    note = follower.following.policies[CaseWithdrawn.kind]

    async def append(given: RecordedEvent, fact: Event) -> None:
        if not is_right.is_set():
            waited.set()
            raise ClockNotBelieved("not now")
        await note(given, fact)

    waited = asyncio.Event()
    policies = {CaseWithdrawn.kind: append}
    following = Following(service="trial", source=SOURCE, policies=policies)
    await trial.send(
        [
            dataclasses.replace(
                event(sequence),
                kind=WITHDRAWN.kind,
                schema_version=WITHDRAWN.schema_version,
                data=WITHDRAWN.to_canonical(),
            )
            for sequence in range(1, 4)
        ]
    )
    async with trial.worker(following):
        await asyncio.wait_for(waited.wait(), 30)
        is_right.set()
        await until(lambda: len(follower.given) == 3, what="what waited")
    assert trial.parked() == []


@pytest.mark.parametrize("later", [CaseMerged, CaseReopened], ids=["a kind", "a version"])
async def test_it_waits_with_the_event_until_the_later_release_follows_it(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, later: type[Event]
) -> None:
    await trial.send([published(sequence, later) for sequence in range(1, 5)])
    old, new = Follower(CaseWithdrawn), Follower(CaseWithdrawn, later)
    async with trial.worker(old.following):
        await until(lambda: len(trial.parked()) == 1, what="the parked event")
    assert old.given == [1]
    monkeypatch.setitem(catalogue._CLASSES, later.kind, later)
    async with trial.worker(new.following):
        assert await replayed(trial, new) == [Replayed(DIVISION, 2, None)]
        await until(lambda: len(new.given) == 3, what="what waited")
    assert new.given == [2, 3, 4]
