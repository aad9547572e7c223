"""Where and on which days a patrol is due, and how late it may be told: policy data of grid."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.clocks.calendar import Calendar
from shared.contracts.grid_codes import GridKind
from shared.refusals import Refusal
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolPolicy:
    """Which grids are patrolled daily, on which days; a change is a new version."""

    version: str
    days_back: int
    """How far back the day of a patrol may lie that a telephone tells."""
    kinds: frozenset[GridKind]
    working_days_only: bool

    def is_due(self, kind: GridKind, day: date, calendar: Calendar) -> bool:
        """Whether a grid of that kind is patrolled that day."""
        return kind in self.kinds and (not self.working_days_only or calendar.kind(day).worked)


DAILY = PatrolPolicy(
    version="patrol.1-placeholder",
    days_back=14,
    kinds=frozenset({GridKind.BASIC}),
    working_days_only=False,
)
"""每日一巡查: every basic grid, every day.

A placeholder: no regulation states how many days a valley without a signal has, nor whether micro
grids and holidays count.
"""


class PatrolTooLongAgo(Refusal):
    """Only the backfill role states a patrol that lies further back than the policy allows."""

    status = 403
    title = "That lies too far back"


def refuse_too_long_ago(at: datetime, *, today: date, policy: PatrolPolicy = DAILY) -> None:
    """Raise PatrolTooLongAgo for a moment before the earliest day that the policy allows."""
    earliest = today - timedelta(days=policy.days_back)
    if china_day(at) < earliest:
        raise PatrolTooLongAgo(field="done_at", earliest=earliest.isoformat())


class SendingIsOld(Refusal):
    """A slow clock, or the same bytes sent again days later: send them with the present time."""

    status = 422
    title = "The time of sending is old"


def refuse_unclear_day(
    stated: datetime, corrected: datetime, *, today: date, policy: PatrolPolicy = DAILY
) -> None:
    """Raise SendingIsOld where a sending that is behind would move a patrol to another day.

    A clock that has fallen back further than any patrol may be told is slow beyond doubt.
    """
    day = china_day(stated)
    is_believable = day >= today - timedelta(days=policy.days_back)
    if is_believable and day != china_day(corrected):
        raise SendingIsOld(field="sent_at")
