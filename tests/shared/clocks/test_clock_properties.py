"""Whatever the clock, the start, the pauses and the calendar: some things always hold."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.clocks.clock import Unit
from shared.clocks.due import Due
from shared.clocks.pause import Pause
from shared.clocks.shipped import shipped_policy
from shared.times import CHINA
from tests.shared.clocks.asking import CALENDAR, ask, county

COUNTY = county()
OF_DAYS = sorted(clock.id for clock in COUNTY.clocks() if clock.unit is not Unit.HOURS)
PAUSING = ["C11", "C31", "C33"]
starts = st.dates(date(1995, 1, 1), date(2045, 12, 31))
clocks = st.sampled_from(OF_DAYS)
moments = st.builds(
    datetime.fromtimestamp,
    st.integers(1_704_067_200, 1_803_859_200),  # 2024 to the beginning of 2027
    st.sampled_from([UTC, CHINA]),
)


@st.composite
def spans(draw: st.DrawFn) -> Pause:
    begins = draw(moments)
    return Pause(begins, begins + draw(st.timedeltas(timedelta(seconds=1), timedelta(days=40))))


pauses = st.lists(spans(), max_size=5)


def asked(clock: str, start: date) -> Due:
    return ask(clock, start, policy=COUNTY, length=20 if clock == "C5" else None)


@settings(deadline=None)
@given(clocks, starts)
def test_it_never_ends_before_the_plain_count_of_days(clock: str, start: date) -> None:
    due = asked(clock, start)
    counted = due.run.length - (due.clock.start_day_counts and due.run.length > 0)
    assert due.due_on >= start + timedelta(days=counted)


@settings(deadline=None)
@given(clocks, starts, st.integers(0, 40))
def test_a_later_start_never_ends_earlier(clock: str, start: date, later: int) -> None:
    one, other = asked(clock, start), asked(clock, start + timedelta(days=later))
    assert other.due_on >= one.due_on
    assert other.due_on_for_petitioner >= one.due_on_for_petitioner


@settings(deadline=None)
@given(clocks, starts)
def test_rolling_never_helps_the_office_and_ends_on_a_working_day(clock: str, start: date) -> None:
    due = asked(clock, start)
    assert due.due_on <= due.due_on_for_petitioner
    assert CALENDAR.kind(due.due_on_for_petitioner).worked
    if CALENDAR.kind(due.due_on).worked:
        assert due.due_on == due.due_on_for_petitioner


@settings(deadline=None)
@given(starts, st.sampled_from(["C4", "C12", "C13", "C17"]))
def test_a_count_of_working_days_ends_on_one(start: date, clock: str) -> None:
    due = asked(clock, start)
    assert due.due_on == due.due_on_for_petitioner


@settings(deadline=None)
@given(st.sampled_from(PAUSING), st.dates(date(2024, 1, 1), date(2026, 12, 31)), pauses, st.data())
def test_splitting_a_pause_in_two_changes_nothing(
    clock: str, start: date, given_pauses: list[Pause], data: st.DataObject
) -> None:
    split = [part for pause in given_pauses for part in _split(pause, data)]
    assert _dates(clock, start, data.draw(st.permutations(split))) == _dates(
        clock, start, given_pauses
    )


@settings(deadline=None)
@given(st.sampled_from(PAUSING), st.dates(date(2024, 1, 1), date(2026, 12, 31)), pauses)
def test_pauses_count_once_in_any_order_and_never_shorten(
    clock: str, start: date, given_pauses: list[Pause]
) -> None:
    plain, paused = _dates(clock, start, []), _dates(clock, start, given_pauses)
    assert _dates(clock, start, [*reversed(given_pauses), *given_pauses]) == paused
    assert all(with_them >= without for with_them, without in zip(paused, plain, strict=True))


@settings(deadline=None)
@given(
    st.sampled_from(["C31", "C33"]), st.dates(date(2024, 1, 1), date(2026, 12, 31)), pauses,
    st.lists(st.integers(1, 3), max_size=3),
)  # fmt: skip
def test_paused_and_extended_it_ends_as_if_each_day_were_looked_at(
    clock: str, start: date, given_pauses: list[Pause], extend: list[int]
) -> None:
    due = ask(clock, start, policy=COUNTY, pauses=given_pauses, extend=extend)
    working = due.clock.unit is Unit.WORKING_DAYS
    left = due.run.length + sum(extend)
    day = start - timedelta(days=1) if due.clock.start_day_counts else start
    while left:
        day += timedelta(days=1)
        left -= not _is_paused(day, given_pauses) and (not working or CALENDAR.kind(day).worked)
    assert due.due_on == day


@settings(deadline=None)
@given(st.lists(st.integers(1, 10), min_size=1, max_size=3), starts)
def test_extensions_follow_each_other(extend: list[int], start: date) -> None:
    due = ask("C33", start, policy=COUNTY, extend=extend)
    for before, after in pairwise(due.run.terms()):
        assert after.after == before.last
        assert after.last == before.last + timedelta(days=after.length)


@settings(deadline=None)
@given(moments)
def test_a_moment_counts_as_the_day_in_china(moment: datetime) -> None:
    due = ask("C6", moment)
    assert due.due_on == ask("C6", moment.astimezone(CHINA).date()).due_on
    assert due.due_at - moment > timedelta(days=60)
    assert due.due_at - moment <= timedelta(days=61)


def test_the_policies_that_are_asked_are_whole() -> None:
    assert set(OF_DAYS) >= {clock.id for clock in shipped_policy().clocks()} - {"C19"}


def _dates(clock: str, start: date, given_pauses: Sequence[Pause]) -> tuple[date, date]:
    due = ask(clock, start, policy=COUNTY, pauses=given_pauses)
    return due.due_on, due.due_on_for_petitioner


def _split(pause: Pause, data: st.DataObject) -> list[Pause]:
    whole = (pause.ends - pause.begins) // timedelta(microseconds=1)
    if whole < 2:
        return [pause]
    middle = pause.begins + timedelta(microseconds=data.draw(st.integers(1, whole - 1)))
    return [Pause(pause.begins, middle), Pause(middle, pause.ends)]


def _is_paused(day: date, given_pauses: Sequence[Pause]) -> bool:
    begins = datetime.combine(day, datetime.min.time(), CHINA)
    ends = begins + timedelta(days=1)
    return any(pause.begins < ends and pause.ends > begins for pause in given_pauses)
