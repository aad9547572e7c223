"""Why a clock ends when it does: day by day as data, and in one sentence of each language."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.clocks.calendar import Calendar
from shared.clocks.clock import Unit
from shared.clocks.clock_refusals import BeyondReckoning
from shared.clocks.due import Due
from shared.clocks.explanation import DayNote, explain
from shared.clocks.reminder_marks import marks_of
from shared.clocks.sentence_en import sentence_en
from shared.clocks.sentence_zh import sentence_zh
from tests.shared.clocks.asking import CALENDAR, ask, county, days

COUNTY = county()
OF_DAYS = sorted(clock.id for clock in COUNTY.clocks() if clock.unit is not Unit.HOURS)
UNTIL_2026 = Calendar([year for year in CALENDAR.years if year.year <= 2026])
START_EN = "a day that is not counted (Civil Code Art 201; Civil Procedure Law Art 85)"
START_ZH = "当日不计入（《民法典》第201条、《民事诉讼法》第85条）"


def told(notes: Iterable[DayNote]) -> list[tuple[str, str, str | None]]:
    return [(str(note.day), note.why, note.festival) for note in notes]


def test_each_day_that_was_not_counted_is_told_with_its_reason() -> None:
    explained = explain(ask("C4", "2026-02-12"))
    assert told(explained.skipped) == [
        (f"2026-02-{day}", "festival", "spring-festival") for day in range(15, 24)
    ]
    assert told(explained.worked) == [("2026-02-14", "made-up", "spring-festival")]
    assert explained.rolled == ()


def test_each_day_that_was_rolled_over_is_told_with_its_reason() -> None:
    explained = explain(ask("C6", "2026-01-05", extend=[30]))
    assert told(explained.rolled) == [
        ("2026-04-05", "festival", "tomb-sweeping-day"),
        ("2026-04-06", "festival", "tomb-sweeping-day"),
    ]
    assert explained.skipped == explained.worked == ()
    assert told(explain(ask("C1", "2026-02-20")).rolled) == [
        ("2026-03-07", "weekend", None),
        ("2026-03-08", "weekend", None),
    ]


def test_a_weekend_day_that_is_worked_is_why_nothing_is_rolled() -> None:
    assert told(explain(ask("C1", "2025-12-20")).worked) == [
        ("2026-01-04", "made-up", "new-years-day")
    ]


def test_paused_days_and_pauses_without_effect_are_told_apart() -> None:
    pauses = [days("2026-03-10..2026-03-11"), days("2026-02-01..2026-02-03")]
    explained = explain(ask("C11", "2026-03-02", pauses=pauses))
    assert told(explained.skipped) == [
        ("2026-03-10", "paused", None),
        ("2026-03-11", "paused", None),
    ]
    assert explained.pauses_without_effect == (pauses[1],)


def test_the_articles_that_were_used_are_named_and_no_others() -> None:
    plain, rolled = explain(ask("C8", "2026-03-02")), explain(ask("C8", "2026-09-01"))
    assert [each.short for each in plain.articles] == ["R 35"]
    assert [each.short for each in plain.start_articles] == ["CC 201", "CPL 85"]
    assert plain.roll_articles == ()
    assert [each.short for each in rolled.roll_articles] == ["CC 203"]
    extended = explain(ask("C6", "2026-01-05", policy="zhejiang-2016", extend=[60]))
    assert [each.short for each in extended.articles] == ["ZJ 23"]


@pytest.mark.parametrize(
    ("due", "en", "zh"),
    [
        (
            ask("C6", "2026-01-05"),
            (
                f"C6 (handling of a request) starts on 2026-01-05, {START_EN}, and runs 60 calendar "
                "days to 2026-03-06 (Regulations on Petition Work (2022) Art 34); the last day is "
                "2026-03-06, until 24:00 in China, for office and petitioner."
            ),
            (
                f"C6（办理申诉求决事项）自2026-01-05起算，{START_ZH}，期限60日，至2026-03-06"
                "（《信访工作条例》(2022)第34条）；办理机关和信访人的截止日均为2026-03-06（北京时间24时）。"
            ),
        ),
        (
            ask("C8", "2026-09-01"),
            (
                f"C8 (requesting a review) starts on 2026-09-01, {START_EN}, and runs 30 calendar days "
                "to 2026-10-01 (Regulations on Petition Work (2022) Art 35); the office's last day is "
                "2026-10-01, the petitioner's 2026-10-08, past 2026-10-01 to 2026-10-07 (National Day) "
                "(Civil Code Art 203), until 24:00 in China."
            ),
            (
                f"C8（申请复查）自2026-09-01起算，{START_ZH}，期限30日，至2026-10-01"
                "（《信访工作条例》(2022)第35条）；办理机关截止日为2026-10-01，信访人截止日顺延至2026-10-08"
                "（2026-10-01至2026-10-07（国庆节）；《民法典》第203条），均至北京时间24时。"
            ),
        ),
        (
            ask("C4", "2026-02-10"),
            (
                f"C4 (objection to the remit) starts on 2026-02-10, {START_EN}, and runs 5 working days "
                "to 2026-02-24 (Regulations on Petition Work (2022) Art 23 para 3); not counted: "
                "2026-02-15 to 2026-02-23 (Spring Festival); worked though on a weekend: 2026-02-14 "
                "(for Spring Festival); the last day is 2026-02-24, until 24:00 in China, for office "
                "and petitioner."
            ),
            (
                f"C4（对转送、交办提出异议）自2026-02-10起算，{START_ZH}，期限5个工作日，至2026-02-24"
                "（《信访工作条例》(2022)第23条第3款）；不计入的日期：2026-02-15至2026-02-23（春节）；"
                "调休上班的日期：2026-02-14（春节调休）；办理机关和信访人的截止日均为2026-02-24（北京时间24时）。"
            ),
        ),
        (
            ask("C19", "2026-10-03T22:30:00+08:00", policy=COUNTY),
            (
                "C19 (report of an urgent matter) starts at 2026-10-03 22:30 and runs 4 hours from that "
                "moment (Civil Code Art 201; county rules Art 1); the end is 2026-10-04 02:30 in China "
                "and is not moved by rest days."
            ),
            (
                "C19（重大紧急信访事项报告）自2026-10-03 22:30起算，期限4小时（《民法典》第201条、"
                "《本县规定》第1条）；截止2026-10-04 02:30，不因休息日顺延。"
            ),
        ),
    ],
)
def test_it_can_be_said_in_one_sentence(due: Due, en: str, zh: str) -> None:
    explained = explain(due)
    assert sentence_en(explained) == en
    assert sentence_zh(explained) == zh


@pytest.mark.parametrize(
    ("due", "en", "zh"),
    [
        (
            ask("C4", "2026-11-30", calendar=UNTIL_2026),
            "the notice for 2027, not published yet, may change days from 2026-12-01 on",
            "2027年放假安排尚未公布，2026-12-01起的日期可能调整",
        ),
        (
            ask("C4", "2008-11-03"),
            "no working days before 2010 are held",
            "没有2010年以前的工作日历",
        ),
        (
            ask("C4", "2026-03-02", calendar=Calendar([])),
            "no calendar is held",
            "没有工作日历",
        ),
        (
            ask("C6", "2021-03-01"),
            "national-2022 was not in force for it on 2021-03-01",
            "national-2022在2021-03-01对该期限未施行",
        ),
        (
            ask("C6", "2026-01-05", extend=[10]),
            "no source confirms: times",
            "未经核实：延期次数",
        ),
        (
            ask("C12", "2026-05-08"),
            "no source confirms: length, source",
            "未经核实：期限、依据",
        ),
        (
            ask("C11", "2026-03-02", pauses=[days("2026-02-01..2026-02-03")]),
            "pauses before the start or after the end change nothing",
            "起算前、届满后的不计期间不影响期限",
        ),
        (
            ask("C19", datetime(2026, 10, 3, 14, 30, tzinfo=UTC)),
            "starts at 2026-10-03 22:30 and is due at once",
            "自2026-10-03 22:30起算，应当立即办理",
        ),
        (
            ask("C30", "2026-03-02", policy=COUNTY),
            "starts on 2026-03-02, a day that is counted, and runs 3 calendar days to 2026-03-04",
            "自2026-03-02起算，当日计入，期限3日，至2026-03-04",
        ),
    ],
)
def test_what_a_reader_has_to_beware_of_is_said(due: Due, en: str, zh: str) -> None:
    explained = explain(due)
    assert en in sentence_en(explained)
    assert zh in sentence_zh(explained)


@settings(deadline=None)
@given(st.sampled_from(OF_DAYS), st.dates(), st.booleans())
def test_every_date_that_can_be_notified_can_be_explained(
    clock: str, start: date, is_paused: bool
) -> None:
    pauses = [days("2026-03-10..2026-03-12")] if is_paused and clock in {"C11", "C31"} else []
    try:
        due = ask(clock, start, policy=COUNTY, pauses=pauses, length=9 if clock == "C5" else None)
    except BeyondReckoning:
        assert start.year in {1, 9999}
        return
    explained = explain(due)
    assert str(due.due_on_for_petitioner) in sentence_en(explained)
    assert str(due.due_on_for_petitioner) in sentence_zh(explained)
    assert all(start <= mark.on < due.due_on for mark in marks_of(due))
    assert due.due_at <= due.due_at_for_petitioner


def test_a_doubt_about_extensions_is_told_of_extended_clocks_alone() -> None:
    assert "no source confirms" not in sentence_en(explain(ask("C6", "2026-01-05")))


def test_a_hearing_pauses_the_handling_and_no_source_is_claimed_for_it() -> None:
    paused = ask("C6", "2026-01-05", pauses=[days("2026-01-12..2026-01-14")])
    assert str(paused.due_on) == str(paused.due_on_for_petitioner) == "2026-03-09"
    assert "no source confirms: pauses" in sentence_en(explain(paused))
    assert "不计入期限的事由" in sentence_zh(explain(paused))
