"""Every alert speaks of metrics that there are."""

import re
from pathlib import Path

from prometheus_client import Counter
from prometheus_client.metrics import MetricWrapperBase

from services.stats.api.gauges import NAMES
from shared import metrics

ALERTS = Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "alerts.yml"
DECLARED = {
    f"{metric._name}_total" if isinstance(metric, Counter) else metric._name
    for metric in vars(metrics).values()
    if isinstance(metric, MetricWrapperBase)
} | NAMES
NEEDED = {
    "concord_parked_events",
    "concord_consumer_ledgers_waiting",
    "concord_consumer_gaps_total",
    "concord_relay_lag_seconds",
    "concord_consumer_lag_events",
    "concord_clock_scheduler_lag_seconds",
    "concord_grid_reports_unchecked_seconds",
    "concord_warnings_red_unacknowledged_seconds",
}


def expressions() -> dict[str, str]:
    """The condition of each alert by its name."""
    text = ALERTS.read_text(encoding="utf-8")
    names = re.findall(r"^\s+- alert: (.*)$", text, re.MULTILINE)
    return dict(zip(names, re.findall(r"^\s+expr: (.*)$", text, re.MULTILINE), strict=True))


def test_what_a_worker_and_a_clock_are_late_with_is_told_of_every_service() -> None:
    """So of grid, too: lag of its worker and of stats' on its topic, due rows of its reports."""
    for name in ("ConsumerBehind", "DueRowsLate", "DueRowsParked", "EventsParked"):
        assert "{" not in expressions()[name]


def test_an_alert_speaks_of_townships_and_services_and_never_of_a_worker() -> None:
    text = ALERTS.read_text(encoding="utf-8")
    labels = set(re.findall(r"\$labels\.(\w+)", text))
    assert labels <= {"service", "source", "kind", "type", "instance", "division"}


def test_every_metric_of_an_alert_is_declared() -> None:
    named = {
        name for each in expressions().values() for name in re.findall(r"\bconcord_\w+", each)
    }
    assert named >= NEEDED
    assert named <= DECLARED
