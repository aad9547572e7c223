"""By when a backlog case is settled, and after how long without a step a key case is listed.

Policy of the county: the summary of a township says three months for a backlog case; no article says so.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCasePolicy:
    """The terms of one jurisdiction."""

    version: str
    backlog_months: int
    days_without_a_step: int

    def latest_target(self, opened_on: date) -> date:
        """The last day of a backlog case that is taken on that day: of the same number in its month, the
        last of the month where it has none [民法典 202].
        """
        years, month = divmod(opened_on.month - 1 + self.backlog_months, _MONTHS)
        year = opened_on.year + years
        day = min(opened_on.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day)

    def resting_since(self, today: date) -> date:
        """A key case whose last step lies before that day is listed."""
        return today - timedelta(days=self.days_without_a_step)


KEY_CASES = KeyCasePolicy(
    version="key-cases.1-placeholder", backlog_months=3, days_without_a_step=7
)
