"""An event that is folded late leaves what it would have left in its place, whatever it is about."""

import asyncio
from random import Random
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.stats.stream.views import VIEWS, View
from shared.cloudevents import RecordedEvent
from shared.postgres import new_pool, transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.stats.folding import CASES, GRIDS, MEDIATIONS, fresh_stats, view_of, without_last_zeros
from tests.stats.grid_histories import grid_ledgers
from tests.stats.grid_lives import Grids
from tests.stats.histories import ledgers
from tests.stats.lives import COUNTY, Ledger
from tests.stats.mediation_histories import mediation_ledgers
from tests.stats.mediation_lives import Mediations

pytestmark = pytest.mark.parts


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_stats(postgres)


def _rows(database: FreshDatabase, view: View = CASES) -> dict[str, set[Any]]:
    """All rows but those that count nothing, which may stand or not; then none."""
    with psycopg.connect(database.superuser_dsn) as connection:
        found = {}
        for table in view.tables:
            rows = connection.execute(f"select * from {table}".encode()).fetchall()
            found[table] = {
                tuple(repr(value) for value in without_last_zeros(row))
                for row in rows
                if "rollup" not in table or any(_counts(row))
            }
        connection.execute(f"truncate {', '.join(view.tables)}".encode())
    return found


def _counts(row: tuple[Any, ...]) -> list[int]:
    last = row[-1]
    return last if isinstance(last, list) else [last]


async def _fold(
    database: FreshDatabase, events: list[RecordedEvent], late: dict[int, int]
) -> None:
    """`late`: which events come late (by index), and after how many of the others."""
    async with new_pool(database.dsn, name="late", size=1) as pool:
        fold, waiting = view_of(events[0].source).fold(), dict(late)
        for index, event in enumerate(events):
            if index not in late:
                async with transaction(pool, COUNTY) as connection:
                    await fold.apply(connection, [event])
            due = [one for one, after in waiting.items() if index >= one + after]
            for one in due:
                del waiting[one]
                async with transaction(pool, COUNTY) as connection:
                    await fold.apply_late(connection, [events[one]])
        for one in waiting:
            async with transaction(pool, COUNTY) as connection:
                await fold.apply_late(connection, [events[one]])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    ledgers(most=14).filter(lambda ledger: ledger.events),
    st.dictionaries(st.integers(0, 13), st.integers(1, 14), max_size=4),
)
def test_whatever_was_parked_and_whenever_it_is_replayed_the_rows_are_the_same(
    database: FreshDatabase, ledger: Ledger, late: dict[int, int]
) -> None:
    late = {index: after for index, after in late.items() if index < len(ledger.events)}
    asyncio.run(_fold(database, ledger.events, {}))
    expected = _rows(database)
    asyncio.run(_fold(database, ledger.events, late))
    assert _rows(database) == expected


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    mediation_ledgers(most=14).filter(lambda ledger: ledger.events),
    st.dictionaries(st.integers(0, 13), st.integers(1, 14), max_size=4),
)
def test_of_mediations_and_mediators_too(
    database: FreshDatabase, ledger: Mediations, late: dict[int, int]
) -> None:
    late = {index: after for index, after in late.items() if index < len(ledger.events)}
    asyncio.run(_fold(database, ledger.events, {}))
    expected = _rows(database, MEDIATIONS)
    asyncio.run(_fold(database, ledger.events, late))
    assert _rows(database, MEDIATIONS) == expected


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(grid_ledgers(most=14), st.dictionaries(st.integers(0, 13), st.integers(1, 14), max_size=4))
def test_of_reports_villages_grids_and_workers_too(
    database: FreshDatabase, ledger: Grids, late: dict[int, int]
) -> None:
    if not ledger.events:
        return
    late = {index: after for index, after in late.items() if index < len(ledger.events)}
    asyncio.run(_fold(database, ledger.events, {}))
    expected = _rows(database, GRIDS)
    asyncio.run(_fold(database, ledger.events, late))
    assert _rows(database, GRIDS) == expected


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    grid_ledgers(most=12),
    mediation_ledgers(most=8),
    ledgers(most=8),
    st.randoms(use_true_random=False),
)
def test_however_the_ledgers_of_the_services_come_mixed_the_rows_are_the_same(
    database: FreshDatabase, grids: Grids, mediations: Mediations, cases: Ledger, chance: Random
) -> None:
    told = [list(each.events) for each in (grids, mediations, cases)]
    order = [number for number, events in enumerate(told) for _ in events]
    one_by_one = [told[number].pop(0) for number in order]
    chance.shuffle(order)
    told = [list(each.events) for each in (grids, mediations, cases)]
    mixed = [told[number].pop(0) for number in order]
    found = []
    for events in (one_by_one, mixed):
        asyncio.run(_fold_each(database, events))
        found.append([_rows(database, view) for view in VIEWS])
    assert found[0] == found[1]


async def _fold_each(database: FreshDatabase, events: list[RecordedEvent]) -> None:
    async with new_pool(database.dsn, name="mixed", size=1) as pool:
        for event in events:
            async with transaction(pool, COUNTY) as connection:
                await view_of(event.source).fold().apply(connection, [event])


def test_a_filing_that_comes_after_all_that_happened_to_its_case(database: FreshDatabase) -> None:
    ledger = Ledger()
    first = ledger.file("2025-01-10")
    ledger.accept(first, "2025-01-12")
    second = ledger.file("2025-02-10", repeat_of=first)
    ledger.resolve(first, "2025-03-01")
    ledger.accept(second, "2025-03-02")
    asyncio.run(_fold(database, ledger.events, {}))
    expected = _rows(database)
    assert len(expected["case_fact"]) == 2
    asyncio.run(_fold(database, ledger.events, {0: 9, 2: 9}))
    assert _rows(database) == expected
