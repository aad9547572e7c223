"""What is counted of the warnings of a back-test; no share is given without its two counts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from services.grid.domain.back_test.findings import FailureKind
from shared.contracts.early_warning_codes import WarningRule

_DAY = timedelta(days=1)


class OfMatter(NamedTuple):
    """One of the matters that a warning is about, as it was at the end of the history."""

    matter_id: str
    is_answered: bool
    is_resolved: bool
    before: datetime | None = None
    """The last time something went wrong with it before the warning."""
    after: datetime | None = None
    """The first time something went wrong with it, at the moment of the warning or later."""
    failures: frozenset[FailureKind] = frozenset()
    """Whatever went wrong with it."""

    @property
    def is_open(self) -> bool:
        """Whether nothing ended it within the history."""
        return not (self.is_answered or self.is_resolved)


class JudgedWarning(NamedTuple):
    """A warning with what became of it and of its matters."""

    rule: WarningRule
    at: datetime
    recorded_late: bool
    is_false: bool
    matters: tuple[OfMatter, ...]

    def lead(self, within: timedelta) -> timedelta | None:
        """How long before the failure the warning came, negative where after it; None without one.

        The first failure that came with the warning or after it, else the last one before.
        """
        after = [each.after for each in self.matters if each.after is not None]
        if after and min(after) - self.at <= within:
            return min(after) - self.at
        before = [each.before for each in self.matters if each.before is not None]
        if before and self.at - max(before) <= within:
            return max(before) - self.at
        return None

    def is_decided(self, within: timedelta, end: datetime) -> bool:
        """Whether history says if the warning was right: the matter is over, or the time has passed."""
        if self.is_false or self.lead(within) is not None or end - self.at > within:
            return True
        return not any(each.is_open for each in self.matters)


@dataclass(slots=True, kw_only=True)
class RuleCounts:
    """The counts of one rule."""

    fired: int = 0
    recorded_late: int = 0
    false: int = 0
    """Found false by a person, in the record."""
    decided: int = 0
    right: int = 0
    """Of those decided: something went wrong with the matter, and nobody found the warning false."""
    earlier: int = 0
    at_once: int = 0
    afterwards: int = 0
    leads: Counter[int] = field(default_factory=Counter)
    """Of the right ones, by whole days."""

    def add(self, warning: JudgedWarning, *, within: timedelta, end: datetime) -> None:
        """Count a warning."""
        self.fired += 1
        self.recorded_late += warning.recorded_late
        self.false += warning.is_false
        if not warning.is_decided(within, end):
            return
        self.decided += 1
        lead = warning.lead(within)
        if warning.is_false or lead is None:
            return
        self.right += 1
        self.earlier += lead > timedelta(0)
        self.at_once += lead == timedelta(0)
        self.afterwards += lead < timedelta(0)
        self.leads[int(lead / _DAY)] += 1

    @property
    def median_lead(self) -> int | None:
        """In whole days: the lower middle one."""
        middle = (self.leads.total() + 1) // 2
        for days in sorted(self.leads):
            middle -= self.leads[days]
            if middle <= 0:
                return days
        return None


class Recall(NamedTuple):
    """Of the matters with which something went wrong in the period, those that were warned of."""

    failed: int = 0
    warned: int = 0
    in_time: int = 0
    """At the moment of the matter's first failure of a kind in the period, or earlier."""
