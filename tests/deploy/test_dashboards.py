"""Dashboards ask only for what is declared, in queries that can be read, and are as committed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
from prometheus_client import Histogram
from prometheus_client.metrics import MetricWrapperBase

from deploy.grafana import queries
from deploy.grafana.document import DASHBOARDS, write
from deploy.grafana.queries import Declared, figure, name_of, per_second, series
from services.stats.api import gauges
from shared import metrics

COMMITTED = Path(__file__).resolve().parents[2] / "deploy" / "grafana" / "dashboards"
MACHINERY = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]


def by_name() -> dict[str, Declared]:
    """What is declared, under each name that a query may use."""
    found: dict[str, Declared] = {}
    for metric in (*MACHINERY, *gauges.DECLARED):
        suffixes = ("_bucket", "_sum", "_count") if isinstance(metric, Histogram) else ("",)
        found |= {name_of(metric) + suffix: metric for suffix in suffixes}
    return found


DECLARED = by_name()


def asked() -> Iterator[tuple[str, str]]:
    """Every query of every committed dashboard, with where it is."""
    for file in sorted(COMMITTED.glob("*.json")):
        for panel in json.loads(file.read_text(encoding="utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{file.stem}: {panel['title']} {target['refId']}", target["expr"]


ASKED = dict(asked())


def selectors(query: str) -> list[Any]:
    found: list[Any] = []

    def visit(expression: Any) -> bool:
        if isinstance(expression, promql_parser.VectorSelector):
            found.append(expression)
        if isinstance(expression, promql_parser.MatrixSelector):
            found.append(expression.vector_selector)
        return True

    promql_parser.walk(promql_parser.parse(query), pre_visit=visit)
    return found


def test_the_committed_dashboards_are_the_generated_ones(tmp_path: Path) -> None:
    (tmp_path / "gone.json").touch()
    write(tmp_path)
    made = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    there = {file.name: file.read_text(encoding="utf-8") for file in COMMITTED.iterdir()}
    assert made == there
    assert set(made) == {"county.json", "township.json", "service.json", "kafka.json"}


@pytest.mark.parametrize("place", ASKED)
def test_a_query_is_read_and_names_what_is_declared(place: str) -> None:
    found = selectors(ASKED[place])
    assert found
    for selector in found:
        metric = DECLARED[selector.name]
        labels = {matcher.name for matcher in selector.matchers.matchers}
        assert labels <= {*queries._labels(metric)}


def test_a_metric_or_label_that_is_not_declared_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        figure("concord_cases_of_a_person")
    with pytest.raises(ValueError, match="no label 'case_id'"):
        series(figure("concord_cases_accepted"), case_id="x")
    with pytest.raises(ValueError, match="no label 'person'"):
        per_second(metrics.REFUSALS, "person")


def test_every_variable_of_a_query_can_be_chosen() -> None:
    for dashboard in DASHBOARDS:
        page = json.loads(dashboard.to_json())
        chosen = {each["name"] for each in page["templating"]["list"]}
        used = set(re.findall(r"\$\{?(\w+)", json.dumps(page["panels"])))
        assert "datasource" in used
        assert used <= chosen


IS_OF = {
    "concord_resolution_ratio": "concord_cases_accepted",
    "concord_mediation_ratio": "concord_mediations_ended",
    "concord_patrol_coverage_ratio": "concord_patrols_due",
}


@pytest.mark.parametrize("name", ["county", "township"])
def test_a_rate_is_shown_with_what_it_is_of(name: str) -> None:
    text = json.dumps([query for place, query in ASKED.items() if place.startswith(name)])
    shown = set(re.findall(r"\bconcord_\w+_ratio\b", text))
    assert shown >= {"concord_resolution_ratio", "concord_mediation_ratio"}
    for ratio in shown:
        among = IS_OF[ratio]
        alone = text.replace(f"* on (division, period) {among}", "")
        assert among in alone


def test_titles_are_unique_on_a_page() -> None:
    for dashboard in DASHBOARDS:
        titles = [panel.title for panel in dashboard.panels]
        assert len(titles) == len(set(titles)), dashboard.name
