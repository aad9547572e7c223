"""Gauges: the running year, month and day of each township, and nothing about anyone."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from services.stats.api.gauges import FigureGauges
from shared.postgres import Pool
from shared.testing.waiters import eventually
from shared.times import CHINA
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


async def test_metrics_name_townships_and_periods_alone(doors: Doors) -> None:
    ledger = Ledger()
    case = ledger.file("2026-01-01")
    await doors.fold(ledger.events)

    async def shown() -> Any:
        text = (await doors.client.get("/metrics")).text
        return text if "concord_cases_accepted" in text else None

    text: str = await eventually(shown)
    assert case not in text
    labels = set(re.findall(r"^concord_(?:cases|resolution)\w*{(.*)}", text, re.MULTILINE))
    for each in labels:
        assert re.fullmatch(r'division="\d{9}",period="(year|month|day)"', each)
