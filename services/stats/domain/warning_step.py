"""The steps of an early warning (预警): what the figures need of the events about it.

A safety warning begins nothing here, so that no figure counts it and no evidence names it: even a
count of one would say that, and when, somebody was in danger.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.early_warning_codes import WarningSource, WarningSubject
from shared.contracts.early_warnings import (
    EarlyWarningEvent,
    WarningDisposed,
    WarningLevelChanged,
    WarningRaised,
)
from shared.contracts.event import Event
from shared.folding.step import Step, step_of
from shared.times import china_day


class Stated(NamedTuple):
    """What a step states, each only where its event has it."""

    category: str | None = None
    village_code: str | None = None
    rule: str | None = None
    source_kind: str | None = None
    """Whether a post raised it, or a rule did."""
    afterwards: bool | None = None
    """An older record states it."""
    lead_days: int | None = None
    """From the raising to the last day of what a rule warned of, 0 where that was over; None where
    the rule judged no term, or the warning was recorded afterwards.
    """
    matter_id: str | None = None
    level: str | None = None
    how: str | None = None
    """How it was disposed."""


def warning_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no warning; raises EntityElsewhere."""
    match data:
        case WarningRaised(subject_kind=WarningSubject.SAFETY):
            return []
        case WarningRaised():
            stated = _raised(data, event.occurred_at)
            return [step_of(event, data.warning_id, stated=stated, due_at=data.dispose_by)]
        case WarningLevelChanged():
            stated = Stated(level=data.to_level.value)
            return [step_of(event, data.warning_id, stated=stated, due_at=data.dispose_by)]
        case WarningDisposed():
            return [step_of(event, data.warning_id, stated=Stated(how=data.how.value))]
        case EarlyWarningEvent():
            return [step_of(event, data.warning_id)]
        case _:
            return []


def _raised(data: WarningRaised, at: datetime) -> Stated:
    afterwards = bool(data.recorded_afterwards)
    by_rule = data.source is WarningSource.MONITORING and not afterwards
    return Stated(
        category=data.category and data.category.value,
        village_code=data.village_code,
        rule=data.rule.value,
        source_kind=data.source.value,
        afterwards=afterwards,
        lead_days=_days_until(data.last_day, at) if by_rule and data.last_day else None,
        matter_id=data.matter_id,
        level=data.level.value,
    )


def _days_until(last_day: date, at: datetime) -> int:
    return max(last_day - china_day(at), timedelta()).days
