"""The early warnings of the reference year: 42 raised by posts, 19 by rules.

Our choices, where the summary is silent: each is about the matter of a valid report, raised on the
day of its check. Of those of posts 39 were settled within ten days and 3 went into a statutory
procedure; of those of rules 13 were disposed within 20 hours and 6 put on the watch list, on which
they are until the middle of the next year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from demo.grid_year.scenario import Fate as ReportFate
from demo.grid_year.scenario import Report, reports
from demo.mediating.register_text import Body, Step
from shared.contracts.early_warning_codes import (
    DisposedHow,
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)

BY_POSTS, RESOLVED = 42, 39
BY_RULES, WATCHED = 19, 6
_RULES = (
    (WarningRule.RAISED_AFTER_ANSWER, WarningSubject.SERVICE_FAILURE),
    (WarningRule.CLUSTER, WarningSubject.ISSUE_CLUSTER),
    (WarningRule.UNPAID_WAGES, WarningSubject.ISSUE_CLUSTER),
)
_LEVELS = (WarningLevel.YELLOW, WarningLevel.ORANGE, WarningLevel.BLUE)
_WATCHED_UNTIL = date(2026, 6, 30)
_OWNER = "governance-center"


class Fate(Enum):
    """What becomes of a warning."""

    SETTLED = "settled"
    IN_PROCEDURE = "in a statutory procedure"
    STEP_TAKEN = "disposed within a day"
    WATCHED = "put on the watch list"


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning of the scenario."""

    number: int
    report: Report
    """Of the matter that it is about."""
    rule: WarningRule
    subject_kind: WarningSubject
    level: WarningLevel
    fate: Fate

    @property
    def by_post(self) -> bool:
        """Whether a post raised it."""
        return self.rule is WarningRule.TOLD_BY_WORKER


def warnings() -> Iterator[Warned]:
    """All of them, those of posts first."""
    valid = [each for each in reports() if each.fate is not ReportFate.REJECTED]
    for place, report in enumerate(valid[3::6][:BY_POSTS]):
        fate = Fate.SETTLED if place < RESOLVED else Fate.IN_PROCEDURE
        rule, kind = WarningRule.TOLD_BY_WORKER, WarningSubject.MATTER
        yield Warned(place, report, rule, kind, _LEVELS[place % 3], fate)
    for place, report in enumerate(valid[5::14][:BY_RULES]):
        rule, kind = _RULES[place % 3]
        fate = Fate.WATCHED if place % 3 == 2 else Fate.STEP_TAKEN
        yield Warned(BY_POSTS + place, report, rule, kind, _LEVELS[place % 3], fate)


def raising(warned: Warned, matter_id: str, because: str) -> Body:
    """The body that raises it, of this matter and because of this event."""
    source = WarningSource.GRID if warned.by_post else WarningSource.MONITORING
    return {
        "subject_kind": warned.subject_kind,
        "level": warned.level,
        "matter_id": matter_id,
        "because": [because],
        "source": source,
        "rule": warned.rule,
        "rule_version": 1,
        "occurred_at": _at(warned.report.on, "12:00"),
    }


def disposing(warned: Warned) -> Step:
    """The step that ends it."""
    next_day = warned.report.on + timedelta(days=1)
    match warned.fate:
        case Fate.SETTLED:
            on = warned.report.on + timedelta(days=1 + warned.number % 10)
            return _dispose(warned, DisposedHow.SETTLED, on, "15:00")
        case Fate.IN_PROCEDURE:
            return _dispose(warned, DisposedHow.IN_PROCEDURE, next_day, "15:00")
        case Fate.STEP_TAKEN:
            return _dispose(warned, DisposedHow.STEP_TAKEN, next_day, "08:00")
        case Fate.WATCHED:
            watch = {
                "owner_unit": _OWNER,
                "plan": "每月走访一次，跟踪化解。",
                "review_by": date(2026, 3, 31).isoformat(),
                "expires_on": _WATCHED_UNTIL.isoformat(),
            }
            return _dispose(warned, DisposedHow.WATCHED, next_day, "09:00", watch=watch)


def _dispose(warned: Warned, how: DisposedHow, on: date, clock: str, **more: object) -> Step:
    body = {"how": how, "by_unit": warned.report.matter.unit, "occurred_at": _at(on, clock)}
    return Step("dispose", body | more)


def _at(day: date, clock: str) -> str:
    return f"{day.isoformat()}T{clock}:00+08:00"
