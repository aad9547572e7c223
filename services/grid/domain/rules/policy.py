"""Policy data of the rules: thresholds, levels, days. A change is a new version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.folding.newest import Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePolicy:
    """The thresholds of one rule."""

    basis: str
    """The law, or "local convention"."""
    levels: Mapping[int, WarningLevel]
    """The level from that number on: of matters, of answers, of returns, or of days, which are
    before the due day where they are negative. Below the lowest number nothing is raised."""
    within: timedelta = timedelta(0)
    """How far apart the facts may lie that count together."""
    grace: timedelta = timedelta(0)
    """How long after its day a promise is waited for."""
    quiet: timedelta = timedelta(0)
    """How long after the end of a warning the same subject raises none."""

    def level_at(self, number: int) -> WarningLevel | None:
        """The level of that number; None below the lowest."""
        reached = [each for each in self.levels if each <= number]
        return self.levels[max(reached)] if reached else None

    @property
    def highest(self) -> WarningLevel:
        """The level of the greatest number."""
        return self.levels[max(self.levels)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyWarningPolicy:
    """One version of the policy of all rules."""

    version: str
    late: timedelta
    """A fact that was recorded so long after it happened raises nothing by itself."""
    keep: int
    """So many facts of a kind are kept of a subject, the newest."""
    horizon: timedelta
    """So far behind the newest fact of its kind a fact is kept."""
    rules: Mapping[WarningRule, RulePolicy]
    bounds: dict[object, Bounds] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What each rule keeps, once it is worked out."""
