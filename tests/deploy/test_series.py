"""How many series a county of thirty townships has, if every route is asked in every way."""

from collections import Counter
from datetime import UTC, datetime
from importlib import import_module

import pytest

from services.stats.api.gauge_reading import Reading
from services.stats.api.gauges import AGES, GAUGES
from shared.contracts.catalogue import published_kinds
from shared.http import build_app
from shared.keys import Keys
from shared.metrics import HTTP_REQUEST_DURATION
from shared.refusals import Refusal
from shared.services import SERVICES, Service
from shared.testing.tokens import TokenMaker

TOWNSHIPS = [f"519900{number}" for number in range(101, 131)]
PERIODS = ("year", "month", "day")
MOST = 20_000
_SUM_AND_COUNT = 2
_METHODS = {"get", "put", "post", "delete", "patch"}
_ALWAYS = {"401", "403", "404", "422", "500", "503"}
_OF_DUE_ROWS = 1_000
"""Kinds of due rows by what came of them, in servers and workers: more than there are."""
_OF_A_PROCESS = 30
"""What the library itself tells of each of nine processes, and single gauges."""


def figures() -> int:
    """Every gauge of every township, where everything has been counted."""
    counts = {
        (township, period): Counter({term: 2 for gauge in GAUGES for term in gauge.terms()})
        for township in TOWNSHIPS
        for period in PERIODS
    }
    now = datetime.now(UTC)
    waiting = {age: dict.fromkeys(TOWNSHIPS, now) for age in AGES}
    return sum(len(family.samples) for family in Reading(counts, waiting).collect())


def of_routes(service: Service) -> int:
    """A histogram of each route, and its answers by each status that it documents."""
    server = import_module(service.module("server"))
    document = build_app(
        service=service.name,
        routers=server.ROUTERS,
        verifier=TokenMaker().verifier(),
        keys=Keys(bytes(range(32))),
    ).openapi()
    buckets = len(HTTP_REQUEST_DURATION._upper_bounds) + _SUM_AND_COUNT
    return sum(
        buckets
        + len({status for status in item[method]["responses"] if status.isdigit()} | _ALWAYS)
        for item in document["paths"].values()
        for method in _METHODS & item.keys()
    )


def refusals() -> int:
    """Problem types, once all services are known."""

    def below(kind: type[Refusal]) -> set[str]:
        return {kind.slug}.union(*map(below, kind.__subclasses__()))

    return len(below(Refusal))


def counted() -> dict[str, int]:
    """By what they are of; refusals as if each service gave every one."""
    routes = sum(map(of_routes, SERVICES))
    return {
        "figures": figures(),
        "routes": routes,
        "refusals": refusals() * len(SERVICES),
        "follow-ups": len(list(published_kinds())) * len(SERVICES) * 2,
        "due rows": _OF_DUE_ROWS,
        "processes": _OF_A_PROCESS * 9,
    }


@pytest.mark.slow
def test_thirty_townships_stay_within_the_number_of_series() -> None:
    found = counted()
    assert found["figures"] > len(TOWNSHIPS) * len(PERIODS) * 10
    assert sum(found.values()) <= MOST, found
