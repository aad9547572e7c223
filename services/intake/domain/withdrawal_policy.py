"""How long a petitioner may take a stated withdrawal back: policy data of intake."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.times import start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalPolicy:
    """The days in which a stated withdrawal does not count yet; a change is a new version."""

    version: str
    days: int

    def takes_effect_at(self, stated_on: date) -> datetime:
        """The first moment after these days; the day of the statement is not counted."""
        return start_of(stated_on + timedelta(days=self.days + 1))


WITHIN_SEVEN_DAYS = WithdrawalPolicy(version="withdrawal.1-unverified", days=7)
"""Seven days are the design's own choice [unverified]: the Regulation knows no such time."""
