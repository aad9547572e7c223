"""Answers to commands to warnings and to watched matters."""

from datetime import date, datetime

from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.early_warning.warning_file import raised
from services.grid.domain.matter_watch import MatterWatch, WatchNotFound
from shared.http import Body
from shared.times import to_wire


class WarningAnswer(Body):
    """The state of a warning after a command."""

    warning_id: str
    state: str
    level: str
    subject_kind: str
    subject: str
    matter_id: str | None
    rule: str
    rule_version: int
    reason: str
    """What the rule said when it raised the warning, or gave it its level, in Chinese."""
    reason_en: str
    last_day: date | None
    """Of the term or the promise, by that sentence: an extension since then is not in it."""
    source: str
    unit: str | None
    category: str | None
    village_code: str | None
    episode: int
    recorded_afterwards: bool
    because: list[str]
    """The events from which it follows; of a safety warning none."""
    dispose_by: datetime
    acknowledged_by: list[str]
    disposed_how: str | None
    false_because: str | None
    version: int


class WatchAnswer(Body):
    """The state of a watched matter after a command."""

    watch_id: str
    matter_id: str
    state: str
    owner_unit: str
    review_by: date
    expires_on: date
    warning_id: str | None
    why_ended: str | None
    unjustified_because: str | None
    version: int


def warning_summary(warning: EarlyWarning) -> dict[str, object]:
    """The answer for a warning."""
    known = raised(warning)
    return {
        "warning_id": known.warning_id,
        "state": warning.state,
        "level": warning.level,
        **{name: getattr(known, name) for name in _AS_RAISED},
        "reason": warning.reason,
        "reason_en": warning.reason_en,
        "last_day": warning.last_day and warning.last_day.isoformat(),
        "recorded_afterwards": known.recorded_afterwards is True,
        "because": list(known.because),
        "dispose_by": warning.dispose_by and to_wire(warning.dispose_by),
        "acknowledged_by": list(warning.acknowledged_by),
        "disposed_how": warning.disposed and warning.disposed.how,
        "false_because": warning.found_false and warning.found_false.reason,
        "version": warning.version,
    }


_AS_RAISED = (
    *("subject_kind", "subject", "matter_id", "rule", "rule_version"),
    *("source", "unit", "category", "village_code", "episode"),
)


def watch_summary(watch: MatterWatch) -> dict[str, object]:
    """The answer for a watched matter."""
    watched = watch.watched
    if watched is None:
        raise WatchNotFound
    return {
        "watch_id": watched.watch_id,
        "matter_id": watched.matter_id,
        "state": watch.state,
        "owner_unit": watched.owner_unit,
        "review_by": watch.review_by and watch.review_by.isoformat(),
        "expires_on": watched.expires_on.isoformat(),
        "warning_id": watched.warning_id,
        "why_ended": watch.ended and watch.ended.why,
        "unjustified_because": watch.unjustified and watch.unjustified.reason,
        "version": watch.version,
    }
