"""The tables of a counted subject: its steps and facts, and the rollups of its counters.

Four tables a subject: `case_step`, `case_fact`, `case_day_rollup`, `case_month_rollup`.
"""

from dataclasses import dataclass
from typing import LiteralString

from services.stats.domain.counted_subject import CountedSubject
from shared.folding.tables import SubjectTables


@dataclass(frozen=True, eq=False, kw_only=True)
class CountedTables(SubjectTables):
    """Where the steps, facts and rollups of a subject are kept."""

    subject: CountedSubject

    @property
    def days(self) -> LiteralString:
        """The counters of an anchor by day and dimensions."""
        return f"{self.name}_day_rollup"

    @property
    def months(self) -> LiteralString:
        """The same by whole months, whatever the dimensions."""
        return f"{self.name}_month_rollup"

    @property
    def all(self) -> tuple[LiteralString, ...]:
        """All that a fold of the subject writes."""
        return (*super().all, self.days, self.months)
