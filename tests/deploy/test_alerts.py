"""Every alert speaks of metrics that there are, has its section and is seen to fire."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import Counter
from prometheus_client.metrics import MetricWrapperBase

from services.stats.api.gauges import NAMES
from shared import metrics

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
UNIT_TESTS = Path(__file__).with_name("alerts_test.yml")
PROMTOOL = shutil.which("promtool")
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
    "concord_unsealed_seconds",
    "concord_backup_age_seconds",
    "concord_disk_free_ratio",
    "concord_issuer_certificate_ends_timestamp_seconds",
}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


RULES = [rule for rule in rules() if "alert" in rule]
NAMED = [str(rule["alert"]) for rule in RULES]


def expressions() -> dict[str, str]:
    """The condition of each alert by its name."""
    return {rule["alert"]: rule["expr"] for rule in RULES}


def test_what_a_worker_and_a_clock_are_late_with_is_told_of_every_service() -> None:
    """So of grid, too: lag of its worker and of stats' on its topic, due rows of its reports."""
    for name in ("ConsumerBehind", "DueRowsLate", "DueRowsParked", "EventsParked"):
        assert "{" not in expressions()[name]


def test_an_alert_speaks_of_townships_and_services_and_never_of_a_worker() -> None:
    text = ALERTS.read_text(encoding="utf-8")
    labels = set(re.findall(r"\$labels\.(\w+)", text))
    assert labels <= {"service", "source", "kind", "type", "instance", "division"}


def test_every_metric_of_an_alert_is_declared() -> None:
    named = {name for each in rules() for name in re.findall(r"\bconcord_\w+", each["expr"])}
    assert named >= NEEDED
    assert named <= DECLARED
    recorded = {each["record"] for each in rules() if "record" in each}
    asked = {name for each in rules() for name in re.findall(r"\bconcord:[\w:]+", each["expr"])}
    assert asked <= recorded


def test_no_two_alerts_have_one_name() -> None:
    assert len(NAMED) == len(set(NAMED)) == 24


@pytest.mark.parametrize("rule", RULES, ids=NAMED)
def test_an_alert_has_its_section_and_names_it(rule: dict[str, Any]) -> None:
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    sections = re.findall(r"^## (\w+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert rule["alert"] in sections
    assert anchor == rule["alert"].lower()


@pytest.mark.parametrize("alert", NAMED)
def test_an_alert_is_seen_to_fire_and_not_to_fire(alert: str) -> None:
    """The unit tests are promtool's; here it is only read that there are both of each."""
    firing = {True: 0, False: 0}
    for trial in yaml.safe_load(UNIT_TESTS.read_text(encoding="utf-8"))["tests"]:
        for asked in trial["promql_expr_test"]:
            if f'alertname="{alert}"' in asked["expr"]:
                firing[bool(asked["exp_samples"])] += 1
    assert all(firing.values())


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not on PATH (Debian: prometheus)")
def test_promtool_finds_the_rules_good_and_their_unit_tests_hold() -> None:
    assert PROMTOOL
    for asked in (["check", "rules", str(ALERTS)], ["test", "rules", str(UNIT_TESTS)]):
        done = subprocess.run(
            [PROMTOOL, *asked], capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
