"""Days as they are spoken, told with how they were read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.papers.dictation.days import days_in

SAID_ON = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2026年12月31日之前", date(2026, 12, 31)),
        ("二〇二七年三月五号", date(2027, 3, 5)),
        ("2027年6月底", date(2027, 6, 30)),
        ("2027年底", date(2027, 12, 31)),
        ("2027年年底", date(2027, 12, 31)),
        ("12月31号", date(2026, 12, 31)),
        ("十二月三十一号", date(2026, 12, 31)),
        ("八月底", date(2026, 8, 31)),
        ("3月5号", date(2027, 3, 5)),
        ("7月10号", date(2026, 7, 10)),
        ("明年二月底", date(2027, 2, 28)),
        ("后年二月底", date(2028, 2, 29)),
        ("今年三月五号", date(2026, 3, 5)),
        ("这个月底", date(2026, 7, 31)),
        ("下个月一号", date(2026, 8, 1)),
        ("下月底", date(2026, 8, 31)),
        ("下下个月15号", date(2026, 9, 15)),
        ("年底", date(2026, 12, 31)),
        ("明年年底", date(2027, 12, 31)),
        ("三天内", date(2026, 7, 13)),
        ("十天之内", date(2026, 7, 20)),
        ("一个月内", date(2026, 8, 10)),
        ("半个月内", date(2026, 7, 25)),
        ("半年内", date(2027, 1, 10)),
        ("两年之内", date(2028, 7, 10)),
        ("一个星期以内", date(2026, 7, 17)),
        ("今天", SAID_ON),
        ("明天", date(2026, 7, 11)),
        ("大后天", date(2026, 7, 13)),
        ("当场", SAID_ON),
    ],
)
def test_a_day_is_read_from_the_day_of_the_dictation(text: str, on: date) -> None:
    [day] = days_in(text, SAID_ON)
    assert day.on == on
    assert day.said in text
    assert day.reading


@pytest.mark.parametrize(
    "text",
    [
        "腊月二十",
        "过年前",
        "中秋",
        "农历八月十五",
        "收了麦子",
        "八月",
        "8月份",
        "2月30号",
        "签字当天",
        "每月5号",
        "一个半月内",
    ],
)
def test_what_is_no_certain_day_stays_as_it_was_said(text: str) -> None:
    assert [day.on for day in days_in(text, SAID_ON)] in ([None], [])


def test_a_month_ahead_ends_with_the_month() -> None:
    [day] = days_in("一个月内", date(2027, 1, 31))
    assert day.on == date(2027, 2, 28)


def test_the_reading_tells_what_was_assumed() -> None:
    [day] = days_in("3月5号", SAID_ON)
    assert day.reading == "没有说年份，按2027年"
    [day] = days_in("年底", SAID_ON)
    assert "如指农历请改" in day.reading


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.text("一二三十年月日号底内天半个每下去明今0129 ", max_size=14),
)
def test_no_words_break_the_reading_and_days_are_in_order(said_on: date, text: str) -> None:
    days = days_in(text, said_on)
    assert [day.start for day in days] == sorted(day.start for day in days)
    assert all(text[day.start :].startswith(day.said) for day in days)
