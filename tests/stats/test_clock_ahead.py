"""A clock that ran ahead: no term is judged by a day that has not come, and times rise again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.stats.domain.case_subject import CASE
from shared.cloudevents import RecordedEvent
from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected
from shared.contracts.ledger_codes import ClockReason
from shared.times import china_day, to_wire
from tests.parts import PostgresForTests
from tests.stats.doors import open_doors
from tests.stats.lives import TOWNSHIP, Ledger

AHEAD = timedelta(days=400)
LEDGER = f"intake/{TOWNSHIP}"


def an_hour_ago() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


def bent() -> Ledger:
    """Two cases of today, the second accepted; all but the first recorded 400 days ahead."""
    today = china_day(an_hour_ago()).isoformat()
    ledger = Ledger(recorded_at=an_hour_ago())
    ledger.file(today)
    ledger.recorded_at += AHEAD
    ledger.accept(ledger.file(today), today)
    return ledger


def correction(ledger: Ledger) -> RecordedEvent:
    """The clock is right again."""
    last = ledger.events[-1]
    said = LedgerClockCorrected(
        ledger=LEDGER, reason=ClockReason.CLOCK_AHEAD, wrong_recorded_at=last.recorded_at
    )
    ledger.recorded_at = an_hour_ago() + timedelta(minutes=30)
    ledger.record(said, f"{TOWNSHIP}-clock", an_hour_ago())
    return ledger.events[-1]


def test_what_is_said_about_a_clock_is_no_step_of_any_case() -> None:
    ledger = bent()
    accepted = LedgerClockAccepted(ledger=LEDGER, newest_recorded_at=ledger.recorded_at)
    said = replace(correction(ledger), kind=accepted.kind, data=accepted.to_canonical())
    assert CASE.steps_of(said) == []
    assert CASE.steps_of(ledger.events[-1]) == []


@pytest.mark.parts
async def test_a_term_that_ends_in_the_future_is_not_judged(postgres: PostgresForTests) -> None:
    async with open_doors(postgres) as doors:
        await doors.fold(bent().events)
        year = datetime.now(UTC).year
        for period in (str(year), str(year + 1)):
            found = await doors.figures(period)
            for name in ("timely_acceptance_rate", "on_time_reply_rate"):
                assert found[name]["denominator"] == 0, (period, name)


@pytest.mark.parts
async def test_as_of_now_everything_is_there(postgres: PostgresForTests) -> None:
    async with open_doors(postgres) as doors:
        await doors.fold(bent().events)
        soon = to_wire(datetime.now(UTC) + timedelta(seconds=1))
        year = str(datetime.now(UTC).year)
        found = await doors.figures(year, as_of=soon)
        assert found["cases_filed"]["value"] == "2"


@pytest.mark.parts
async def test_after_a_correction_moments_find_the_positions_of_the_ledger(
    postgres: PostgresForTests,
) -> None:
    ledger = bent()
    corrected = correction(ledger)
    today = china_day(an_hour_ago()).isoformat()
    ledger.file(today)
    async with open_doors(postgres) as doors:
        await doors.fold(ledger.events)
        year = str(datetime.now(UTC).year)

        async def filed(moment: datetime) -> str:
            return str((await doors.figures(year, as_of=to_wire(moment)))["cases_filed"]["value"])

        assert await filed(corrected.recorded_at - timedelta(minutes=1)) == "1"
        assert await filed(corrected.recorded_at) == "2"
        assert await filed(ledger.recorded_at) == "3"
        by_recording = await doors.figures(year, by="recorded")
        assert by_recording["cases_filed"]["value"] == "3"


@pytest.mark.parts
async def test_no_step_bears_a_later_time_than_the_correction_behind_it(
    postgres: PostgresForTests,
) -> None:
    ledger = bent()
    corrected = correction(ledger)
    async with open_doors(postgres) as doors:
        await doors.fold(ledger.events)
        async with doors.pool.connection() as connection:
            await connection.execute("select set_config('concord.scope', %s, false)", ("519900",))
            found = await connection.execute("select max(recorded_at) from case_step")
            assert await found.fetchone() == (corrected.recorded_at,)
