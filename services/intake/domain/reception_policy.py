"""By when a scheduled reception is on record, and how often leaders receive: policy data of intake."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.times import start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionPolicy:
    """How long after its day a reception may be recorded; a change is a new version."""

    version: str
    days_to_record: int

    def missed_at(self, on: date) -> datetime:
        """The first moment at which a reception of that day is missed unless it is on record."""
        return start_of(on + timedelta(days=1 + self.days_to_record))


RECEPTIONS = ReceptionPolicy(version="reception.1-placeholder", days_to_record=1)
"""A placeholder [unverified]: article 18 has leaders receive petitioners and states no days. A
reception is recorded on its day or on the next."""
