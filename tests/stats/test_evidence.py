"""Evidence: exactly the cases that a figure counts, and the events that made them count."""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.case_codes import Category, FirstOrRepeat
from tests.stats.doors import Doors
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

pytestmark = pytest.mark.parts


async def page(doors: Doors, measure: str, period: str = "all", **query: Any) -> dict[str, Any]:
    asked = {"division": TOWNSHIP, "period": period} | query
    answer = await doors.get(f"/figures/{measure}/evidence", **asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def cases(doors: Doors, measure: str, **query: Any) -> list[str]:
    found: list[str] = []
    while True:
        one = await page(doors, measure, **query)
        found += [item["case_id"] for item in one["items"]]
        if one["next"] is None:
            return found
        query |= {"cursor": one["next"]}


async def test_a_case_is_shown_with_the_events_that_made_it_count(doors: Doors) -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.serve(case, "2025-03-06")
    ledger.resolve(case, "2025-03-07")
    await doors.fold(ledger.events)
    found = await page(doors, "resolution_rate", "2025")
    assert (found["id"], found["version"], found["part"]) == ("resolution_rate", 2, "numerator")
    assert found["as_of"] == {f"intake/{TOWNSHIP}": 4}
    (item,) = found["items"]
    assert item["case_id"] == case
    assert [(each["position"], each["kind"]) for each in item["events"]] == [
        (f"intake/{TOWNSHIP}@2", "case-accepted"),
        (f"intake/{TOWNSHIP}@4", "case-resolved"),
    ]
    assert item["events"][0]["event_id"] == ledger.events[1].event_id


async def test_pages_neither_skip_nor_repeat_over_townships(doors: Doors) -> None:
    filed = []
    for division in (NEIGHBOUR, TOWNSHIP):
        ledger = Ledger(division)
        filed += [ledger.file("2025-03-04") for _ in range(7)]
        await doors.fold(ledger.events)
    for limit in (1, 3, 14, 500):
        found = await cases(doors, "cases_filed", division=COUNTY, limit=limit)
        assert found == sorted(filed)


def a_mixed_year() -> Ledger:
    ledger = Ledger()
    for number in range(20):
        month = f"2025-0{number % 9 + 1}"
        repeats = number % 5 == 0
        history = FirstOrRepeat.REPEAT if repeats else FirstOrRepeat.FIRST
        case = ledger.file(f"{month}-04", history=history)
        if number % 2:
            ledger.accept(case, f"{month}-06")
        if number % 3:
            ledger.reply(case, f"{month}-28")
        if number % 4 == 0:
            ledger.withdraw(case, f"{month}-29" if month != "2025-02" else "2025-02-28")
        if number % 7 == 0:
            ledger.close(case, f"{month}-28")
    return ledger


def parts_with_counts(figure: dict[str, Any]) -> dict[str, int]:
    listed: dict[str, int] = figure["excluded"] | figure["beside"]
    quotient = {part: figure[part] for part in ("numerator", "denominator")}
    if figure["unit"] == "天":
        return listed | {"numerator": listed["warnings" if "warnings" in listed else "cases"]}
    if quotient["denominator"] is None:
        return listed | {"numerator": int(figure["value"])}
    return listed | quotient


@pytest.mark.parametrize("as_of", [{}, {"as_of": f"intake/{TOWNSHIP}@31"}])
@pytest.mark.parametrize(
    "days",
    [{"period": "2025"}, {"period": "2026", "by": "recorded"}],
    ids=lambda days: days["period"],
)
async def test_the_evidence_is_as_many_cases_as_the_figure_says(
    doors: Doors, days: dict[str, str], as_of: dict[str, str]
) -> None:
    ledger = a_mixed_year()
    # so that every term is over, also those counted on the day on which they were recorded
    ledger.recorded_at += timedelta(days=1)
    ledger.forward(ledger.file("2025-12-31"), "2025-12-31")
    await doors.fold(ledger.events)
    for figure in (await doors.figures(**days, **as_of))["figures"]:
        for part, count in parts_with_counts(figure).items():
            found = await cases(doors, figure["id"], part=part, **days, **as_of)
            assert len(found) == count, (figure["id"], part)


async def test_the_evidence_of_a_day_of_recording_is_what_was_recorded_on_it(
    doors: Doors,
) -> None:
    ledger = Ledger()
    filed = [ledger.file("2019-03-04") for _ in range(3)]
    ledger.recorded_at += timedelta(days=1)
    ledger.accept(filed[0], "2019-03-05")
    await doors.fold(ledger.events)
    on = {"by": "recorded", "limit": 2}
    assert await cases(doors, "cases_filed", period="2026-01-01", **on) == sorted(filed)
    assert await cases(doors, "cases_filed", period="2019", **on) == []
    found = await page(doors, "cases_accepted", "2026-01-02", by="recorded")
    assert found["by"] == "recorded"
    (item,) = found["items"]
    assert [event["position"] for event in item["events"]] == [f"intake/{TOWNSHIP}@4"]


async def test_evidence_follows_the_filters_of_the_figure(doors: Doors) -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    labour = ledger.file("2025-03-04", category=Category.LABOUR, village=f"{TOWNSHIP}001")
    await doors.fold(ledger.events)
    assert await cases(doors, "cases_filed", category="labour") == [labour]
    assert await cases(doors, "cases_filed", division=f"{TOWNSHIP}001") == [labour]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"part": "denominator"}, 422),
        ({"cursor": "eA"}, 422),
        ({"limit": 501}, 422),
        ({"period": "never"}, 422),
        ({"division": "619900"}, 403),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    doors: Doors, query: dict[str, Any], status: int
) -> None:
    asked = {"division": TOWNSHIP, "period": "all"} | query
    answer = await doors.get("/figures/cases_filed/evidence", **asked)
    assert answer.status_code == status


async def test_no_figure_no_evidence(doors: Doors) -> None:
    answer = await doors.get("/figures/happiness/evidence", division=TOWNSHIP, period="all")
    assert answer.json()["type"] == "/problems/unknown-measure"


@pytest.mark.parametrize(
    ("measure", "part", "kinds"),
    [
        ("cases_transferred_out", "numerator", ["case-forwarded"]),
        ("cases_filed", "transferred_out", ["case-filed", "case-forwarded"]),
        ("timely_acceptance_rate", "transferred", ["case-filed", "case-forwarded"]),
        ("timely_notice_rate", "numerator", ["case-filed", "notice-served"]),
    ],
)
async def test_a_case_that_was_passed_on_is_shown_with_what_is_judged_of_it(
    doors: Doors, measure: str, part: str, kinds: list[str]
) -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.forward(case, "2025-03-10", to_division=NEIGHBOUR)
    ledger.tell(case, "2025-03-11")
    await doors.fold(ledger.events)
    (item,) = (await page(doors, measure, part=part))["items"]
    assert [each["kind"] for each in item["events"]] == kinds
