"""By when the monthly session is on record: policy data of intake; and what a month's id is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from shared.times import start_of

_NAMESPACE = UUID("0c2f6a35-8c5e-5d0b-9c1a-7a2d7f1c9b22")
"""Nobody else's, so that no id of another kind is the same: those that are drawn are version 7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencePolicy:
    """How long after its month a session may be recorded; a change is a new version."""

    version: str
    days_to_record: int

    def missed_at(self, month: str) -> datetime:
        """The first moment at which the month's session is missed unless it is on record."""
        first = date.fromisoformat(f"{following(month)}-01")
        return start_of(first + timedelta(days=self.days_to_record))


MONTHLY = ConferencePolicy(version="monthly-committee.1-placeholder", days_to_record=5)
"""每月党委会专题研究: a placeholder [unverified]; a work summary has the words and no days."""


def following(month: str) -> str:
    """The next month: `2026-01` after `2025-12`."""
    first = date.fromisoformat(f"{month}-01")
    return f"{first.replace(day=28) + timedelta(days=4):%Y-%m}"


def monthly_id(division: str, month: str) -> str:
    """The id of the monthly session of a division."""
    name = f"{division}/monthly-committee/{month}"
    return f"{division}-{uuid5(_NAMESPACE, name)}"
