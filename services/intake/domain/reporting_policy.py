"""How long ago a fact may have happened that the office reports: policy data of intake."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingPolicy:
    """How far back the day of an act may lie; a change is a new version."""

    version: str
    days_back: int


WITHIN_SIXTY_DAYS = ReportingPolicy(version="reporting.1-placeholder", days_back=60)
"""A placeholder: no regulation states how many days; an office sets its own by a new version."""


class TooLongAgo(Refusal):
    """Only the backfill role states a fact that lies further back than the policy allows."""

    status = 403
    title = "That lies too far back"


def refuse_too_long_ago(
    day: date,
    *,
    today: date,
    field: str = "happened_on",
    policy: ReportingPolicy = WITHIN_SIXTY_DAYS,
) -> None:
    """Raise TooLongAgo for a day before the earliest that the policy allows today."""
    earliest = today - timedelta(days=policy.days_back)
    if day < earliest:
        raise TooLongAgo(
            f"The earliest day is {earliest}, {policy.days_back} days back; "
            "only the backfill role states an earlier one.",
            field=field,
            earliest=earliest.isoformat(),
        )
