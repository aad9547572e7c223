"""Short words for asking the clocks that ship."""

from collections.abc import Sequence
from datetime import date, datetime

from shared.clocks.calendar import Calendar
from shared.clocks.clock_run import Start
from shared.clocks.due import Due, due_of
from shared.clocks.pause import Pause
from shared.clocks.policy import Policy
from shared.clocks.shipped import (
    NATIONAL,
    policies_with,
    shipped_calendar,
    shipped_policy,
)

CALENDAR = shipped_calendar()

OWN = """
version = "county-2024"
jurisdiction = "CN-XX"
name = { zh = "本县", en = "county" }
base = "national-2022"
effective_from = 2024-01-01

[laws]
OWN = { zh = "本县规定", en = "county rules" }

[[clock]]
id = "C19"
length = 4
pauses = ["hearing-held"]
source = ["OWN 1"]
unverified = []

[[clock]]
id = "C30"
name = { zh = "含首日", en = "with its first day" }
unit = "calendar-days"
length = 3
start_day_counts = true
starts = "item-received"
stops = ["notice-served"]
source = ["OWN 2"]

[[clock]]
id = "C31"
name = { zh = "含首日的工作日", en = "working days with the first" }
unit = "working-days"
length = 3
start_day_counts = true
starts = "item-received"
stops = ["notice-served"]
pauses = ["hearing-held"]
extension = { days = 9, times = 3, unit = "working-days", approver = "unit-head", source = ["OWN 2"] }
source = ["OWN 2"]

[[clock]]
id = "C32"
name = { zh = "当日", en = "the same day" }
unit = "working-days"
length = 0
starts = "item-received"
stops = ["notice-served"]
source = ["OWN 3"]

[[clock]]
id = "C33"
name = { zh = "可中止可延长", en = "pauses and can be extended" }
unit = "calendar-days"
length = 10
starts = "item-received"
stops = ["notice-served"]
pauses = ["hearing-held"]
extension = { days = 30, times = 3, approver = "unit-head", source = ["OWN 4"] }
source = ["OWN 4"]
"""
"""A county's own policy, with what no shipped clock has."""


def county() -> Policy:
    return policies_with({"county-2024.toml": OWN})["county-2024"]


def days(text: str) -> Pause:
    """`2026-01-10..2026-01-12`, both included."""
    first, last = map(date.fromisoformat, text.split(".."))
    return Pause.of_days(first, last)


def ask(
    clock: str,
    start: str | Start,
    *,
    policy: str | Policy = NATIONAL,
    pauses: Sequence[Pause] = (),
    extend: Sequence[int] = (),
    length: int | None = None,
    calendar: Calendar = CALENDAR,
) -> Due:
    return due_of(
        clock,
        read(start) if isinstance(start, str) else start,
        policy=shipped_policy(policy) if isinstance(policy, str) else policy,
        calendar=calendar,
        pauses=pauses,
        extensions=extend,
        length=length,
    )


def read(text: str) -> Start:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def both(due: Due) -> tuple[str, str]:
    """The office's last day and the petitioner's."""
    return str(due.due_on), str(due.due_on_for_petitioner)
