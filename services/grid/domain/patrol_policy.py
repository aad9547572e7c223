"""How long ago a patrol may have been done that a telephone reports: policy data of grid."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.refusals import Refusal
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolPolicy:
    """How far back the day of a patrol may lie; a change is a new version."""

    version: str
    days_back: int


WITHIN_TWO_WEEKS = PatrolPolicy(version="patrol.1-placeholder", days_back=14)
"""A placeholder: no regulation states how many days; a valley without a signal needs some."""


class PatrolTooLongAgo(Refusal):
    """Only the backfill role states a patrol that lies further back than the policy allows."""

    status = 403
    title = "That lies too far back"


def refuse_too_long_ago(
    at: datetime, *, today: date, policy: PatrolPolicy = WITHIN_TWO_WEEKS
) -> None:
    """Raise PatrolTooLongAgo for a moment before the earliest day that the policy allows."""
    earliest = today - timedelta(days=policy.days_back)
    if china_day(at) < earliest:
        raise PatrolTooLongAgo(field="done_at", earliest=earliest.isoformat())
