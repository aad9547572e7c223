"""A patrol is recorded once under its id; the time by a right clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.patrol import PATROL, PatrolNotFound, PatrolRecordedOtherwise
from services.grid.domain.patrol_policy import (
    DAILY,
    PatrolTooLongAgo,
    refuse_too_long_ago,
)
from services.grid.domain.phone_clock import by_right_clock
from services.grid.examples import (
    GRID,
    LAST_DAY,
    NEXT_GRID,
    OTHER_WORKER,
    PATROL_ID,
    RECORD_PATROL,
    VOID_PATROL,
)
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.patrols import PatrolDone, PatrolVoided
from shared.testing.given_when_then import Facts
from shared.times import CLOCKS_MAY_DIFFER, china_day, end_of, start_of

patrol = Facts(PATROL)
DONE = PatrolDone(
    patrol_id=PATROL_ID,
    grid_code=GRID,
    worker_ref=RECORD_PATROL.worker_ref,
    on=RECORD_PATROL.on,
    found=True,
    households_visited=12,
    grid_kind=RECORD_PATROL.grid_kind,
)
VOIDED = PatrolVoided(
    patrol_id=PATROL_ID, grid_code=GRID, reason=VoidReason.BY_MISTAKE, on=DONE.on
)


def test_a_patrol_is_recorded_once() -> None:
    patrol.when(RECORD_PATROL).then(DONE)
    patrol.given(DONE).when(RECORD_PATROL).then_nothing()


def test_a_repeat_with_a_better_clock_is_the_same_patrol() -> None:
    again = replace(RECORD_PATROL, on=LAST_DAY, stated_on=RECORD_PATROL.on, clock_corrected=True)
    patrol.given(DONE).when(again).then_nothing()
    patrol.given(DONE, VOIDED).when(again).then_nothing()


def test_another_patrol_has_another_id() -> None:
    for other in (
        replace(RECORD_PATROL, grid_code=NEXT_GRID),
        replace(RECORD_PATROL, worker_ref=OTHER_WORKER),
        replace(RECORD_PATROL, found=False),
        replace(RECORD_PATROL, households_visited=None),
        replace(RECORD_PATROL, on=LAST_DAY),
        replace(RECORD_PATROL, on=LAST_DAY, clock_corrected=True),
    ):
        patrol.given(DONE).when(other).then_refused(PatrolRecordedOtherwise)


def test_a_patrol_is_voided_once_and_stays_on_record() -> None:
    patrol.given(DONE).when(VOID_PATROL).then(VOIDED)
    patrol.given(DONE, VOIDED).when(VOID_PATROL).then_nothing()
    patrol.when(VOID_PATROL).then_refused(PatrolNotFound)


moments = st.integers(0, 365 * 86_400).map(
    lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
offsets = st.timedeltas(timedelta(days=-4000), timedelta(days=4000))


@given(moments, moments, offsets)
def test_however_much_a_clock_is_off_the_time_comes_out_right(
    done: datetime, now: datetime, off: timedelta
) -> None:
    told = by_right_clock(done + off, sent_at=now + off, now=now)
    assert told.corrected is (abs(off) > CLOCKS_MAY_DIFFER)
    assert abs(told.at - done) <= CLOCKS_MAY_DIFFER
    assert not told.corrected or told.at == done


@given(moments, moments)
def test_a_clock_of_which_nothing_is_known_is_believed(done: datetime, now: datetime) -> None:
    assert by_right_clock(done, sent_at=None, now=now).at == done


def test_a_patrol_is_reported_within_the_days_of_the_policy() -> None:
    today = LAST_DAY
    earliest = today - timedelta(days=DAILY.days_back)
    refuse_too_long_ago(start_of(earliest), today=today)
    with pytest.raises(PatrolTooLongAgo):
        refuse_too_long_ago(end_of(earliest - timedelta(days=1)), today=today)
    assert china_day(start_of(earliest)) == earliest
