"""A weekly report (每周一上报): filed once, in time or after it was missed.

  (none) ─ WeeklyReportMissed ─► missed ─ WeeklyReportFiled ─► filed
     └──────────────────────────────────── WeeklyReportFiled ─►┘

The week makes its id. The numbers are filed as they were counted and never counted again in its place.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from services.grid.domain.named_ids import weekly_report_id
from services.grid.domain.period import week
from services.grid.domain.period_figures import PeriodNumbers
from shared.contracts.event import Event
from shared.contracts.weekly_reports import WeeklyReportFiled, WeeklyReportMissed
from shared.decider import Decider, EventOfAnotherAggregate, Mark
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWeeklyReport:
    """The numbers as they were counted, with the digest of the words."""

    division: str
    week: str
    as_of: int
    numbers: PeriodNumbers
    matters: tuple[str, ...] = ()
    words_digest: str | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissWeeklyReport:
    """The day has passed by which the report was due, if the township has grids."""

    division: str
    week: str
    due_at: datetime
    policy_version: str
    calendar_version: str
    has_grids: bool = True


WeeklyReportCommand = FileWeeklyReport | MissWeeklyReport


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """The state of a weekly report; each fact is kept as it was published."""

    version: int = 0
    mark: Mark | None = None
    filed: WeeklyReportFiled | None = None
    filed_at: datetime | None = None
    missed: WeeklyReportMissed | None = None


class WeeklyReportNotFound(Refusal):
    """The week's report was neither filed nor missed; its draft is there."""

    status = 404
    title = "No such weekly report"


class WeekNotOver(Refusal):
    """A week is reported once its last day is over, since its numbers still change."""

    status = 422
    title = "The week is not over"


class WeeklyReportFiledOtherwise(Refusal):
    """The week's report is filed already, with other words or matters; it stays as it was filed."""

    title = "The weekly report is filed otherwise"


def decide(command: WeeklyReportCommand, report: WeeklyReport) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case FileWeeklyReport():
            return _file(command, report)
        case MissWeeklyReport():
            return _miss(command, report)
        case never:
            assert_never(never)


def _file(command: FileWeeklyReport, report: WeeklyReport) -> list[Event]:
    """What was counted since changes nothing of what is filed."""
    if report.filed is not None:
        said = report.filed.matters, report.filed.words_digest
        if said != (command.matters, command.words_digest):
            raise WeeklyReportFiledOtherwise(week=command.week)
        return []
    if report.mark is not None and report.mark.occurred_at < week(command.week).ends:
        raise WeekNotOver(field="week")
    return [
        WeeklyReportFiled(
            weekly_report_id=weekly_report_id(command.division, command.week),
            week=command.week,
            as_of=command.as_of,
            figures=command.numbers.figures,
            by_category=command.numbers.by_category,
            by_urgency=command.numbers.by_urgency,
            matters=command.matters,
            words_digest=command.words_digest,
            counted_at=command.counted_at,
        )
    ]


def _miss(command: MissWeeklyReport, report: WeeklyReport) -> list[Event]:
    if report.filed is not None or report.missed is not None or not command.has_grids:
        return []
    return [
        WeeklyReportMissed(
            weekly_report_id=weekly_report_id(command.division, command.week),
            week=command.week,
            due_at=command.due_at,
            policy_version=command.policy_version,
            calendar_version=command.calendar_version,
        )
    ]


def evolve(report: WeeklyReport, event: Event) -> WeeklyReport:
    """The report after an event; EventOfAnotherAggregate for one of another record."""
    version = report.version + 1
    match event:
        case WeeklyReportFiled():
            filed_at = report.mark.occurred_at if report.mark else None
            return replace(report, version=version, filed=event, filed_at=filed_at)
        case WeeklyReportMissed():
            return replace(report, version=version, missed=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a weekly report")


WEEKLY_REPORT = Decider(
    initial=WeeklyReport(),
    decide=decide,
    evolve=evolve,
    marked=lambda report, mark: replace(report, mark=mark),
    # what a backfill states was filed before it was missed
    first_day=lambda _: date.min,
)
