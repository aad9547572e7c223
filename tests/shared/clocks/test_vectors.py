"""Due dates worked out by hand and by another source of holidays; they hold to the day."""

import pytest

from tests.shared.clocks.asking import ask, both

VECTORS = [
    # clock, start, extension, the office's last day, the petitioner's
    ("C4", "2026-02-10", (), "2026-02-24", "2026-02-24"),
    ("C1", "2026-02-10", (), "2026-02-25", "2026-02-25"),
    ("C6", "2026-01-05", (), "2026-03-06", "2026-03-06"),
    ("C6", "2026-01-05", (30,), "2026-04-05", "2026-04-07"),
    ("C7", "2026-03-06", (), "2026-04-05", "2026-04-07"),
    ("C8", "2026-09-01", (), "2026-10-01", "2026-10-08"),
    ("C13", "2026-04-30", (), "2026-05-08", "2026-05-08"),
    ("C12", "2026-05-08", (), "2026-05-21", "2026-05-21"),
    ("C17", "2026-09-30", (), "2026-10-13", "2026-10-13"),
    ("C1", "2025-12-20", (), "2026-01-04", "2026-01-04"),
    ("C14", "2026-01-20", (), "2026-02-19", "2026-02-24"),
    # a term that spans a leap day
    ("C6", "2024-02-01", (), "2024-04-01", "2024-04-01"),
    # Spring Festival of 2020 was lengthened to 2 February by a second notice
    ("C4", "2020-01-20", (), "2020-02-04", "2020-02-04"),
    ("C1", "2020-01-17", (), "2020-02-01", "2020-02-03"),
    # worked Saturday 28 September 2024 is none, Sunday 29 is
    ("C4", "2024-09-24", (), "2024-09-30", "2024-09-30"),
]


@pytest.mark.parametrize(("clock", "start", "extend", "office", "petitioner"), VECTORS)
def test_a_clock_ends_on_these_days(
    clock: str, start: str, extend: tuple[int, ...], office: str, petitioner: str
) -> None:
    due = ask(clock, start, extend=extend)
    assert both(due) == (office, petitioner)
    assert not due.provisional


@pytest.mark.parametrize(
    ("policy", "clock", "start", "extend", "office"),
    [
        ("zhejiang-2016", "C2", "2026-02-10", (), "2026-02-24"),
        ("zhejiang-2016", "C6", "2026-01-05", (), "2026-02-04"),
        ("zhejiang-2016", "C6", "2026-01-05", (60,), "2026-04-05"),
        ("henan-2012", "C1", "2026-02-10", (), "2026-02-15"),
        ("henan-2012", "C6", "2026-01-05", (), "2026-02-04"),
        ("henan-2012", "C6", "2026-01-05", (60,), "2026-04-05"),
        ("henan-2012", "C8", "2026-09-01", (), "2026-10-01"),
    ],
)
def test_a_province_counts_by_its_own_law(
    policy: str, clock: str, start: str, extend: tuple[int, ...], office: str
) -> None:
    assert both(ask(clock, start, extend=extend, policy=policy))[0] == office


def test_a_clock_is_found_whatever_the_case_of_its_letters() -> None:
    assert both(ask("c15-Docket", "2026-03-02")) == both(ask("C15-docket", "2026-03-02"))
