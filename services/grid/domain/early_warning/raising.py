"""预警: a rule, or a post, warns of something; the same warning is raised once."""

from dataclasses import dataclass
from datetime import date, datetime

from services.grid.domain.early_warning.warning_file import EarlyWarning
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.contracts.early_warnings import WarningRaised
from shared.contracts.event import Event
from shared.contracts.warning_subjects import subject_fits
from shared.divisions import division_of
from shared.refusals import Refusal

MOST_CAUSES = 100
"""So many events are named as the cause; the board counts every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseWarning:
    """By which rule, about what, because of which events."""

    warning_id: str
    level: WarningLevel
    subject_kind: WarningSubject
    subject: str
    rule: WarningRule
    rule_version: int
    reason: str
    reason_en: str
    source: WarningSource
    dispose_by: datetime
    episode: int
    because: tuple[str, ...] = ()
    matter_id: str | None = None
    unit: str | None = None
    category: Category | None = None
    village_code: str | None = None
    words_digest: str | None = None
    recorded_afterwards: bool | None = None
    last_day: date | None = None


class SafetyNamesNothing(Refusal):
    """A safety warning names the matter alone: neither place nor issue, and no cause."""

    status = 422
    title = "A safety warning names the matter alone"


class SubjectDoesNotFit(Refusal):
    """A warning is about what its kind and rule are about, never about a person."""

    status = 422
    title = "The subject does not fit the kind and the rule"


class WarningNamesItsCause(Refusal):
    """What a rule warns of follows from recorded events, which the warning names."""

    status = 422
    title = "Name the events that the warning follows from"


def raise_warning(command: RaiseWarning, warning: EarlyWarning) -> list[Event]:
    """Once in an episode; what comes after it is counted, and raises nothing anew."""
    if warning.raised is not None:
        return []
    _check(command)
    return [
        WarningRaised(
            warning_id=command.warning_id,
            matter_id=command.matter_id,
            level=command.level,
            subject_kind=command.subject_kind,
            subject=command.subject,
            rule=command.rule,
            rule_version=command.rule_version,
            because=command.because[:MOST_CAUSES],
            reason=command.reason,
            reason_en=command.reason_en,
            source=command.source,
            dispose_by=command.dispose_by,
            episode=command.episode,
            unit=command.unit,
            category=command.category,
            village_code=command.village_code,
            words_digest=command.words_digest,
            recorded_afterwards=command.recorded_afterwards,
            last_day=command.last_day,
        )
    ]


def _check(command: RaiseWarning) -> None:
    if not subject_fits(
        command.subject_kind,
        command.rule,
        command.subject,
        matter_id=command.matter_id,
        division=division_of(command.warning_id),
    ):
        raise SubjectDoesNotFit(field="subject")
    if command.subject_kind is WarningSubject.SAFETY:
        if command.because or command.category or command.village_code:
            raise SafetyNamesNothing(field="subject_kind")
    elif command.source is WarningSource.MONITORING and not command.because:
        raise WarningNamesItsCause(field="because")
