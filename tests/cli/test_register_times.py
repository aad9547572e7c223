# ruff: noqa: DTZ001 - what a spreadsheet holds has no zone
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.register.cells import Cell
from cli.register.times import Moment, NoSuchTime, NoTimeOfTheUsual, read_moment
from shared.times import CHINA, china_day, start_of

MOMENTS = st.datetimes(datetime(1992, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


def moment(cell: Cell, *formats: str, zone: str = "Asia/Shanghai") -> Moment:
    read = read_moment(cell, zone=ZoneInfo(zone), formats=formats)
    assert read is not None
    return read


def china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    "written",
    [
        "2019/1/5 10:11:12",
        "2019-01-05 10:11:12",
        "2019.1.5 10:11:12",
        "2019-01-05T10:11:12",
        "2019-01-05T02:11:12Z",
        "2019-01-05T10:11:12.000+08:00",
        "2019年1月5日 10:11:12",
        "2019年01月05日10时11分12秒",
        "2019年1月5日上午10:11:12",
        "2019/1/5 10:11:12 AM",
        "20190105101112",
        "２０１９/１/５　１０：１１：１２",
        datetime(2019, 1, 5, 10, 11, 12),
        43470.424444444445,
        "43470.424444444445",
    ],
)
def test_the_usual_spellings_of_one_moment(written: Cell) -> None:
    assert moment(written) == Moment(china(2019, 1, 5, 10, 11, 12), day_only=False)


@pytest.mark.parametrize(
    "written",
    ["2019/1/5", "2019-01-05", "2019年1月5日", "20190105", date(2019, 1, 5), 43470.0, "43470"],
)
def test_a_day_without_a_time_stays_one(written: Cell) -> None:
    assert moment(written) == Moment(start_of(date(2019, 1, 5)), day_only=True)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2019-01-05 12:30 AM", 0),
        ("2019-01-05 12:30 PM", 12),
        ("2019-01-05 1:30 pm", 13),
        ("2019年1月5日 下午3:30", 15),
        ("2019年1月5日 下午15:30", 15),
        ("2019年1月5日 中午12:30", 12),
        ("2019年1月5日 凌晨12:30", 0),
        ("2019年1月5日8点30分", 8),
    ],
)
def test_clocks_of_twelve_hours(written: str, hour: int) -> None:
    assert moment(written).at == china(2019, 1, 5, hour, 30)


def test_a_spelling_of_ones_own_is_named_in_the_mapping() -> None:
    spelling = "%m/%d/%Y %I:%M:%S %p"
    assert moment("04/12/2018 11:11:26 AM", spelling).at == china(2018, 4, 12, 11, 11, 26)
    assert moment("12/04/2018", "%d/%m/%Y") == Moment(start_of(date(2018, 4, 12)), day_only=True)
    # the usual ones, which cannot be misread, go on being read
    assert moment("2018-04-12 11:11", spelling).at == china(2018, 4, 12, 11, 11)


@pytest.mark.parametrize("written", ["04/12/2018", "昨天", "2019", "1/5", "10:11", True, 0.5])
def test_what_may_mean_several_days_is_refused(written: Cell) -> None:
    with pytest.raises(NoTimeOfTheUsual):
        moment(written)


@pytest.mark.parametrize("written", ["2019-02-30", "2019-01-05 25:00", "1900-01-00", "1899/1/1"])
def test_days_and_hours_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(NoSuchTime):
        moment(written)


@pytest.mark.parametrize("empty", ["", "\u3000\n", None])
def test_an_empty_cell_states_nothing(empty: Cell) -> None:
    assert read_moment(empty, zone=CHINA) is None


def test_clocks_that_are_put_forward_are_understood() -> None:
    winter = moment("2019-01-05 10:00", zone="Europe/Berlin").at
    summer = moment("2019-07-05 10:00", zone="Europe/Berlin").at
    assert winter.astimezone(UTC).hour == 9
    assert summer.astimezone(UTC).hour == 8


def test_a_day_is_the_same_day_whatever_zone_the_register_is_of() -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        assert china_day(moment("2019-01-05", zone=zone).at) == date(2019, 1, 5)


@given(
    MOMENTS, st.sampled_from(["%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S"])
)
def test_what_is_written_is_read(written: datetime, spelling: str) -> None:
    assert moment(written.strftime(spelling)).at == written.replace(tzinfo=CHINA)


@given(MOMENTS)
def test_a_spreadsheets_day_number_is_read(written: datetime) -> None:
    serial = (written - datetime(1899, 12, 30)) / timedelta(days=1)
    assert abs(moment(serial).at - written.replace(tzinfo=CHINA)) <= timedelta(seconds=1)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(NoSuchTime, NoTimeOfTheUsual):
        read_moment(text, zone=CHINA, formats=("%d.%m.%Y",))
