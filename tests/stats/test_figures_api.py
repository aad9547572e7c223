"""`GET /figures` and `GET /measures`: what outsiders rely on, and who may ask."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.stats.domain.measures import MEASURES
from shared.identity import Role
from shared.times import china_day, to_wire
from tests.stats.doors import Doors
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

pytestmark = pytest.mark.parts
HERE, THERE = f"intake/{TOWNSHIP}", f"intake/{NEIGHBOUR}"


@pytest.fixture
def ledger() -> Ledger:
    """Three cases of 2025, two of them accepted, one of these resolved and one diverted."""
    ledger = Ledger()
    first, second, _ = (ledger.file("2025-03-04") for _ in range(3))
    ledger.accept(first, "2025-03-05")
    ledger.accept(second, "2025-03-05")
    ledger.resolve(first, "2025-03-06")
    ledger.divert(second, "2025-03-06")
    return ledger


async def test_figures_come_as_the_published_object(doors: Doors, ledger: Ledger) -> None:
    await doors.fold(ledger.events)
    found = await doors.figures("2025")
    assert (found["division"], found["period"], found["by"]) == (TOWNSHIP, "2025", "occurred")
    assert found["as_of"] == {HERE: 7}
    assert [figure["id"] for figure in found["figures"]] == list(MEASURES)
    assert found["resolution_rate"] == {
        "id": "resolution_rate",
        "version": 2,
        "name": {"zh": "化解率", "en": "resolution rate"},
        "value": "50.0",
        "unit": "percent",
        "numerator": 1,
        "denominator": 2,
        "cohort": "accepted in the period, linked duplicates left out",
        "excluded": {"linked": 0},
        "beside": {"withdrawn": 0, "diverted": 1, "declined": 0, "grounds_not_recorded": 1},
        "note": None,
        "basis": MEASURES["resolution_rate"].basis,
        "evidence": f"/figures/resolution_rate/evidence?division={TOWNSHIP}&period=2025",
    }
    filed = found["cases_filed"]
    assert (filed["value"], filed["unit"]) == ("3", "件")
    assert filed["numerator"] is filed["denominator"] is None


async def test_some_figures_are_asked_for_by_their_ids(doors: Doors) -> None:
    found = await doors.figures(ids="cases_closed,cases_filed")
    assert [figure["id"] for figure in found["figures"]] == ["cases_closed", "cases_filed"]
    assert (await doors.get("/figures", division=COUNTY, period="all", ids="x")).status_code == 404


async def test_an_earlier_version_is_given_where_it_is_asked_for(
    doors: Doors, ledger: Ledger
) -> None:
    await doors.fold(ledger.events)
    for query in ({"ids": "resolution_rate", "version": 1}, {"ids": "resolution_rate@1"}):
        found = await doors.figures("2025", **query)
        rate = found["resolution_rate"]
        assert (rate["version"], rate["beside"]) == (
            1,
            {"withdrawn": 0, "diverted": 1, "linked": 0},
        )
        assert rate["evidence"].endswith("&version=1")
        evidence = await doors.get(
            "/figures/resolution_rate/evidence", division=TOWNSHIP, period="2025", version=1
        )
        assert (evidence.json()["version"], len(evidence.json()["items"])) == (1, 1)
    of_version_1 = await doors.figures("2025", version=1)
    assert {figure["version"] for figure in of_version_1["figures"]} == {1}


@pytest.mark.parametrize("path", ["/figures", "/figures/resolution_rate/evidence"])
async def test_an_unknown_version_is_refused_with_those_that_there_are(
    doors: Doors, path: str
) -> None:
    asked: dict[str, Any] = {"division": COUNTY, "period": "all", "version": 3}
    if path == "/figures":
        asked["ids"] = "resolution_rate"
    answer = await doors.get(path, **asked)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (404, "/problems/unknown-version")
    assert (problem["figure"], problem["versions"]) == ("resolution_rate", "1, 2")


async def test_the_positions_of_an_answer_give_the_same_figures_again(
    doors: Doors, ledger: Ledger
) -> None:
    await doors.fold(ledger.events[:5])
    before = await doors.figures("2025")
    await doors.fold(ledger.events[5:])
    as_of = ",".join(f"{name}@{position}" for name, position in before["as_of"].items())
    again = await doors.figures("2025", as_of=as_of, horizon=before["horizon"])
    assert (again["as_of"], again["horizon"]) == (before["as_of"], before["horizon"])
    for figure in before["figures"]:
        link = again[figure["id"]].pop("evidence")
        assert f"as_of=intake%2F{TOWNSHIP}%405&horizon={before['horizon']}" in link
        assert again[figure["id"]] == {k: v for k, v in figure.items() if k != "evidence"}
    assert await doors.figures("2025") != before


async def test_a_time_of_recording_may_be_asked_for(doors: Doors, ledger: Ledger) -> None:
    await doors.fold(ledger.events)
    found = await doors.figures(as_of=to_wire(ledger.events[1].recorded_at))
    assert found["as_of"] == {HERE: 2}
    assert found["cases_filed"]["value"] == "2"


async def test_the_days_of_recording_may_be_asked_for(doors: Doors, ledger: Ledger) -> None:
    await doors.fold(ledger.events)
    found = await doors.figures("2026", by="recorded")
    assert found["by"] == "recorded"
    assert found["cases_filed"]["value"] == "3"
    link = found["cases_filed"]["evidence"]
    assert link == f"/figures/cases_filed/evidence?division={TOWNSHIP}&period=2026&by=recorded"
    assert (await doors.figures("2026"))["cases_filed"]["value"] == "0"


async def test_terms_are_judged_by_the_day_that_is_asked_for(doors: Doors) -> None:
    ledger = Ledger()
    for _ in range(5):
        ledger.file("2026-01-01")
    await doors.fold(ledger.events)
    due = "timely_acceptance_rate"
    for day, wanted in (("2026-01-16", 0), ("2026-01-17", 5)):
        found = await doors.figures("2026", horizon=day)
        assert (found["horizon"], found[due]["denominator"]) == (day, wanted)
        evidence = await doors.get(
            f"/figures/{due}/evidence",
            division=TOWNSHIP,
            period="2026",
            part="denominator",
            horizon=day,
        )
        assert (evidence.json()["horizon"], len(evidence.json()["items"])) == (day, wanted)
    assert (await doors.figures("2026"))["horizon"] == china_day(datetime.now(UTC)).isoformat()


async def test_a_village_and_a_category_narrow_the_figures(doors: Doors) -> None:
    ledger, village = Ledger(), f"{TOWNSHIP}001"
    ledger.file("2025-03-04", village=village)
    ledger.file("2025-03-04")
    await doors.fold(ledger.events)
    for query in ({"village": village}, {"division": village}):
        found = await doors.figures(**query)
        assert found["cases_filed"]["value"] == "1"
        assert found["village"] == village
        assert f"village={village}" in found["cases_filed"]["evidence"]
    assert (await doors.figures(category="labour"))["cases_filed"]["value"] == "0"


async def test_a_read_waits_until_it_can_show_what_was_saved(doors: Doors, ledger: Ledger) -> None:
    waiting = asyncio.create_task(doors.figures(at_least=f"{HERE}@7", ids="cases_filed"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await doors.fold(ledger.events)
    assert (await waiting)["as_of"] == {HERE: 7}


async def test_a_position_that_does_not_come_is_not_waited_for_forever(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.http.position_waits.WITHIN", 0.1)
    asked: dict[str, Any] = {"division": TOWNSHIP, "period": "all"}
    for name in ("at_least", "as_of"):
        answer = await doors.get("/figures", **asked | {name: f"{HERE}@1"})
        assert answer.status_code == 503
        assert "Retry-After" in answer.headers


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"period": "2025-13"}, "period-not-read"),
        ({"division": "51990010"}, "invalid-input"),
        ({"division": NEIGHBOUR, "village": f"{TOWNSHIP}001"}, "invalid-input"),
        ({"category": "weather"}, "invalid-input"),
        ({"as_of": "yesterday"}, "invalid-input"),
        ({"as_of": "1700000000"}, "invalid-input"),
        ({"as_of": "2025-03-04T10:00:00"}, "invalid-input"),
        ({"as_of": to_wire(datetime.now(UTC) + timedelta(days=1))}, "invalid-input"),
        ({"as_of": "intake@3"}, "invalid-input"),
        ({"at_least": "stats/519900101@1"}, "ledger-not-followed"),
        ({"urgency": "very"}, "invalid-input"),
        ({"source": "chat"}, "invalid-input"),
        ({"as_of": f"{THERE}@1"}, "as-of-misses-ledger"),
        ({"as_off": "2025"}, "invalid-input"),
        ({"by": "reported"}, "invalid-input"),
        ({"horizon": (datetime.now(UTC) + timedelta(days=3)).date().isoformat()}, "invalid-input"),
        ({"horizon": "2025-03"}, "invalid-input"),
        ({"horizon": "1700000000"}, "invalid-input"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    doors: Doors, ledger: Ledger, query: dict[str, str], problem: str
) -> None:
    await doors.fold(ledger.events)
    asked: dict[str, Any] = {"division": TOWNSHIP, "period": "2025"} | query
    answer = await doors.get("/figures", **asked)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


async def test_a_township_asks_about_itself_alone(doors: Doors, ledger: Ledger) -> None:
    await doors.fold(ledger.events)
    for division in (NEIGHBOUR, COUNTY):
        answer = await doors.get(
            "/figures", scope=TOWNSHIP, division=division, period="all", role=Role.CLERK
        )
        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/division-out-of-scope"
    answer = await doors.get(
        "/figures", scope=NEIGHBOUR, division=NEIGHBOUR, period="all", at_least=f"{HERE}@1"
    )
    assert answer.status_code == 422


async def test_without_a_token_nothing_is_told(doors: Doors) -> None:
    for path in ("/figures", "/figures/cases_filed/evidence", "/measures"):
        assert (await doors.client.get(path)).status_code == 401


async def test_agencies_read_figures_and_no_single_cases(doors: Doors) -> None:
    asked: dict[str, Any] = {"division": TOWNSHIP, "period": "all"}
    assert (await doors.get("/figures", role=Role.AGENCY, **asked)).status_code == 200
    path = "/figures/cases_filed/evidence"
    assert (await doors.get(path, role=Role.AGENCY, **asked)).status_code == 403
    assert (await doors.get("/figures", role=Role.RESIDENT, **asked)).status_code == 403


async def test_every_definition_can_be_read(doors: Doors) -> None:
    answer = await doors.get("/measures")
    found = {measure["id"]: measure for measure in answer.json()["measures"]}
    assert found.keys() == MEASURES.keys()
    group_visits = found["group_visits"]
    assert group_visits["policy"]["group_visit_headcount"] == {
        "value": 5,
        "version": "national-2022.2",
        "placeholder": True,
    }
    assert found["resolution_rate"]["formula"] == {
        "kind": "rate",
        "numerator": "accepted_unlinked_resolved",
        "denominator": "accepted_unlinked",
    }
    assert [
        measure["version"]
        for measure in answer.json()["measures"]
        if measure["id"] == "resolution_rate"
    ] == [1, 2]


async def test_readiness_names_what_is_away(doors: Doors) -> None:
    ready = await doors.client.get("/readyz")
    assert ready.status_code == 503
    checks = ready.json()["checks"]
    assert (checks["database"], checks["kafka"]) == ("ok", "does not answer")
