"""How long a case may take: a small, versioned policy (60 days [R34], simple procedure [C12]).

The day of acceptance is not counted and the last day ends at 24:00 in China [CC201, CC203]. The
office is shown the unrolled day even where it is a rest day: rounding favours the petitioner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.contracts.case_codes import Procedure
from shared.times import china_day, start_of

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPolicy:
    """The terms of one jurisdiction from one day on; a change is a new version."""

    version: str
    ordinary_days: int
    simple_working_days: int


STATUTE_2022 = ClockPolicy(version="national-2022", ordinary_days=60, simple_working_days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are working days, as published; `working` answers None where nothing is yet."""

    version: str
    working: Callable[[date], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The end of a term, and by which policy and calendar it was counted."""

    due_at: datetime
    policy_version: str
    calendar_version: str


def term_of(
    procedure: Procedure, *, accepted_at: datetime, policy: ClockPolicy, calendar: Calendar
) -> Term:
    """When a case accepted at that moment is due."""
    accepted_on = china_day(accepted_at)
    last_day = accepted_on + policy.ordinary_days * _DAY
    version = calendar.version
    if procedure is Procedure.SIMPLE:
        last_day, version = _after_working_days(accepted_on, policy.simple_working_days, calendar)
    return Term(
        due_at=start_of(last_day + _DAY), policy_version=policy.version, calendar_version=version
    )


def _after_working_days(start: date, count: int, calendar: Calendar) -> tuple[date, str]:
    """Days that no calendar covers are taken Monday to Friday, and the version says so."""
    version = calendar.version
    day = start
    while count:
        day += _DAY
        working = calendar.working(day)
        if working is None:
            version = f"{calendar.version}-provisional"
            working = day.weekday() < _SATURDAY
        count -= working
    return day, version
