"""The id of a request is that of what is logged while its event is followed, and of nothing else."""

import dataclasses
from typing import Any, cast

import structlog

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseWithdrawn
from shared.correlation import carried, correlation_id
from shared.office.following import Following
from shared.postgres import Connection
from tests.shared.streams import SOURCE
from tests.shared.test_following import WITHDRAWN
from tests.shared.test_following import published as event_of

FIRST, SECOND = "0" * 32, "1" * 32
NO_DATABASE = cast("Connection", None)


async def test_each_followed_event_brings_its_own_id() -> None:
    seen: list[str | None] = []

    async def note(_: RecordedEvent, __: Event) -> None:
        seen.append(correlation_id())
        structlog.get_logger().info("followed")

    policies: Any = {CaseWithdrawn.kind: note}
    following = Following(service="trial", source=SOURCE, policies=policies)
    event = event_of(1, type(WITHDRAWN))
    given = [dataclasses.replace(event, correlation_id=each) for each in (FIRST, None, SECOND)]
    before = correlation_id()
    await following.apply(NO_DATABASE, given)
    assert seen == [FIRST, None, SECOND]
    assert correlation_id() == before


def test_after_the_event_the_id_is_that_of_before() -> None:
    with carried(FIRST):
        with carried(SECOND):
            assert correlation_id() == SECOND
        assert correlation_id() == FIRST
