"""The tables of a counted subject: its steps and facts, and the rollups of its counters.

Four tables a subject: `case_step`, `case_fact`, `case_day_rollup`, `case_month_rollup`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import LiteralString

from services.stats.domain.counted_subject import CountedSubject
from shared.folding.tables import SubjectTables


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """How the facts (`fact`) hold what a counter by values counts."""

    at: LiteralString
    """The column of the moment by whose day it counts."""
    value: LiteralString
    where: LiteralString = "true"


@dataclass(frozen=True, eq=False, kw_only=True)
class CountedTables(SubjectTables):
    """Where the steps, facts and rollups of a subject are kept."""

    subject: CountedSubject
    valued: Mapping[str, Valued] = field(default_factory=dict)
    """The counters by values."""
    kept_from: LiteralString | None = None
    """Of a fact, whether its entity is kept from the units `own`; a token that names no `unit` may be of
    any."""
    kept_from_all: LiteralString | None = None
    """Of a fact, whether its entity is kept from everybody, backfills too."""

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
