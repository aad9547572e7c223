"""Every declared metric keeps the rules for names and labels."""

import re

import pytest
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics import MetricWrapperBase

from shared import metrics

CLOSED = {
    "kind",
    "service",
    "source",
    "method",
    "route",
    "status",
    "type",
    "view",
    "clock",
    "level",
}
UNITS = ("_total", "_seconds", "_events", "_bytes", "_ratio")
# counts of things that are there now: the things are the unit; or 1 while something is so
THINGS = {
    "concord_clock_refuses",
    "concord_consumer_ledgers_waiting",
    "concord_due_rows_parked",
    "concord_ledgers_rewritten",
    "concord_seals_not_copied",
}
FROM_ELSEWHERE = {"http_request_duration_seconds"}

DECLARED = {
    name: metric for name, metric in vars(metrics).items() if isinstance(metric, MetricWrapperBase)
}


def name_of(metric: MetricWrapperBase) -> str:
    return f"{metric._name}_total" if isinstance(metric, Counter) else str(metric._name)


@pytest.mark.parametrize("metric", DECLARED.values(), ids=DECLARED.keys())
def test_a_metric_is_named_after_what_and_its_unit(metric: MetricWrapperBase) -> None:
    name = name_of(metric)
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
    assert name.startswith("concord_") or name in FROM_ELSEWHERE
    assert name.endswith(UNITS) or name in THINGS


@pytest.mark.parametrize("metric", DECLARED.values(), ids=DECLARED.keys())
def test_labels_are_closed_sets(metric: MetricWrapperBase) -> None:
    assert set(metric._labelnames) <= CLOSED


@pytest.mark.parametrize("metric", DECLARED.values(), ids=DECLARED.keys())
def test_a_metric_says_what_it_counts(metric: MetricWrapperBase) -> None:
    assert len(metric._documentation.split()) > 3


def test_only_counters_are_totals() -> None:
    for metric in DECLARED.values():
        assert isinstance(metric, Counter | Gauge | Histogram)
        assert isinstance(metric, Counter) == name_of(metric).endswith("_total")
