"""Gauges: the running year, month and day of each township, and nothing about anyone."""

import asyncio
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.stats.api.gauge_reading import FigureGauges, Reading
from services.stats.api.gauges import NAMES, UNCHECKED
from services.stats.domain.measures import Term
from shared.identity import Role
from shared.postgres import Pool, new_pool
from shared.testing.waiters import eventually
from shared.times import CHINA, china_day
from tests.stats.doors import Doors
from tests.stats.folding import fold_in
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger

pytestmark = pytest.mark.parts
TODAY = date(2026, 3, 4)


def read(gauges: FigureGauges) -> dict[tuple[str, str, str], float]:
    registry = CollectorRegistry(auto_describe=True)
    registry.register(gauges)
    return {
        (sample.name, sample.labels["division"], sample.labels.get("period", "")): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


async def test_each_township_has_its_year_month_and_day(pool: Pool) -> None:
    here, there = Ledger(), Ledger(NEIGHBOUR)
    days = ("2025-12-31", "2026-01-01", "2026-03-01", "2026-03-04")
    cases = [here.file(day) for day in days]
    for case, day in zip(cases, days, strict=True):
        here.accept(case, day)
    here.resolve(cases[-1], datetime(2026, 3, 4, 23, 59, tzinfo=CHINA))
    there.file("2026-03-04")
    await fold_in(pool, [*here.events, *there.events])
    gauges = FigureGauges(pool, COUNTY)
    await gauges.read(TODAY)
    found = read(gauges)
    accepted = {p: found["concord_cases_accepted", TOWNSHIP, p] for p in ("year", "month", "day")}
    assert accepted == {"year": 3, "month": 2, "day": 1}
    assert found["concord_cases_resolved", TOWNSHIP, "day"] == 1
    assert found["concord_resolution_ratio", TOWNSHIP, "month"] == 0.5
    assert found["concord_cases_accepted", NEIGHBOUR, "year"] == 0
    assert ("concord_resolution_ratio", NEIGHBOUR, "year") not in found


async def test_terms_that_ended_without_what_was_due_are_counted_by_what_it_was(
    pool: Pool,
) -> None:
    """Of three filed in January one is accepted at once, one too late, one never."""
    ledger = Ledger()
    kept, late, never = (ledger.file("2026-01-05") for _ in range(3))
    ledger.accept(kept, "2026-01-06")
    ledger.accept(late, "2026-02-20")
    ledger.file("2026-03-03")
    await fold_in(pool, ledger.events)
    gauges = FigureGauges(pool, COUNTY)
    await gauges.read(TODAY)
    missed = {
        (sample.labels["clock"], sample.labels["period"]): sample.value
        for family in gauges.collect()
        if family.name == "concord_clocks_missed"
        for sample in family.samples
    }
    assert never
    assert (missed["acceptance", "year"], missed["acceptance", "month"]) == (2, 0)
    assert set(missed) == {
        (clock, period)
        for clock in ("acceptance", "notice", "reply")
        for period in ("year", "month", "day")
    }


async def test_metrics_name_townships_and_periods_alone(doors: Doors) -> None:
    ledger = Ledger()
    case = ledger.file("2026-01-01")
    await doors.fold(ledger.events)

    async def shown() -> Any:
        text = (await doors.get("/metrics/figures", role=Role.SCRAPE)).text
        return text if "concord_cases_accepted" in text else None

    text: str = await eventually(shown)
    assert case not in text
    labels = set(re.findall(r"^concord_(?:cases|resolution)\w*{(.*)}", text, re.MULTILINE))
    for each in labels:
        assert re.fullmatch(r'division="\d{9}",period="(year|month|day)"', each)


async def test_figures_are_read_by_auditors_and_monitoring_alone(doors: Doors) -> None:
    assert (await doors.client.get("/metrics/figures")).status_code == 401
    reading = {
        role
        for role in Role
        if (await doors.get("/metrics/figures", role=role)).status_code == 200
    }
    assert reading == {Role.AUDITOR, Role.SCRAPE}


async def test_the_open_page_has_machinery_alone(doors: Doors) -> None:
    await doors.fold([*Ledger().events])
    named = set(re.findall(r"^# TYPE (\S+)", await text_of(doors, "/metrics"), re.MULTILINE))
    assert "http_request_duration_seconds" in named
    assert not named & NAMES
    page = (await doors.get("/metrics/figures")).text
    assert set(re.findall(r"^# TYPE (\S+)", page, re.MULTILINE)) == NAMES


async def test_a_townships_auditor_reads_its_own_figures(doors: Doors) -> None:
    here, there = Ledger(), Ledger(NEIGHBOUR)
    for ledger in (here, there):
        ledger.file("2026-01-01")
    await doors.fold([*here.events, *there.events])

    async def whole() -> Any:
        page = (await doors.get("/metrics/figures")).text
        return page if NEIGHBOUR in page else None

    assert TOWNSHIP in await eventually(whole)
    own = (await doors.get("/metrics/figures", scope=TOWNSHIP)).text
    assert TOWNSHIP in own
    assert NEIGHBOUR not in own


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, False)])
async def test_a_reading_of_another_day_is_no_figure_of_this_one(days: int, kept: bool) -> None:
    """The database is away since before midnight: what was counted is not of the running day."""
    url = "postgresql://stats@127.0.0.1:1/stats"
    gauges = FigureGauges(new_pool(url, name="stats"), COUNTY)
    day = china_day(datetime.now(UTC)) - timedelta(days=days)
    counts = {(TOWNSHIP, "day"): Counter({Term("accepted"): 7})}
    gauges._reading = Reading(counts, day=day)
    page = (await gauges.page(COUNTY)).decode()
    line = f'concord_cases_accepted{{division="{TOWNSHIP}",period="day"}} 7.0'
    assert (line in page) is kept


def test_an_age_is_of_a_townships_queue_and_keeps_to_the_scope() -> None:
    at = datetime.now(CHINA) - timedelta(hours=1)
    reading = Reading(waiting_since={UNCHECKED: {TOWNSHIP: at, NEIGHBOUR: at}})
    assert len(reading.within(COUNTY).waiting_since[UNCHECKED]) == 2
    samples = [each for family in reading.within(TOWNSHIP).collect() for each in family.samples]
    assert [(each.name, each.labels) for each in samples] == [
        (UNCHECKED.name, {"division": TOWNSHIP})
    ]
    assert samples[0].value == pytest.approx(3600, abs=5)


async def text_of(doors: Doors, path: str) -> str:
    """What somebody without a token reads."""
    answer = await doors.client.get(path)
    assert answer.status_code == 200
    return answer.text


async def test_tables_are_read_once_for_many_scrapes_and_not_without_one(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger()
    ledger.accept(ledger.file("2026-03-01"), "2026-03-02")
    await fold_in(pool, ledger.events)
    gauges = FigureGauges(pool, COUNTY)
    readings: list[date] = []
    ask = gauges.read

    async def counted(today: date) -> None:
        readings.append(today)
        await ask(today)

    monkeypatch.setattr(gauges, "read", counted)
    pages = await asyncio.gather(*(gauges.page(COUNTY) for _ in range(20)))
    assert len(readings) == 1
    assert all(b"concord_cases_accepted" in page for page in pages)
    monkeypatch.setattr(gauges, "_fresh_until", 0.0)
    await gauges.page(COUNTY)
    assert len(readings) == 2
