"""签收、调级、处置、误报、失效: what is done about a warning."""

from dataclasses import dataclass
from datetime import date, datetime

from services.grid.domain.early_warning.warning_file import (
    EarlyWarning,
    LeadersWarning,
    WarningIsOver,
    going_on,
    is_more_urgent,
    raised,
)
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WarningSubject,
)
from shared.contracts.early_warnings import (
    WarningAcknowledged,
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningLevelChanged,
)
from shared.contracts.event import Event
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeWarning:
    """A unit has seen it and acts."""

    by_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLevel:
    """Another level, with the time that this one leaves; a rule names no unit."""

    to_level: WarningLevel
    why: LevelChangeReason
    dispose_by: datetime
    by_unit: str | None = None
    by_leader: bool = False
    held_by: frozenset[str] = frozenset()
    """The units that have the case now, after a hand-over as well."""
    reason: str | None = None
    """What a rule says at this level."""
    reason_en: str | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposeWarning:
    """What was warned of is done with."""

    how: DisposedHow
    by_unit: str
    by_leader: bool = False
    held_by: frozenset[str] = frozenset()
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFalse:
    """There was nothing to warn of."""

    reason: FalseWarningReason
    by_unit: str
    by_leader: bool = False
    held_by: frozenset[str] = frozenset()
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireWarning:
    """Its time is over: of a warning that has another level and time since, it is not."""

    dispose_by: datetime | None = None
    """The term after which it expires; the one that it has, where none is named."""


class SafetyIsNotListed(Refusal):
    """An entry of the list would say of a matter that somebody in it is in danger."""

    status = 422
    title = "A safety warning puts nothing on the list"


def acknowledge(command: AcknowledgeWarning, warning: EarlyWarning) -> list[Event]:
    """Once by each unit."""
    known = going_on(warning)
    if command.by_unit in warning.acknowledged_by:
        return []
    return [
        WarningAcknowledged(
            warning_id=known.warning_id, matter_id=known.matter_id, by_unit=command.by_unit
        )
    ]


def change_level(command: ChangeLevel, warning: EarlyWarning) -> list[Event]:
    """Up by anybody who acts on it; a rule never lowers it, and of a red one only a leader does."""
    known = going_on(warning)
    if command.to_level is warning.level:
        return []
    if not is_more_urgent(command.to_level, warning.level):
        if command.why is LevelChangeReason.RULE:
            return []
        _require_not_late(warning, command)
    return [
        WarningLevelChanged(
            warning_id=known.warning_id,
            matter_id=known.matter_id,
            from_level=warning.level,
            to_level=command.to_level,
            why=command.why,
            dispose_by=command.dispose_by,
            reason=command.reason,
            reason_en=command.reason_en,
            last_day=command.last_day,
        )
    ]


def dispose(command: DisposeWarning, warning: EarlyWarning) -> list[Event]:
    """Once; a red one never by the late unit, one of safety never by an entry of the list."""
    known = raised(warning)
    disposed = WarningDisposed(
        warning_id=known.warning_id,
        matter_id=known.matter_id,
        how=command.how,
        by_unit=command.by_unit,
        words_digest=command.words_digest,
    )
    if warning.disposed == disposed:
        return []
    going_on(warning)
    _require_not_late(warning, command)
    if command.how is DisposedHow.WATCHED and known.subject_kind is WarningSubject.SAFETY:
        raise SafetyIsNotListed(field="how")
    return [disposed]


def find_false(command: FindFalse, warning: EarlyWarning) -> list[Event]:
    """Also of one that has ended: history may show it."""
    known = raised(warning)
    found = WarningFoundFalse(
        warning_id=known.warning_id,
        matter_id=known.matter_id,
        reason=command.reason,
        by_unit=command.by_unit,
        words_digest=command.words_digest,
    )
    if warning.found_false is not None:
        if warning.found_false == found:
            return []
        raise WarningIsOver(state=warning.state.value)
    _require_not_late(warning, command)
    return [found]


def expire(command: ExpireWarning, warning: EarlyWarning) -> list[Event]:
    """Nothing where it has ended before, or has another term since."""
    known = raised(warning)
    if not warning.is_open or command.dispose_by not in (None, warning.dispose_by):
        return []
    return [WarningExpired(warning_id=known.warning_id, matter_id=known.matter_id)]


def _require_not_late(
    warning: EarlyWarning, command: ChangeLevel | DisposeWarning | FindFalse
) -> None:
    """The unit that was late when it was raised, and the one that has the case by now, are both."""
    is_own = command.by_unit is not None and command.by_unit in {warning.unit, *command.held_by}
    if warning.level is WarningLevel.RED and is_own and not command.by_leader:
        raise LeadersWarning
