"""Nothing is appended under a clock that is not believed, on a real PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from structlog.testing import capture_logs

from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected
from shared.divisions import new_id
from shared.ledger import (
    Appended,
    Author,
    ClockGuard,
    ClockNotBelieved,
    Ledger,
    NewEvent,
    Receipt,
    Repeated,
)
from shared.ledger.clock_guard import MOST_BEYOND
from shared.metrics import CLOCK_BEHIND_SECONDS, CLOCK_REFUSES
from shared.postgres import Pool, new_pool
from shared.times import CLOCKS_MAY_DIFFER
from shared.wall_clock import WallClock
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR, fresh_ledgers
from tests.shared.test_wall_clock import Machine

pytestmark = pytest.mark.parts

CLERK = Author(scope=COUNTY, actor_ref="post-1")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ON_TIME = timedelta()


def an_event(division: str = DIVISION, kind: str = "thing-done") -> NewEvent:
    return NewEvent(
        stream_id=new_id(division),
        version=1,
        event_id=new_id(division),
        kind=kind,
        schema_version=1,
        data=b"{}",
        occurred_at=datetime(2025, 3, 4, tzinfo=UTC),
    )


class Off:
    """A process that takes the time to be that far from the database's."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    async def now(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture
def database(postgres: PostgresForTests, tmp_path: Path) -> FreshDatabase:
    return fresh_ledgers(postgres, tmp_path)


@pytest.fixture
async def pool(database: FreshDatabase) -> AsyncIterator[Pool]:
    async with new_pool(database.dsn, name="trial") as opened:
        yield opened


def ledger_off(pool: Pool, by: timedelta) -> Ledger:
    return Ledger(pool, source="/trial", clock=Off(by))


def set_heads(database: FreshDatabase, by: timedelta, division: str = COUNTY) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("set session_replication_role = replica")  # no trigger of ours
        connection.execute(
            "update ledger set head_recorded_at = head_recorded_at + %s"
            " where division_code like %s || '%%'",
            (by, division),
        )


# --- the append itself ------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3], ids=["a receipt alone", "one event", "several"])
@pytest.mark.parametrize("by", [6 * MINUTE, -6 * MINUTE, 400 * DAY])
async def test_a_database_whose_clock_is_far_away_stamps_nothing(
    pool: Pool, count: int, by: timedelta
) -> None:
    receipt = Receipt(route="POST /things", key="k", request_mac=b"m", response=b"r")
    events = [an_event() for _ in range(count)]
    with pytest.raises(ClockNotBelieved):
        await ledger_off(pool, by).append(DIVISION, events, CLERK, receipt=receipt)
    right = ledger_off(pool, ON_TIME)
    assert await right.read(COUNTY, DIVISION) == []
    assert await right.receipt(DIVISION, CLERK, "POST /things", "k") is None


@pytest.mark.parametrize("count", [1, 3], ids=["one event", "several"])
@pytest.mark.parametrize("by", [4 * MINUTE, -4 * MINUTE])
async def test_clocks_that_differ_by_minutes_refuse_nothing(
    pool: Pool, count: int, by: timedelta
) -> None:
    events = [an_event() for _ in range(count)]
    assert isinstance(await ledger_off(pool, by).append(DIVISION, events, CLERK), Appended)
    found = await ledger_off(pool, ON_TIME).read(COUNTY, DIVISION)
    assert abs(found[0].recorded_at - datetime.now(UTC)) < MINUTE


async def test_what_was_appended_before_is_answered_under_any_clock(pool: Pool) -> None:
    receipt = Receipt(route="POST /things", key="k", request_mac=b"m", response=b"r")
    await ledger_off(pool, ON_TIME).append(DIVISION, [an_event()], CLERK, receipt=receipt)
    again = await ledger_off(pool, DAY).append(DIVISION, [an_event()], CLERK, receipt=receipt)
    assert again == Repeated(1, b"r")


def test_without_the_time_of_the_process_nothing_is_stamped(database: FreshDatabase) -> None:
    append = "select outcome from ledger_append_v2(%s, %s, '', null, null, null, null, null, null, 0, '[]')"
    with psycopg.connect(database.dsn) as connection:
        assert connection.execute(append, (COUNTY, DIVISION)).fetchone() == ("clocks-apart",)


# --- the one way back -------------------------------------------------------------------------


async def test_time_starts_lower_at_a_correction_and_nowhere_else(
    pool: Pool, database: FreshDatabase
) -> None:
    ledger = ledger_off(pool, ON_TIME)
    await ledger.append(DIVISION, [an_event()], CLERK)
    set_heads(database, 400 * DAY)
    await ledger.append(DIVISION, [an_event()], CLERK)
    several = [an_event(), an_event(kind=LedgerClockCorrected.kind)]
    await ledger.append(DIVISION, several, CLERK)
    await ledger.append(DIVISION, [an_event(kind=LedgerClockCorrected.kind)], CLERK)
    await ledger.append(DIVISION, [an_event()], CLERK)
    times = [event.recorded_at for event in await ledger.read(COUNTY, DIVISION)]
    now = datetime.now(UTC)
    assert [at > now + DAY for at in times] == [False, True, True, True, False, False]
    assert times[-2] <= times[-1]


@pytest.mark.parametrize(
    "attempt",
    [
        "update ledger set head_recorded_at = now() - interval '1 day'",
        "update ledger set head_recorded_at = '-infinity', head_seq = head_seq + 1",
    ],
)
async def test_the_services_role_cannot_set_time_back(
    pool: Pool, database: FreshDatabase, attempt: str
) -> None:
    await ledger_off(pool, ON_TIME).append(DIVISION, [an_event()], CLERK)
    with psycopg.connect(database.dsn) as connection:
        connection.execute("select set_config('concord.scope', %s, false)", (COUNTY,))
        with pytest.raises(psycopg.errors.CheckViolation, match="does not run backwards"):
            connection.execute(attempt.encode())


# --- what a process believes ------------------------------------------------------------------


class Trial:
    """A process over these ledgers, on a machine whose clock is set at will."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.machine = Machine(wall=datetime.now(UTC).timestamp())
        self.guard = self.started()
        self.ledger = Ledger(pool, source="/trial", clock=self.guard)

    def started(self) -> ClockGuard:
        return ClockGuard(self.pool, service="trial", county=COUNTY, clock=self.machine.clock())

    def set(self, by: timedelta) -> None:
        self.machine.wall += by.total_seconds()

    async def append(self, kind: str = "thing-done", division: str = DIVISION) -> Appended:
        outcome = await self.ledger.append(division, [an_event(division, kind)], CLERK)
        assert isinstance(outcome, Appended)
        return outcome


@pytest.fixture
def trial(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Trial:
    monkeypatch.setattr("shared.ledger.clock_guard._REMEMBERED", 0.0)
    return Trial(pool)


async def test_an_empty_database_is_no_reason(trial: Trial) -> None:
    trial.set(4 * MINUTE)
    assert await trial.append() == Appended(1, 1)
    assert await trial.guard.check() is None


@pytest.mark.parametrize("by", [400 * DAY, 6 * MINUTE, -400 * DAY], ids=str)
async def test_a_clock_set_while_the_process_runs_is_refused_until_it_is_right_again(
    trial: Trial, by: timedelta
) -> None:
    await trial.append()
    trial.set(by)
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(ClockNotBelieved, match="was set"):
                await trial.append()
        said = await trial.guard.check()
    assert said is not None
    assert ("ahead" in said) == (by > ON_TIME)
    assert [line["log_level"] for line in logs] == ["error"]
    trial.set(-by)
    assert await trial.append() == Appended(2, 2)
    assert await trial.guard.check() is None


async def test_far_beyond_the_newest_record_a_process_starts_and_appends_nothing(
    trial: Trial, database: FreshDatabase
) -> None:
    await trial.append()
    await trial.append(division=NEIGHBOUR)
    set_heads(database, -(MOST_BEYOND + DAY))
    later = Trial(trial.pool)
    for _ in range(2):
        with pytest.raises(ClockNotBelieved, match="8 days after the newest record"):
            await later.append()
    assert "--clock-is-right" in str(later.guard.said())
    await trial.append()  # a process that has seen the time pass knows better
    assert await later.append() == Appended(3, 3)


async def test_a_week_without_a_record_is_no_reason(trial: Trial, database: FreshDatabase) -> None:
    await trial.append()
    set_heads(database, -(MOST_BEYOND - DAY))
    assert await Trial(trial.pool).append() == Appended(2, 2)


async def test_what_lies_ahead_of_the_clock_hides_no_jump(
    trial: Trial, database: FreshDatabase
) -> None:
    await trial.append()
    await trial.append(division=NEIGHBOUR)
    set_heads(database, 400 * DAY, NEIGHBOUR)
    set_heads(database, -20 * DAY, DIVISION)
    with pytest.raises(ClockNotBelieved, match="20 days after the newest record"):
        await Trial(trial.pool).append()


async def test_somebody_says_that_the_clock_is_right(
    trial: Trial, database: FreshDatabase
) -> None:
    """At the start, and of a process that runs: a machine that stood still is set forward."""
    await trial.append()
    set_heads(database, -30 * DAY)
    later = Trial(trial.pool)
    with pytest.raises(ClockNotBelieved):
        await later.append()
    stood_still = Trial(trial.pool)
    stood_still.set(-6 * DAY)
    set_heads(database, 24 * DAY)
    await stood_still.guard.check()
    stood_still.set(6 * DAY)
    assert "was set 6 days ahead" in str(await stood_still.guard.check())
    said = an_event(kind=LedgerClockAccepted.kind)
    await ledger_off(trial.pool, ON_TIME).append(DIVISION, [said], CLERK)
    assert await later.append() == Appended(3, 3)
    assert await stood_still.append() == Appended(4, 4)


async def test_a_clock_behind_the_newest_record_is_told_and_refuses_nothing(
    trial: Trial, database: FreshDatabase
) -> None:
    await trial.append()
    set_heads(database, 2 * DAY + MINUTE)
    behind = Trial(trial.pool)
    assert await behind.append() == Appended(2, 2)
    assert "2 days behind the newest record" in str(await behind.guard.check())
    assert CLOCK_BEHIND_SECONDS.labels("trial")._value.get() > 2 * 86_400
    assert CLOCK_REFUSES.labels("trial")._value.get() == 0


async def test_a_machine_that_learns_the_time_late_goes_on(
    trial: Trial, database: FreshDatabase
) -> None:
    """It starts in 1970, before every record, until a time service answers."""
    await trial.append()
    late = Trial(trial.pool)
    right = late.machine.wall
    late.machine.wall = 1000.0
    late.guard = late.started()
    late.ledger = Ledger(trial.pool, source="/trial", clock=late.guard)
    assert "the database's clock is" in str(await late.guard.check())
    late.machine.wall = right
    assert await late.append() == Appended(2, 2)


async def test_a_database_with_another_clock_is_named(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(wall=(datetime.now(UTC) - 2 * CLOCKS_MAY_DIFFER).timestamp())
    guard = ClockGuard(
        trial.pool, service="trial", county=COUNTY, clock=WallClock(lambda: machine.wall)
    )
    assert "the database's clock is 10 minutes ahead" in str(await guard.check())
