"""Every alert speaks of metrics that there are."""

import re
from pathlib import Path

from prometheus_client import Counter
from prometheus_client.metrics import MetricWrapperBase

from shared import metrics

ALERTS = Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "alerts.yml"
DECLARED = {
    f"{metric._name}_total" if isinstance(metric, Counter) else metric._name
    for metric in vars(metrics).values()
    if isinstance(metric, MetricWrapperBase)
}
NEEDED = {
    "concord_parked_events",
    "concord_consumer_ledgers_waiting",
    "concord_consumer_gaps_total",
    "concord_relay_lag_seconds",
    "concord_consumer_lag_events",
}


def test_every_metric_of_an_alert_is_declared() -> None:
    expressions = re.findall(r"^\s+expr: (.*)$", ALERTS.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for each in expressions for name in re.findall(r"\bconcord_\w+", each)}
    assert named >= NEEDED
    assert named <= DECLARED
