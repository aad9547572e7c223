"""What the law lets stop or lengthen a clock, and what it does not."""

from datetime import UTC, datetime

import pytest

from shared.clocks.clock_refusals import (
    BeyondReckoning,
    ClockDoesNotPause,
    ClockRefused,
    ExtendedTooOften,
    ExtensionTooLong,
    LengthIsSet,
    LengthNotSet,
    MomentWithoutZone,
    NoExtension,
    NotALength,
    PauseEndsBeforeItBegins,
    UnknownClock,
    UnknownPolicy,
)
from shared.clocks.pause import Pause
from shared.clocks.shipped import shipped_policy
from tests.shared.clocks.asking import ask, both, county, days

COUNTY = county()


def test_the_days_of_a_hearing_are_not_counted() -> None:
    assert both(ask("C11", "2026-03-02")) == ("2026-04-01", "2026-04-01")
    paused = ask("C11", "2026-03-02", pauses=[days("2026-03-10..2026-03-12")])
    assert both(paused) == ("2026-04-04", "2026-04-07")


def test_a_day_of_which_a_part_is_paused_falls_away_whole() -> None:
    hearing = Pause(datetime(2026, 3, 10, 1, tzinfo=UTC), datetime(2026, 3, 10, 3, tzinfo=UTC))
    assert both(ask("C11", "2026-03-02", pauses=[hearing]))[0] == "2026-04-02"


def test_a_pause_up_to_midnight_does_not_touch_the_next_day() -> None:
    until = datetime(2026, 3, 10, 16, tzinfo=UTC)
    hearing = Pause(datetime(2026, 3, 10, 1, tzinfo=UTC), until)
    assert both(ask("C11", "2026-03-02", pauses=[hearing]))[0] == "2026-04-02"
    longer = Pause(hearing.begins, until.replace(microsecond=1))
    assert both(ask("C11", "2026-03-02", pauses=[longer]))[0] == "2026-04-03"


@pytest.mark.parametrize(
    "pause",
    [
        "2026-02-20..2026-03-01",  # before the start
        "2026-03-02..2026-03-02",  # the start day, which does not count anyway
        "2026-04-02..2026-04-20",  # after the end
    ],
)
def test_a_pause_before_the_first_day_or_after_the_last_changes_nothing(pause: str) -> None:
    assert both(ask("C11", "2026-03-02", pauses=[days(pause)])) == both(ask("C11", "2026-03-02"))


def test_a_pause_on_the_last_day_moves_it() -> None:
    paused = ask("C11", "2026-03-02", pauses=[days("2026-04-01..2026-04-01")])
    assert both(paused)[0] == "2026-04-02"


def test_a_pause_that_is_reached_only_by_another_pause_counts_too() -> None:
    two = [days("2026-03-31..2026-04-01"), days("2026-04-02..2026-04-02")]
    assert both(ask("C11", "2026-03-02", pauses=two))[0] == "2026-04-04"


def test_rest_days_in_a_pause_cost_a_count_of_working_days_nothing() -> None:
    paused = ask("C31", "2026-03-05", policy=COUNTY, pauses=[days("2026-03-07..2026-03-08")])
    assert both(paused) == both(ask("C31", "2026-03-05", policy=COUNTY))
    over_friday = ask("C31", "2026-03-05", policy=COUNTY, pauses=[days("2026-03-06..2026-03-08")])
    assert both(over_friday)[0] == "2026-03-10"


def test_a_pause_in_the_extension_lengthens_it() -> None:
    paused = ask(
        "C33", "2026-03-02", policy=COUNTY, extend=[5], pauses=[days("2026-03-13..2026-03-14")]
    )
    assert [str(term.last) for term in paused.run.terms()] == ["2026-03-12", "2026-03-19"]


def test_an_extension_is_counted_from_the_offices_day_not_the_petitioners() -> None:
    """The first term ends on the last day of the National Day week and would be rolled."""
    due = ask("C6", "2026-08-03", extend=[30])
    assert str(due.run.terms()[0].last) == "2026-10-02"
    assert both(due)[0] == "2026-11-01"


def test_several_extensions_share_the_bound() -> None:
    assert both(ask("C33", "2026-03-02", policy=COUNTY, extend=[10, 10, 10]))[0] == "2026-04-11"
    with pytest.raises(ExtensionTooLong, match="30 days in all, not 31"):
        ask("C33", "2026-03-02", policy=COUNTY, extend=[10, 10, 11])


def test_where_the_first_day_counts_it_is_one_of_them() -> None:
    assert both(ask("C30", "2026-03-02", policy=COUNTY))[0] == "2026-03-04"
    assert both(ask("C31", "2026-03-06", policy=COUNTY))[0] == "2026-03-10"
    # a rest day cannot be the first of some working days
    assert both(ask("C31", "2026-03-07", policy=COUNTY))[0] == "2026-03-11"


def test_a_clock_of_no_days_ends_with_the_day_it_begins() -> None:
    assert both(ask("C32", "2026-10-03", policy=COUNTY)) == ("2026-10-03", "2026-10-08")
    assert both(ask("C32", "2026-03-03", policy=COUNTY)) == ("2026-03-03", "2026-03-03")


def test_a_length_is_set_for_the_case_where_the_law_leaves_it_open() -> None:
    assert both(ask("C5", "2026-03-02", length=20))[0] == "2026-03-22"


@pytest.mark.parametrize(
    ("clock", "asked", "refusal"),
    [
        ("C99", {}, UnknownClock),
        ("", {}, UnknownClock),
        ("C4", {"extend": [1]}, NoExtension),
        ("C6", {"extend": [31]}, ExtensionTooLong),
        ("C6", {"extend": [10, 10]}, ExtendedTooOften),
        ("C6", {"extend": [0]}, NotALength),
        ("C6", {"extend": [-3]}, NotALength),
        ("C1", {"pauses": [days("2026-03-10..2026-03-12")]}, ClockDoesNotPause),
        ("C5", {}, LengthNotSet),
        ("C5", {"length": 0}, NotALength),
        ("C5", {"length": 10**9}, BeyondReckoning),
        ("C6", {"length": 30}, LengthIsSet),
        ("C19", {"length": 3}, LengthIsSet),
        ("C16", {"extend": [10**20]}, BeyondReckoning),
    ],
)
def test_what_the_law_does_not_give_is_refused(
    clock: str, asked: dict[str, object], refusal: type[ClockRefused]
) -> None:
    with pytest.raises(refusal):
        ask(clock, "2026-03-02", **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", ["9999-12-16", "9999-12-31", "0001-01-01T00:00:00+14:00"])
def test_an_end_that_cannot_be_written_is_refused(start: str) -> None:
    with pytest.raises(BeyondReckoning):
        ask("C1", start)


def test_an_unknown_clock_or_policy_is_told_which_there_are() -> None:
    with pytest.raises(UnknownClock, match="C15-docket"):
        ask("C99", "2026-03-02")
    with pytest.raises(UnknownPolicy, match="henan-2012, national-2022, zhejiang-2016"):
        shipped_policy("sichuan-2030")


def test_a_pause_has_an_end_after_its_beginning_and_both_have_a_zone() -> None:
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    with pytest.raises(PauseEndsBeforeItBegins):
        Pause(noon, noon)
    with pytest.raises(PauseEndsBeforeItBegins):
        days("2026-03-10..2026-03-09")
    with pytest.raises(MomentWithoutZone):
        Pause(noon, noon.replace(tzinfo=None))
    with pytest.raises(BeyondReckoning):
        days("2026-03-10..9999-12-31")
