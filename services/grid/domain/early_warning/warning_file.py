"""The state of a warning: what its events come to, and what every step asks of it."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.early_warning_codes import WarningLevel
from shared.contracts.early_warnings import (
    WarningDisposed,
    WarningFoundFalse,
    WarningRaised,
)
from shared.contracts.event import Code
from shared.decider import Mark
from shared.refusals import Refusal


class WarningState(Code):
    """The states of a warning."""

    NOT_RAISED = "not-raised", "未预警"
    RAISED = "raised", "待签收"
    ACKNOWLEDGED = "acknowledged", "已签收"
    DISPOSED = "disposed", "已处置"
    EXPIRED = "expired", "已失效"
    FALSE = "false", "误报"


OPEN_STATES = (WarningState.RAISED, WarningState.ACKNOWLEDGED)
"""The states of a warning that somebody still has to act on; partial indexes list them as well."""

URGENCY = list(reversed(WarningLevel))
"""The levels from the least urgent to the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyWarning:
    """What a warning's events come to; facts are kept as they were published."""

    version: int = 0
    mark: Mark | None = None
    """Of the command or event that comes next."""
    state: WarningState = WarningState.NOT_RAISED
    raised: WarningRaised | None = None
    raised_at: datetime | None = None
    level: WarningLevel = WarningLevel.BLUE
    reason: str = ""
    """What the rule said last, in Chinese."""
    reason_en: str = ""
    last_day: date | None = None
    """Of the term or the promise, by what the rule said last."""
    dispose_by: datetime | None = None
    acknowledged_by: tuple[str, ...] = ()
    """The units that have seen it, in their order."""
    disposed: WarningDisposed | None = None
    found_false: WarningFoundFalse | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.state in OPEN_STATES

    @property
    def unit(self) -> str | None:
        """Whose term or service it is about."""
        return self.raised.unit if self.raised else None


class WarningNotFound(Refusal):
    """There is no such warning, or none that this token may see."""

    status = 404
    title = "No such warning"


class WarningIsOver(Refusal):
    """The warning was disposed, has expired or was found false."""

    title = "The warning is over"


class LeadersWarning(Refusal):
    """A red warning is lowered or ended by a leader, never by the unit that it is about or that has its case now."""

    status = 403
    title = "The warning is the leader's to end"


def raised(warning: EarlyWarning) -> WarningRaised:
    """The warning's first fact; raises WarningNotFound."""
    if warning.raised is None:
        raise WarningNotFound
    return warning.raised


def going_on(warning: EarlyWarning) -> WarningRaised:
    """The same, of a warning that is open; raises WarningIsOver."""
    known = raised(warning)
    if not warning.is_open:
        raise WarningIsOver(state=warning.state.value)
    return known


def is_more_urgent(level: WarningLevel, other: WarningLevel) -> bool:
    """Whether the office must act faster on the first."""
    return URGENCY.index(level) > URGENCY.index(other)
