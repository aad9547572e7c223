"""What an alert watches exists before its first event: it sees no increase in what appears with 1."""

import asyncio
import re

import pytest
from prometheus_client import REGISTRY

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseWithdrawn
from shared.due.settling import begin_counting
from shared.office.following import Following
from shared.refusals import Refusal
from shared.streaming.reports import Reports
from tests.shared.doors import knocking, sample_app
from tests.shared.streams import SOURCE
from tests.shared.test_following import published

SERVICE = "from-zero"


def sample(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, {"service": SERVICE, **labels})


class NotAllowed(Refusal):
    """No."""


async def refuse(_: RecordedEvent, __: Event) -> None:
    raise NotAllowed


def test_parked_messages_and_gaps_are_counted_from_0() -> None:
    assert sample("concord_dead_letters_total", source="/somewhere") is None
    Reports("concord.somewhere", "/somewhere", service=SERVICE)
    assert sample("concord_dead_letters_total", source="/somewhere") == 0
    assert sample("concord_consumer_gaps_total", source="/somewhere") == 0


def test_a_follow_up_that_is_refused_is_counted_from_0() -> None:
    kind = CaseWithdrawn.kind
    following = Following(service=SERVICE, source=SOURCE, policies={kind: refuse})
    for status in ("done", "refused"):
        assert sample("concord_follow_ups_total", kind=kind, status=status) == 0
    event = published(1, CaseWithdrawn)
    asyncio.run(following._follow(refuse, event))
    assert sample("concord_follow_ups_total", kind=kind, status="refused") == 1
    assert sample("concord_follow_ups_total", kind=kind, status="done") == 0
    assert sample("concord_follow_ups_refused_total", kind=kind, type="not-allowed") == 1


@pytest.mark.parametrize("status", ["done", "refused", "waiting", "parked", "tried"])
def test_due_rows_are_counted_from_0_by_what_comes_of_them(status: str) -> None:
    begin_counting(SERVICE, "some-kind")
    assert sample("concord_due_rows_total", kind="some-kind", status=status) == 0


async def test_every_route_counts_its_faults_from_0() -> None:
    async with knocking(sample_app()) as client:
        paths = (await client.get("/openapi.json")).json()["paths"]
        page = (await client.get("/metrics")).text
    counted = set(
        re.findall(
            r'concord_http_requests_total{method="(\w+)",route="([^"]+)",service="sample",status="(5..)"}',
            page,
        )
    )
    for path, methods in paths.items():
        for method in methods:
            assert {(method.upper(), path, "500"), (method.upper(), path, "503")} <= counted


async def test_answers_are_counted_by_status() -> None:
    labels = {"service": "sample", "method": "GET", "route": "/numbers", "status": "401"}
    before = REGISTRY.get_sample_value("concord_http_requests_total", labels) or 0
    async with knocking(sample_app()) as client:
        await client.get("/numbers")
    assert REGISTRY.get_sample_value("concord_http_requests_total", labels) == before + 1
