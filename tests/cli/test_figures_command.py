"""`concord figures`: what it asks the stats service, and what it says the figures are of."""

from typing import Any, cast

import pytest
from typer.testing import CliRunner

from cli import figures_api
from cli.evidence import evidence_line, evidence_of
from cli.main import build_app
from cli.refusals import BadInput
from cli.system import System

ANSWER = {"division": "519900", "period": "2026", "as_of": {}, "figures": []}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The questions that came to the stats service."""
    questions: list[dict[str, Any]] = []

    def ask(_system: object, _path: str, wanted: dict[str, Any]) -> dict[str, Any]:
        questions.append(wanted)
        return ANSWER | {"by": wanted["by"]}

    monkeypatch.setattr(figures_api, "ask", ask)
    monkeypatch.setenv("CONCORD_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("CONCORD_TOKEN", "token")
    return questions


def told(*options: str) -> str:
    words = ["figures", "--division", "519900", "--period", "2026", *options]
    outcome = CliRunner().invoke(build_app(), words)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout.splitlines()[0]


def test_figures_are_of_the_days_on_which_things_occurred(asked: list[dict[str, Any]]) -> None:
    assert told() == "519900, 2026"
    assert asked[0]["by"] == "occurred"


def test_figures_of_a_committee_are_asked_for(asked: list[dict[str, Any]]) -> None:
    told("--committee", "519900101-0198a5c0-0000-7000-8000-000000000040")
    assert asked[0]["committee"].startswith("519900101-")


def test_figures_of_urgent_reports_from_a_source_are_asked_for(
    asked: list[dict[str, Any]],
) -> None:
    told("--urgency", "urgent", "--source", "patrol")
    assert (asked[0]["urgency"], asked[0]["source"]) == ("urgent", "patrol")


def test_evidence_names_whatever_is_counted() -> None:
    events = [{"position": "mediation/519900101@2"}, {"position": "mediation/519900101@4"}]
    line = evidence_line({"mediation_id": "519900101-1", "events": events})
    assert line == "519900101-1  mediation/519900101@2  mediation/519900101@4"


def test_the_days_of_recording_are_asked_for_and_said(asked: list[dict[str, Any]]) -> None:
    assert told("--by", "recorded") == "519900, 2026, by the days of recording"
    assert asked[0]["by"] == "recorded"


def test_an_earlier_version_is_asked_for_by_id_and_number(asked: list[dict[str, Any]]) -> None:
    told("--only", "resolution_rate@1,cases_filed")
    assert asked[0]["ids"] == "resolution_rate@1,cases_filed"


def test_evidence_of_an_earlier_version_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[tuple[str, dict[str, Any]]] = []

    def ask(_system: object, path: str, wanted: dict[str, Any]) -> dict[str, Any]:
        questions.append((path, wanted))
        return {"items": [], "next": None}

    monkeypatch.setattr("cli.evidence.ask", ask)
    system = cast("System", None)
    assert list(evidence_of(system, "resolution_rate@1", {"period": "2026"})) == []
    assert list(evidence_of(system, "resolution_rate", {"period": "2026"})) == []
    (path, first), (_, second) = questions
    assert path == "/figures/resolution_rate/evidence"
    assert (first["version"], second["version"]) == ("1", None)
    with pytest.raises(BadInput):
        list(evidence_of(system, "resolution_rate@first", {"period": "2026"}))
