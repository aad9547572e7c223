"""Figures of grids from the real tables: as they are, as they were, narrowed, on a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.stats.api.gauge_reading import FigureGauges
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Figure
from services.stats.domain.time_basis import TimeBasis
from services.stats.store.filters import Chosen
from shared.contracts.case_codes import Category
from shared.contracts.grid_codes import Employment, GridKind
from shared.contracts.report_codes import ReportSource, ReportTopic, Urgency
from shared.postgres import Pool
from shared.times import china_day
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.doors import Doors
from tests.stats.folding import GRIDS, fold_in, stats_pool
from tests.stats.found_figures import found_in, live_and_past, verified
from tests.stats.grid_histories import grid_ledgers
from tests.stats.grid_lives import Grids, a_village
from tests.stats.lives import COUNTY, TOWNSHIP
from tests.stats.rebuilds import Stage
from tests.stats.test_gauges import read
from tests.stats.test_mediation_evidence import ids

pytestmark = pytest.mark.parts
HERE = LedgerName("grid", TOWNSHIP)
VILLAGE = a_village()
NAMES = ("valid_grid_reports", "villages", "grids", "grid_workers")


def shown(found: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: (found[name].value, found[name].groups, found[name].excluded) for name in NAMES}


def a_township(ledger: Grids) -> None:
    """21 villages, 106 grids, 112 workers, six of whom serve two grids."""
    grids = []
    for number in range(21):
        village = ledger.register(a_village(201 + number), "2025-01-01")
        grids += [
            ledger.define(f"{village}{each:03}", "2025-01-01")
            for each in range(1, 7 if number == 0 else 6)
        ]
    for number in range(112):
        worker = ledger.enrol(
            "2025-01-01", Employment.FULL_TIME if number < 80 else Employment.PART_TIME
        )
        ledger.assign(worker, grids[number % 106], "2025-01-01")
        if number < 6:
            ledger.assign(worker, grids[number + 6], "2025-01-01")


async def test_21_villages_106_grids_and_112_workers_live_and_rebuilt(
    postgres: PostgresForTests, kafka: KafkaForTests
) -> None:
    ledger, stage = Grids(), Stage.fresh(postgres, kafka)
    a_township(ledger)
    for number in range(287 + 13):
        report = ledger.submit(f"2025-{number % 12 + 1:02}-03")
        check = ledger.validate if number < 287 else ledger.reject
        check(report, f"2025-{number % 12 + 1:02}-04")
    await stage.send(ledger.events)
    await stage.fold(ledger.events, chunk=250)

    async def figures() -> dict[str, Any]:
        async with stage.pool() as pool:
            return shown(await found_in(pool, "2025"))

    live, rows = await figures(), stage.rows()
    assert live == {
        "valid_grid_reports": ("287", {"sanitation": 287}, {"rejected": 13}),
        "villages": ("21", None, {}),
        "grids": ("106", {"basic": 106}, {}),
        "grid_workers": ("112", {"full-time": 80, "part-time": 32}, {}),
    }
    await stage.rebuild(replace(GRIDS, topic=stage.topic))
    assert await figures() == live
    assert stage.rows() == rows


async def test_a_register_is_counted_by_its_days_and_not_by_those_of_recording(pool: Pool) -> None:
    ledger = Grids()
    old, new = f"{VILLAGE}001", f"{VILLAGE}002"
    ledger.register(VILLAGE, "2024-01-01")
    ledger.define(old, "2024-01-01")
    ledger.end_grid(old, "2025-06-30")
    ledger.define(new, "2025-07-01", GridKind.DEDICATED)
    ledger.leave(ledger.enrol("2025-03-01"), "2025-08-31")
    await fold_in(pool, ledger.events)
    for period, villages, grids, workers in (
        ("2023", "0", ("0", {}), "0"),
        ("2024", "1", ("1", {"basic": 1}), "0"),
        ("2025-06-30", "1", ("1", {"basic": 1}), "1"),
        ("2025-07", "1", ("1", {"dedicated": 1}), "1"),
        ("2025-08-31", "1", ("1", {"dedicated": 1}), "1"),
        ("2025-09-01", "1", ("1", {"dedicated": 1}), "0"),
        ("all", "1", ("1", {"dedicated": 1}), "0"),
    ):
        found = await found_in(pool, period)
        assert found["villages"].value == villages, period
        assert (found["grids"].value, found["grids"].groups) == grids, period
        assert found["grid_workers"].value == workers, period
    assert (await found_in(pool, "2025", by=TimeBasis.RECORDED))["grids"].value == "0"


async def test_what_is_planned_counts_from_its_day_on(pool: Pool) -> None:
    ledger = Grids()
    ledger.define(f"{VILLAGE}001", "2025-01-01")
    ledger.end_grid(f"{VILLAGE}001", "2026-06-30")
    ledger.define(f"{VILLAGE}002", "2026-07-01")
    ledger.define(f"{VILLAGE}003", "2026-07-01")
    await fold_in(pool, ledger.events)
    for horizon, wanted in ((date(2026, 6, 30), "1"), (date(2026, 7, 1), "2")):
        for period in ("2026", "2027", "all"):
            found = await found_in(pool, period, horizon=horizon)
            assert found["grids"].value == wanted, (period, horizon)
        by_recording = await found_in(pool, "all", horizon=horizon, by=TimeBasis.RECORDED)
        assert by_recording["grids"].value == wanted


async def test_reports_narrow_to_a_village_a_category_an_urgency_and_a_source(pool: Pool) -> None:
    ledger, other = Grids(), a_village(202)
    for topic, urgency, source, village in (
        (ReportTopic.WASTE, Urgency.NORMAL, ReportSource.PATROL, VILLAGE),
        (ReportTopic.UNPAID_WAGES, Urgency.URGENT, ReportSource.RESIDENT, VILLAGE),
        (ReportTopic.SOCIAL_SECURITY, Urgency.URGENT, ReportSource.PATROL, other),
    ):
        report = ledger.submit("2025-03-01", topic, urgency, source, f"{village}001")
        ledger.validate(report, "2025-03-02")
    ledger.register(VILLAGE, "2025-01-01")
    ledger.define(f"{VILLAGE}001", "2025-01-01")
    ledger.define(f"{other}001", "2025-01-01")
    await fold_in(pool, ledger.events)
    # before the third: folded again, not read from the rollups
    past = {HERE: 4}
    for chosen, now, then in (
        (Chosen(village_code=VILLAGE), "2", "2"),
        # two categories of reports, of which cases would be one
        (Chosen(category=Category.LABOUR.value), "2", "1"),
        (Chosen(urgency="urgent"), "2", "1"),
        (Chosen(report_source="patrol"), "2", "1"),
        (Chosen(urgency="urgent", report_source="patrol"), "1", "0"),
    ):
        for as_of, wanted in ((None, now), (past, then)):
            found = await found_in(pool, "2025", chosen=chosen, as_of=as_of)
            assert found["valid_grid_reports"].value == wanted, chosen
            assert "grid_workers" not in found
            assert ("grids" in found) == (chosen == Chosen(village_code=VILLAGE))
    narrowed = await found_in(pool, chosen=Chosen(village_code=VILLAGE))
    assert (narrowed["villages"].value, narrowed["grids"].value) == ("1", "1")
    assert (await found_in(pool))["valid_grid_reports"].groups == {
        "sanitation": 1,
        "labour": 1,
        "livelihood": 1,
    }


async def test_evidence_names_the_reports_and_who_is_on_the_register(doors: Doors) -> None:
    ledger = Grids()
    valid = ledger.submit("2025-03-01", ReportTopic.UNPAID_WAGES)
    ledger.validate(valid, "2025-03-02")
    rejected = ledger.submit("2025-03-01")
    ledger.reject(rejected, "2025-03-02")
    worker = ledger.enrol("2025-01-01", Employment.PART_TIME)
    ledger.enrol("2025-02-01", Employment.FULL_TIME, again=worker)
    ledger.leave(ledger.enrol("2025-01-01"), "2025-01-31")
    await doors.fold(ledger.events)
    asked: Any = {"measure": "valid_grid_reports", "name": "report_id"}
    assert await ids(doors, **asked) == [valid]
    assert await ids(doors, **asked, part="labour") == [valid]
    assert await ids(doors, **asked, part="rejected") == [rejected]
    assert await ids(doors, **asked, urgency="urgent") == []
    workers: Any = {"measure": "grid_workers", "name": "worker_id"}
    assert await ids(doors, **workers) == [worker]
    assert await ids(doors, **workers, part="full-time") == [worker]
    assert await ids(doors, **workers, part="part-time") == []
    refused = await doors.get(
        "/figures", division=TOWNSHIP, period="all", ids="grid_workers", village=VILLAGE
    )
    assert refused.status_code == 422


async def test_the_gauges_speak_of_grids_and_of_what_waits(pool: Pool) -> None:
    ledger = Grids()
    ledger.register(VILLAGE, "2025-01-01")
    ledger.define(f"{VILLAGE}001", "2025-01-01")
    ledger.define(f"{VILLAGE}002", "2026-03-05")
    ledger.enrol("2025-01-01")
    ledger.validate(ledger.submit("2026-02-01"), "2026-02-02")
    ledger.validate(ledger.submit("2026-03-01"), "2026-03-04")
    oldest = datetime(2026, 3, 1, tzinfo=UTC)
    ledger.submit(oldest)
    ledger.submit("2026-03-03")
    await fold_in(pool, ledger.events)
    gauges = FigureGauges(pool, COUNTY)
    await gauges.read(date(2026, 3, 4))
    found = read(gauges)
    for period, valid in (("year", 2), ("month", 1), ("day", 1)):
        assert found["concord_grid_reports_valid", TOWNSHIP, period] == valid
        for name in ("villages", "grids", "grid_workers"):
            assert found[f"concord_{name}", TOWNSHIP, period] == 1
    waits = found["concord_grid_reports_unchecked_seconds", TOWNSHIP, ""]
    assert waits == pytest.approx((datetime.now(UTC) - oldest).total_seconds(), abs=60)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=grid_ledgers(most=40).filter(lambda ledger: ledger.events))
async def test_whatever_happened_a_rebuild_gives_the_same_rows(
    postgres: PostgresForTests, kafka: KafkaForTests, ledger: Grids
) -> None:
    stage = Stage.fresh(postgres, kafka)
    await stage.send(ledger.events)
    await stage.fold(ledger.events, chunk=6)
    live = stage.rows()
    await stage.rebuild(replace(GRIDS, topic=stage.topic))
    assert stage.rows() == live


PERIODS = ("2024", "2025-02", "2030", "all")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=grid_ledgers(most=30).filter(lambda ledger: ledger.events), cut=st.integers(0, 30))
async def test_live_past_and_verified_are_the_same(
    postgres: PostgresForTests, ledger: Grids, cut: int
) -> None:
    events, position = ledger.events, min(cut, len(ledger.events))
    by_verifier = partial(
        verified, ledger, names=NAMES, listed="excluded", horizon=china_day(datetime.now(UTC))
    )
    async with stats_pool(postgres) as pool:
        found = await live_and_past(pool, HERE, events, position, periods=PERIODS, shown=shown)
        for period, (live, past) in found.items():
            if period.isdigit():
                assert live == by_verifier(len(events), int(period)), period
                assert past == by_verifier(position, int(period)), period
        by_recording = shown(await found_in(pool, "all", by=TimeBasis.RECORDED))
        assert by_recording == shown(await found_in(pool, "all"))
