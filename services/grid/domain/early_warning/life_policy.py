"""Policy data of a warning's life: how fast the office acts on it, and when it expires."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.grid.domain.early_warning.warning_file import EarlyWarning
from shared.contracts.early_warning_codes import WarningLevel, WarningSubject
from shared.refusals import Refusal


class LevelNotInPolicy(Refusal):
    """What a post warns of has one of the levels that the policy lists."""

    status = 422
    title = "The policy has no such level here"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLife:
    """One version of the policy."""

    version: str
    basis: str
    dispose_within: Mapping[WarningLevel, timedelta]
    """How long the office has, by level."""
    expires_after: Mapping[WarningLevel, timedelta]
    """How long after that an open warning expires."""
    safety_expires_after: timedelta
    """How long after being raised a safety warning expires, whatever its level."""
    levels: Mapping[WarningSubject, tuple[WarningLevel, ...]]
    """The levels that a post may choose, by what it warns of."""

    def dispose_by(self, level: WarningLevel, at: datetime) -> datetime:
        """By when the office has acted on a warning that has this level from then on."""
        return at + self.dispose_within[level]

    def require_level(self, kind: WarningSubject, level: WarningLevel) -> None:
        """Raise LevelNotInPolicy where a post may not choose it."""
        allowed = self.levels.get(kind, ())
        if level not in allowed:
            raise LevelNotInPolicy(field="level", allowed=", ".join(allowed))

    def expires_at(self, warning: EarlyWarning) -> datetime | None:
        """When the warning expires as it is now; never, where an older record states it."""
        raised, raised_at, dispose_by = warning.raised, warning.raised_at, warning.dispose_by
        if raised is None or raised_at is None or dispose_by is None:
            return None
        if raised.recorded_afterwards:
            return None
        if raised.subject_kind is WarningSubject.SAFETY:
            return raised_at + self.safety_expires_after
        return dispose_by + self.expires_after[warning.level]
