"""The live rules and a back-test of what they read come to the same warnings.

The worker runs over the real tables, at the times of the history: what falls due before an event is
worked on before it is read. The back-test has its states in its own database, few of them in memory.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.back_testing.stores import AgendaStore, FollowedStore
from cli.back_testing.workbook import workbook
from services.grid.domain.early_warning.acting import DisposeWarning
from services.grid.domain.early_warning.warning_file import OPEN_STATES
from services.grid.stream.early_warnings import warning_runners
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.early_warning_codes import DisposedHow
from shared.contracts.early_warnings import WarningDisposed
from shared.contracts.event import Event
from shared.handling import CommandRequest, ready
from shared.ledger import Author
from tests.grid.doors import COUNTY, fresh_grid, open_doors
from tests.grid.rules.given import TOWNSHIP, events, happened, on
from tests.grid.rules.running import Running, in_division
from tests.grid.rules.test_any_order import GRID, INTAKE, LATE, MEDIATED
from tests.grid.rules.walking import findings, warned
from tests.parts import FreshDatabase, PostgresForTests

pytestmark = pytest.mark.parts
_FIRST_TOWNSHIP = 600
_used = iter(range(_FIRST_TOWNSHIP, 1_000))


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_grid(postgres)


@st.composite
def histories(draw: st.DrawFn) -> list[Any]:
    """Events of the three topics, in any order of recording; some of them recorded late."""
    stated = draw(
        st.lists(
            st.tuples(st.one_of(INTAKE, GRID, MEDIATED), st.integers(0, 90), LATE),
            min_size=10,
            max_size=20,
        )
    )
    # no two at one moment: of those the worker may read either first
    moments = [
        (event, day + place / 1_000, day + late + place / 1_000)
        for place, (event, day, late) in enumerate(stated)
    ]
    return sorted(events(*moments), key=lambda each: each[1].recorded_at)


async def play(running: Running, read: list[Any], disposed_after: list[int]) -> list[Any]:
    """Let the worker read the history at its times, and dispose some warnings; gives those ends."""
    ends: list[tuple[Event, RecordedEvent]] = []
    own = in_division(read, running.division)
    for number, recorded in enumerate(own):
        await _work_off(running, recorded.recorded_at)
        await running.fold([recorded])
        await _work_off(running, recorded.recorded_at + timedelta(seconds=1))
        if number in disposed_after:
            ends += await _dispose(running, recorded.recorded_at + timedelta(seconds=30))
    await _work_off(running, on(1_000))
    return ends


async def _work_off(running: Running, now: datetime) -> None:
    for runner in warning_runners(running.doors.office.ledger, county=COUNTY, now=lambda: now):
        await runner.work_off()


async def _dispose(running: Running, at: datetime) -> list[tuple[Event, RecordedEvent]]:
    """End every warning that is open; gives the events as the back-test reads them."""
    found: list[tuple[Event, RecordedEvent]] = []
    for warning in await running.board():
        if warning["state"] not in OPEN_STATES:
            continue
        ending = DisposeWarning(how=DisposedHow.SETTLED, by_unit="petition-office", by_leader=True)
        request: CommandRequest[Any, Any] = CommandRequest(
            stream_id=warning["warning_id"],
            author=Author(scope=COUNTY, actor_ref="post-1"),
            prepare=ready(ending, at=at),
        )
        await running.doors.office.warnings.handle(request)
        event = WarningDisposed(
            warning_id=warning["warning_id"], how=ending.how, by_unit=ending.by_unit
        )
        recorded = replace(happened(event, 0), occurred_at=at, recorded_at=at)
        found.append((event, recorded))
    return found


def walked(read: list[Any], division: str, ends: list[Any]) -> set[Any]:
    """What a back-test of the history raises as live, with few states in memory."""
    own = [
        (decode_data(each.kind, each.schema_version, each.load()), each)
        for each in in_division(read, division)
    ]
    with workbook() as database:
        found = findings(
            [*own, *ends],
            life=None,
            sees_late=False,
            followeds=FollowedStore(database, most_in_memory=5),
            agenda=AgendaStore(database),
        )
    return {
        (rule, subject.replace(division, TOWNSHIP), episode, level)
        for rule, subject, episode, level in warned(found)
    }


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(read=histories(), disposed_after=st.lists(st.integers(0, 15), max_size=3))
def test_live_and_back_test_raise_the_same_warnings(
    database: FreshDatabase, read: list[Any], disposed_after: list[int]
) -> None:
    async def check() -> None:
        async with open_doors(database) as doors:
            running = Running(doors, f"519900{next(_used)}")
            ends = await play(running, read, disposed_after)
            live = await running.warnings()
            again = walked(read, running.division, ends)
            assert again == live

    asyncio.run(check())
