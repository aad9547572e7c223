"""Steps and facts in tables are what the pure fold gives, in chunks of any size, late or not."""

import asyncio
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.cloudevents import RecordedEvent
from shared.folding import facts, steps
from shared.folding.fold import Changes, fold, fold_late
from shared.folding.occurrence import Occurrence
from shared.folding.step import EntityElsewhere, Step, earliest, first_recorded, step_of
from shared.postgres import Pool, new_pool, transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.folding.places import PLACE, PLACES, PlaceFact, places_database
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.stats.lives import Ledger

VILLAGES = ("001", "002")
_FIRST = date(2025, 3, 1)
filings = st.tuples(
    st.sampled_from([DIVISION, NEIGHBOUR]), st.sampled_from(VILLAGES), st.integers(0, 20)
)


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return places_database(postgres, tmp_path_factory.mktemp("trial"))


def events_of(filed: list[tuple[str, str, int]]) -> list[RecordedEvent]:
    """Filings of two townships, each in its own ledger, in the order in which they are given."""
    ledgers = {name: Ledger(division=name) for name in (DIVISION, NEIGHBOUR)}
    events = []
    for division, village, day in filed:
        on = (_FIRST + timedelta(days=day)).isoformat()
        ledgers[division].file(on, village=f"{division}{village}")
        events.append(ledgers[division].events[-1])
    return events


def histories_of(events: list[RecordedEvent]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for event in events:
        for step in PLACE.steps_of(event):
            found[step.entity_id].append(step)
    return found


async def _in_chunks(
    pool: Pool, events: list[RecordedEvent], cuts: list[int], late: set[int]
) -> list[Changes]:
    """`late` holds the indexes of the events that are folded after all others."""
    in_place = [event for index, event in enumerate(events) if index not in late]
    changes = []
    for start, end in pairwise([0, *sorted(cuts), len(in_place)]):
        read = [step for event in in_place[start:end] for step in PLACE.steps_of(event)]
        if read:
            async with transaction(pool, COUNTY) as connection:
                changes.append(await fold(connection, PLACES, read))
    for index in sorted(late):
        async with transaction(pool, COUNTY) as connection:
            read = PLACE.steps_of(events[index])
            changes += await fold_late(connection, PLACES, read)
    return changes


async def _stored(pool: Pool) -> tuple[dict[str, PlaceFact], dict[str, list[Step]]]:
    ids = [f"{name}-{name}{village}" for name in (DIVISION, NEIGHBOUR) for village in VILLAGES]
    async with transaction(pool, COUNTY) as connection:
        known = await facts.read(connection, PLACES, [DIVISION, NEIGHBOUR], ids)
        histories: dict[str, list[Step]] = {}
        for division in (DIVISION, NEIGHBOUR):
            histories |= await steps.histories_of(connection, PLACES, division, ids)
    return known, histories


@pytest.mark.parts
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    filed=st.lists(filings, max_size=16),
    cuts=st.lists(st.integers(0, 16), max_size=4),
    late=st.sets(st.integers(0, 15), max_size=3),
)
def test_the_tables_hold_what_the_steps_come_to(
    database: FreshDatabase, filed: list[tuple[str, str, int]], cuts: list[int], late: set[int]
) -> None:
    events = events_of(filed)
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("truncate place_step, place_fact")
    late = {index for index in late if index < len(events)}
    cuts = [min(cut, len(events) - len(late)) for cut in cuts]

    async def check() -> None:
        async with new_pool(database.dsn, name="trial", size=1) as pool:
            changes = await _in_chunks(pool, events, cuts, late)
            known, histories = await _stored(pool)
        expected = histories_of(events)
        assert histories == expected
        assert known == {name: PLACE.fold(history) for name, history in expected.items()}
        # each change begins where the one before it ended
        seen: dict[str, PlaceFact] = {}
        for change in changes:
            assert {name: change.before.get(name) for name in change.after} == {
                name: seen.get(name) for name in change.after
            }
            seen |= change.after
        assert seen == known

    asyncio.run(check())


def _step(day: int, seq: int) -> Step:
    at = datetime(2025, 3, day, 4, tzinfo=UTC)
    event = Ledger()
    event.file(at, village=f"{DIVISION}001")
    return PLACE.steps_of(event.events[0])[0]._replace(seq=seq)


def test_the_first_recorded_is_kept_and_the_earliest_wins() -> None:
    early, later = _step(3, seq=9), _step(5, seq=2)
    kept = first_recorded(None, later)
    assert kept == Occurrence(later.at, 2, date(2025, 3, 5))
    assert first_recorded(kept, early) == kept
    assert earliest(kept, early) == Occurrence(early.at, 9, date(2025, 3, 3))
    assert earliest(kept, later._replace(seq=7)) == kept


def test_an_event_is_no_step_of_another_division_s_entity() -> None:
    ledger = Ledger()
    ledger.file("2025-03-04")
    for elsewhere in (f"{NEIGHBOUR}-x", f"{COUNTY}-x", f"{DIVISION}1-x", "noise"):
        with pytest.raises(EntityElsewhere):
            step_of(ledger.events[0], elsewhere)
    assert step_of(ledger.events[0], f"{DIVISION}-x").entity_id == f"{DIVISION}-x"


def test_an_occurrence_is_the_same_after_json() -> None:
    occurrence = Occurrence.of(datetime(2025, 3, 4, 17, 0, 0, 1, tzinfo=UTC), 42)
    assert occurrence.on == date(2025, 3, 5)
    assert Occurrence.from_json(occurrence.to_json()) == occurrence
