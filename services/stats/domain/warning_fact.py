"""The fact of an early warning: how it ended, and which event made each part.

raised ─► acknowledged … ─► disposed | expired | found false, whichever came first
          found false also after another end: history may show it
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from services.stats.domain.warning_step import Stated
from shared.contracts.early_warnings import (
    WarningAcknowledged,
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningLevelChanged,
    WarningRaised,
)
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, first_recorded, occurrence_of

_DAY = timedelta(hours=24)


class Warned(NamedTuple):
    """What a warning is counted by, as its raising states it."""

    category: str | None
    village_code: str | None
    rule: str
    source_kind: str
    afterwards: bool
    lead_days: int | None
    matter_id: str | None = None
    """None where it is about several."""


class WarningFact(NamedTuple):
    """One warning (条)."""

    division: str
    warning_id: str
    warned: Warned
    level: str
    """The newest."""
    dispose_by: datetime
    """By which somebody has to have acted, at that level."""
    raised: Occurrence
    how: str | None = None
    acknowledged: Occurrence | None = None
    disposed: Occurrence | None = None
    expired: Occurrence | None = None
    found_false: Occurrence | None = None

    @property
    def ended(self) -> Occurrence | None:
        """The first end on record, never before the raising, whatever times are stated."""
        ends = [each for each in (self.disposed, self.expired, self.found_false) if each]
        if not ends:
            return None
        first = min(ends, key=lambda each: each.seq)
        return first if first.at >= self.raised.at else self.raised._replace(seq=first.seq)

    @property
    def is_disposed(self) -> bool:
        """Whether somebody acted on it, and nobody has found it false since."""
        return self.disposed is not None and self.found_false is None

    @property
    def is_disposed_in_a_day(self) -> bool:
        """Whether that was within 24 hours."""
        return (
            self.is_disposed
            and self.disposed is not None
            and self.disposed.at - self.raised.at <= _DAY
        )


def evolve(fact: WarningFact | None, step: Step) -> WarningFact | None:
    """The fact after a step; a warning whose raising is not known counts nowhere."""
    if fact is None:
        return _raised(step) if step.kind == WarningRaised.kind else None
    after = _AFTER.get(step.kind)
    return after(fact, step) if after else fact


def _raised(step: Step) -> WarningFact:
    stated: Stated = step.stated
    warned = Warned(
        stated.category,
        stated.village_code,
        str(stated.rule),
        str(stated.source_kind),
        bool(stated.afterwards),
        stated.lead_days,
        stated.matter_id,
    )
    return WarningFact(
        step.division,
        step.entity_id,
        warned,
        level=str(stated.level),
        dispose_by=step.due_at or step.at,
        raised=occurrence_of(step),
    )


def _level_changed(fact: WarningFact, step: Step) -> WarningFact:
    return fact._replace(level=str(step.stated.level), dispose_by=step.due_at or fact.dispose_by)


def _acknowledged(fact: WarningFact, step: Step) -> WarningFact:
    return fact._replace(acknowledged=first_recorded(fact.acknowledged, step))


def _disposed(fact: WarningFact, step: Step) -> WarningFact:
    if fact.disposed:
        return fact
    return fact._replace(disposed=occurrence_of(step), how=step.stated.how)


def _expired(fact: WarningFact, step: Step) -> WarningFact:
    return fact._replace(expired=first_recorded(fact.expired, step))


def _found_false(fact: WarningFact, step: Step) -> WarningFact:
    return fact._replace(found_false=first_recorded(fact.found_false, step))


_AFTER: dict[str, Callable[[WarningFact, Step], WarningFact]] = {
    WarningLevelChanged.kind: _level_changed,
    WarningAcknowledged.kind: _acknowledged,
    WarningDisposed.kind: _disposed,
    WarningExpired.kind: _expired,
    WarningFoundFalse.kind: _found_false,
}
