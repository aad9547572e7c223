"""Figures of warnings from the real tables: as they are, as they were, narrowed, and never of safety."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from services.stats.api.gauge_reading import FigureGauges
from services.stats.api.gauges import UNACKNOWLEDGED
from services.stats.domain.ledgers import LedgerName
from services.stats.domain.measures import Figure
from services.stats.store.filters import Chosen
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import DisposedHow, WarningRule
from shared.postgres import Pool
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.doors import Doors
from tests.stats.folding import GRIDS, fold_in, stats_pool
from tests.stats.found_figures import found_in, live_and_past, verified
from tests.stats.lives import COUNTY, TOWNSHIP
from tests.stats.rebuilds import Stage
from tests.stats.test_mediation_evidence import ids
from tests.stats.warning_histories import warning_ledgers
from tests.stats.warning_lives import BLUE, ORANGE, RED, Warnings

pytestmark = pytest.mark.parts
HERE = LedgerName("grid", TOWNSHIP)
VILLAGE = f"{TOWNSHIP}201"
NAMES = (
    "grid_warnings",
    "grid_warnings_resolved",
    "monitoring_warnings",
    "warnings_disposed_in_24h",
    "matters_on_watch",
    "warning_precision",
    "warnings_confirmed",
    "warnings_false_alarms",
    "warning_lead_time",
)


def shown(found: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: (found[name].value, found[name].groups, found[name].beside) for name in NAMES}


def a_year_of_warnings(ledger: Warnings) -> None:
    """42 raised by posts, 39 of them settled; 19 by rules: 13 disposed at once, 6 watched."""
    for number in range(42):
        warning = ledger.tell(f"2025-{number % 12 + 1:02}-03", afterwards=True)
        if number < 39:
            ledger.dispose(warning, f"2025-{number % 12 + 1:02}-20")
    for number in range(19):
        day = f"2025-{number % 12 + 1:02}-05"
        warning = ledger.warn(day, WarningRule.CLUSTER, afterwards=True)
        if number < 13:
            ledger.dispose(warning, day, DisposedHow.STEP_TAKEN)
        else:
            ledger.watch(day)
            ledger.dispose(warning, day, DisposedHow.WATCHED)


async def test_42_turn_39_and_19_are_13_and_6_live_and_rebuilt(
    postgres: PostgresForTests, kafka: KafkaForTests
) -> None:
    ledger, stage = Warnings(), Stage.fresh(postgres, kafka)
    a_year_of_warnings(ledger)
    await stage.send(ledger.events)
    await stage.fold(ledger.events, chunk=20)

    async def figures() -> dict[str, Any]:
        async with stage.pool() as pool:
            return shown(await found_in(pool, "2025"))

    live, rows = await figures(), stage.rows()
    assert {name: value for name, (value, _, _) in live.items()} == {
        "grid_warnings": "42",
        "grid_warnings_resolved": "39",
        "monitoring_warnings": "19",
        "warnings_disposed_in_24h": "13",
        "matters_on_watch": "6",
        "warning_precision": None,
        "warnings_confirmed": "0",
        "warnings_false_alarms": "0",
        "warning_lead_time": None,
    }
    assert live["warnings_disposed_in_24h"][2]["watched"] == 6
    await stage.rebuild(replace(GRIDS, topic=stage.topic))
    assert await figures() == live
    assert stage.rows() == rows


async def test_warnings_narrow_to_a_level_a_rule_a_village_and_a_category(pool: Pool) -> None:
    ledger = Warnings()
    first = ledger.warn("2025-03-01", WarningRule.TERM, BLUE, last_day="2025-03-08")
    ledger.warn("2025-03-01", WarningRule.CLUSTER, RED, village=VILLAGE, category=Category.LABOUR)
    ledger.change(first, "2025-03-05", ORANGE)
    await fold_in(pool, ledger.events)
    for chosen, now, then in (
        (Chosen(level="blue"), "0", "1"),
        (Chosen(level="orange"), "1", "0"),
        (Chosen(rule="cluster"), "1", "1"),
        (Chosen(village_code=VILLAGE), "1", "1"),
        (Chosen(category="labour", level="red"), "1", "1"),
        (Chosen(category="land"), "0", "0"),
    ):
        for as_of, wanted in ((None, now), ({HERE: 2}, then)):
            found = await found_in(pool, "2025", chosen=chosen, as_of=as_of)
            assert found["monitoring_warnings"].value == wanted, chosen
            assert "matters_on_watch" not in found
            assert ("valid_grid_reports" in found) == (chosen.level is chosen.rule is None)


async def test_precision_and_lead_time_of_a_rule_have_their_counts(pool: Pool) -> None:
    ledger = Warnings()
    for number in range(6):
        warning = ledger.warn("2025-03-01", last_day=f"2025-03-0{number + 2}")
        (ledger.find_false if number == 5 else ledger.dispose)(warning, "2025-03-02")
    ledger.warn("2025-03-01", last_day="2025-03-31", afterwards=True)
    for _ in range(2):
        ledger.dispose(ledger.warn("2025-03-01", WarningRule.CLUSTER), "2025-03-02")
    await fold_in(pool, ledger.events)
    rule = await found_in(pool, "2025", chosen=Chosen(rule="term"))
    rate, lead = rule["warning_precision"], rule["warning_lead_time"]
    assert (rate.value, rate.numerator, rate.denominator) == ("83.3", 5, 6)
    assert rate.excluded == {"recorded_afterwards": 1}
    assert (lead.value, lead.groups, lead.beside) == (
        "3",
        {"median": 3, "p90": 5},
        {"warnings": 5},
    )
    whole = await found_in(pool, "2025")
    assert whole["warnings_confirmed"].groups == {"term": 5, "cluster": 2}
    assert whole["warnings_false_alarms"].groups == {"term": 1}
    few = (await found_in(pool, "2025", chosen=Chosen(rule="cluster")))["warning_precision"]
    assert (few.value, few.numerator, few.denominator) == (None, 2, 2)


async def test_safety_is_in_no_figure_no_evidence_no_rollup_and_no_gauge(doors: Doors) -> None:
    ledger = Warnings()
    danger = ledger.tell(
        "2026-03-03", RED, safety=True, dispose_by=datetime(2026, 3, 3, tzinfo=UTC)
    )
    ledger.change(danger, "2026-03-03", RED)
    ledger.dispose(danger, "2026-03-04")
    ledger.find_false(danger, "2026-03-05")
    open_one = ledger.tell("2026-03-03", RED, safety=True)
    seen = ledger.tell("2026-03-03")
    await doors.fold(ledger.events)
    for period in ("2026", "2026-03-03"):
        found = await doors.figures(period)
        assert found["grid_warnings"]["value"] == "1"
        for query in ({"level": "red"}, {"rule": "term"}, {"village": VILLAGE}):
            assert (await doors.figures(period, **query))["grid_warnings"]["value"] == "0"
    asked = await ids(doors, measure="grid_warnings", name="warning_id")
    assert asked == [seen]
    text = (await doors.get("/metrics/figures")).text
    assert danger not in text
    assert open_one not in text
    gauges = await read_gauges(doors.pool, date(2026, 3, 4))
    assert gauges["concord_warnings_open", "year", "red"] == 0
    assert gauges["concord_warnings_open", "year", "yellow"] == 1
    assert not any(name == UNACKNOWLEDGED.name for name, _, *_ in gauges)
    async with doors.pool.connection() as connection:
        for table in ("warning_fact", "warning_day_rollup", "warning_step"):
            await connection.execute("select set_config('concord.scope', %s, false)", (COUNTY,))
            cursor = await connection.execute(f"select {table}::text from {table}".encode())
            rows = [str(row) for row in await cursor.fetchall()]
            assert rows or table == "warning_step"
            if table != "warning_step":
                assert not any(danger in row or open_one in row for row in rows), table


async def read_gauges(pool: Pool, today: date) -> dict[tuple[str, str, str], float]:
    gauges, registry = FigureGauges(pool, COUNTY), CollectorRegistry(auto_describe=True)
    await gauges.read(today)
    registry.register(gauges)
    return {
        (each.name, each.labels.get("period", ""), each.labels.get("level", "")): each.value
        for family in registry.collect()
        for each in family.samples
        if each.labels["division"] == TOWNSHIP
    }


async def test_the_gauges_count_open_ones_by_level_and_how_long_red_ones_wait(pool: Pool) -> None:
    ledger, long_ago = Warnings(), datetime(2026, 3, 1, tzinfo=UTC)
    waits = ledger.warn("2026-02-01", level=RED, dispose_by=long_ago)
    seen = ledger.warn("2026-02-01", level=RED, dispose_by=long_ago - timedelta(days=5))
    ledger.acknowledge(seen, "2026-02-02")
    ledger.dispose(ledger.warn("2026-02-01", level=RED, dispose_by=long_ago), "2026-02-02")
    ledger.tell("2025-03-01", RED, dispose_by=long_ago - timedelta(days=90), afterwards=True)
    ledger.change(ledger.warn("2026-03-01", level=BLUE), "2026-03-02", ORANGE)
    await fold_in(pool, ledger.events)
    gauges = await read_gauges(pool, date(2026, 3, 4))
    for period in ("year", "month", "day"):
        found = {
            level: gauges["concord_warnings_open", period, level]
            for level in ("red", "orange", "yellow", "blue")
        }
        assert found == {"red": 3, "orange": 1, "yellow": 0, "blue": 0}
    since = (datetime.now(UTC) - long_ago).total_seconds()
    assert gauges[UNACKNOWLEDGED.name, "", ""] == pytest.approx(since, abs=60)
    ledger.acknowledge(waits, "2026-03-03")
    await fold_in(pool, ledger.events[-1:])
    assert (UNACKNOWLEDGED.name, "", "") not in await read_gauges(pool, date(2026, 3, 4))


PERIODS = ("2024", "2025", "2025-01", "all")


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=warning_ledgers().filter(lambda ledger: ledger.events), cut=st.integers(0, 30))
async def test_live_past_and_verified_are_the_same(
    postgres: PostgresForTests, ledger: Warnings, cut: int
) -> None:
    events, position = ledger.events, min(cut, len(ledger.events))
    by_verifier = partial(verified, ledger, names=NAMES, listed="beside", horizon=date(2026, 6, 1))
    async with stats_pool(postgres) as pool:
        found = await live_and_past(pool, HERE, events, position, periods=PERIODS, shown=shown)
        for period, (live, past) in found.items():
            if period.isdigit():
                assert live == by_verifier(len(events), int(period)), period
                assert past == by_verifier(position, int(period)), period


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ledger=warning_ledgers().filter(lambda ledger: ledger.events))
async def test_whatever_happened_a_rebuild_gives_the_same_rows(
    postgres: PostgresForTests, kafka: KafkaForTests, ledger: Warnings
) -> None:
    stage = Stage.fresh(postgres, kafka)
    await stage.send(ledger.events)
    await stage.fold(ledger.events, chunk=6)
    live = stage.rows()
    await stage.rebuild(replace(GRIDS, topic=stage.topic))
    assert stage.rows() == live
