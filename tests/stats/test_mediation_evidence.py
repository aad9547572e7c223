"""Evidence of mediations: by their own ids, as many as the figures say, and what refuses to be asked."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.mediation_codes import DisputeKind, MediatorKind
from tests.stats.doors import Doors
from tests.stats.lives import TOWNSHIP, Ledger
from tests.stats.mediation_lives import COMMITTEE, OTHER_COMMITTEE, Mediations
from tests.stats.test_evidence import page

pytestmark = pytest.mark.parts
LEDGER = f"mediation/{TOWNSHIP}"


async def ids(doors: Doors, measure: str, name: str = "mediation_id", **query: Any) -> list[str]:
    found: list[str] = []
    while True:
        one = await page(doors, measure, **query)
        found += [item[name] for item in one["items"]]
        if one["next"] is None:
            return found
        query |= {"cursor": one["next"]}


async def test_a_mediation_is_shown_by_its_id_with_what_made_it_count(doors: Doors) -> None:
    ledger = Mediations()
    dispute = ledger.apply("2025-03-01")
    ledger.meet(dispute, "2025-03-02")
    ledger.meet(dispute, "2025-04-02")
    ledger.succeed(dispute, "2025-04-03", perform_by="2025-05-01")
    ledger.perform(dispute, "2025-04-20")
    await doors.fold(ledger.events)

    for measure, period, positions in (
        ("mediations_succeeded", "2025", [4]),
        ("mediation_sessions", "2025", [2, 3]),
        ("mediation_sessions", "2025-03", [2]),
        ("agreement_performance_rate", "2025", [4, 5]),
    ):
        found = await page(doors, measure, period)
        (item,) = found["items"]
        assert item.keys() == {"mediation_id", "events"}
        assert item["mediation_id"] == dispute
        places = [event["position"] for event in item["events"]]
        assert places == [f"{LEDGER}@{position}" for position in positions], measure


async def test_the_evidence_of_every_part_is_as_long_as_the_part_says(doors: Doors) -> None:
    ledger = Mediations()
    for number in range(12):
        kind = DisputeKind.LABOUR if number % 3 else DisputeKind.CONTRACT
        dispute = ledger.apply("2025-03-01", kind=kind)
        end = (ledger.succeed, ledger.fail, ledger.refuse, ledger.terminate)[number % 4]
        end(dispute, f"2025-03-{number + 2:02}")
    await doors.fold(ledger.events)
    figures = await doors.figures("2025")
    ended, rate = figures["mediations_ended"], figures["mediation_rate"]
    assert ended["groups"] == [
        {"code": "contract", "value": "2"},
        {"code": "labour", "value": "4"},
    ]
    assert ended["excluded"] == {"terminated": 3, "refused": 3}
    for group in ended["groups"]:
        found = await ids(doors, "mediations_ended", part=group["code"], limit=1)
        assert len(found) == int(group["value"])
    for part, count in {"numerator": rate["numerator"], "denominator": 6, "refused": 3}.items():
        assert len(await ids(doors, "mediation_rate", part=part)) == count


@pytest.mark.parametrize("as_of", [{}, {"as_of": f"{LEDGER}@4"}], ids=["now", "then"])
async def test_the_evidence_of_the_roster_is_who_is_on_it(
    doors: Doors, as_of: dict[str, str]
) -> None:
    ledger = Mediations()
    stays = ledger.enrol("2024-01-01", MediatorKind.CERTIFIED)
    leaves = ledger.enrol("2024-01-01", MediatorKind.CERTIFIED)
    ledger.leave(leaves, "2025-01-01")
    returns = ledger.enrol("2025-02-01", MediatorKind.RESPECTED_ELDER, again=leaves)
    ledger.enrol("2025-03-01", MediatorKind.CERTIFIED, MediatorKind.RESPECTED_ELDER)
    await doors.fold(ledger.events)
    about: dict[str, Any] = {"name": "mediator_id", **as_of}
    assert await ids(doors, "mediators", period="2023", **about) == []
    assert await ids(doors, "mediators", period="2024", **about) == sorted([stays, leaves])
    assert await ids(doors, "mediators", period="2025-01", **about) == [stays]
    found = await ids(doors, "mediators", period="2025-02", **about)
    assert found == sorted([stays, returns])
    certified = await ids(doors, "mediators", period="2025-02", part="certified", **about)
    assert certified == [stays]


async def test_the_evidence_of_a_day_of_recording_is_what_was_entered_on_it(doors: Doors) -> None:
    ledger = Mediations()
    dispute = ledger.apply("2019-03-01")
    ledger.meet(dispute, "2019-03-02")
    ledger.recorded_at += timedelta(days=1)
    ledger.meet(dispute, "2019-03-03")
    ledger.succeed(dispute, "2019-03-03", perform_by="2019-04-30")
    await doors.fold(ledger.events)
    for period, positions in (("2026-01-01", [2]), ("2026", [2, 3]), ("2019", [])):
        found = await page(doors, "mediation_sessions", period, by="recorded")
        places = [event["position"] for item in found["items"] for event in item["events"]]
        assert places == [f"{LEDGER}@{position}" for position in positions], period
    due = await ids(doors, "agreement_performance_rate", part="denominator", by="recorded")
    assert due == [dispute]


async def test_figures_are_asked_for_by_committee(doors: Doors) -> None:
    cases, ledger = Ledger(), Mediations()
    cases.file("2025-03-04")
    for committee in (COMMITTEE, COMMITTEE, OTHER_COMMITTEE):
        ledger.fail(ledger.apply("2025-03-01", committee=committee), "2025-03-02")
    await doors.fold(cases.events)
    await doors.fold(ledger.events)
    found = await doors.figures("2025", committee=COMMITTEE)
    assert found["committee"] == COMMITTEE
    assert found["mediations_ended"]["value"] == "2"
    assert f"committee={COMMITTEE}" in found["mediations_ended"]["evidence"]
    assert len(await ids(doors, "mediations_ended", committee=COMMITTEE)) == 2
    assert "cases_filed" not in found
    assert "mediators" not in found
    assert found["as_of"] == {f"intake/{TOWNSHIP}": 1, LEDGER: 6}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"ids": "cases_filed", "committee": COMMITTEE}, "figure-not-kept-by"),
        ({"ids": "mediators", "category": "land"}, "figure-not-kept-by"),
        ({"committee": "519900102-0198a5c0-0000-7000-8000-000000000040"}, "invalid-input"),
        ({"committee": "nobody"}, "invalid-input"),
        ({"as_of": f"intake/{TOWNSHIP}@0"}, "as-of-misses-ledger"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    doors: Doors, query: dict[str, Any], problem: str
) -> None:
    ledger = Mediations()
    ledger.apply("2025-03-01")
    await doors.fold(ledger.events)
    answer = await doors.get("/figures", division=TOWNSHIP, period="2025", **query)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
