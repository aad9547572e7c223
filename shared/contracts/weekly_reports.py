"""Events of the grid service about weekly reports (每周一上报) and monthly assessments (每月一研判).

One of each a township and period. They are about no matter; the matters that were discussed are
named. The numbers are those of the township's own ledger up to the place that the event states, and
nobody recomputes them. Words stay in the vault. Nothing is counted by worker.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.event import Event
from shared.contracts.report_codes import ReportCategory, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure
from shared.contracts.words import Digest, Headcount
from shared.divisions import Identifier
from shared.times import WireTime

Week = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-W[0-9]{2}$")]
"""An ISO week, Monday to Sunday in China, such as `2025-W07`."""
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
"""A month of China's calendar, such as `2025-02`."""
Count = Annotated[int, Field(strict=True, ge=0)]
RhythmVersion = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The version of the policy that says by when a report is due."""


class CountedEvent(Event):
    """What was counted, up to which event of the township's ledger in grid."""

    as_of: Count
    """The sequence of the last event that was counted."""
    figures: Mapping[PeriodFigure, Count]
    by_category: Mapping[ReportCategory, Count]
    """Of the reports that were submitted in the period."""
    by_urgency: Mapping[Urgency, Count]
    """Of the same."""
    matters: tuple[Identifier, ...]
    """Of which the words tell, or which were discussed."""
    words_digest: Digest | None = None
    counted_at: WireTime | None = None
    """The moment of the counting: by it was judged what was overdue in a period that went on."""


class WeeklyReportEvent(Event):
    """What all events about a weekly report have in common."""

    weekly_report_id: Identifier
    week: Week


class WeeklyReportFiled(CountedEvent, WeeklyReportEvent):
    """每周一上报: the township's report of a week."""


class WeeklyReportMissed(WeeklyReportEvent):
    """The report of a week was not filed by its day; it may still be filed."""

    due_at: WireTime
    policy_version: RhythmVersion
    calendar_version: RhythmVersion


class AssessmentEvent(Event):
    """What all events about the assessments of a month have in common."""

    assessment_id: Identifier
    month: Month


class AssessmentHeld(CountedEvent, AssessmentEvent):
    """每月一研判: on a day several people discussed the month and its matters."""

    on: date
    participants: Headcount
    """How many took part; who they were is in no event."""


class AssessmentMissed(AssessmentEvent):
    """No assessment of a month was held by its day; it may still be held."""

    due_at: WireTime
    policy_version: RhythmVersion
    calendar_version: RhythmVersion
