"""No test of real parts begins so late that China's day ends under it."""

from datetime import datetime, timedelta

import pytest

from tests.midnight import ENOUGH, left_of_the_day


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-30T15:59:30Z", 0),
        ("2026-11-30T15:59:40Z", 0),
        ("2026-11-30T15:59:41Z", 19),
        ("2026-11-30T15:59:59.900Z", 0.1),
        ("2026-11-30T16:00:00Z", 0),
        ("2026-11-30T23:59:59Z", 0),
    ],
)
def test_only_the_last_seconds_of_a_chinese_day_are_waited_out(
    moment: str, seconds: float
) -> None:
    assert left_of_the_day(datetime.fromisoformat(moment)) == timedelta(seconds=seconds)


def test_after_waiting_there_is_nothing_left_to_wait_for() -> None:
    just_before = datetime.fromisoformat("2026-11-30T16:00:00Z") - ENOUGH / 2
    assert left_of_the_day(just_before + left_of_the_day(just_before)) == timedelta(0)
