"""What falls due with the calendar: weekly reports and assessments that were not there by their day.

  begin ─► the current week and month ─► each, when it is due: missed unless it is there; puts the next

What is late to be recorded, since nothing ran for weeks, is recorded period by period at its own time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.grid.domain.assessment import (
    ASSESSMENT,
    Assessment,
    AssessmentCommand,
    MissAssessment,
)
from services.grid.domain.named_ids import assessment_id, weekly_report_id
from services.grid.domain.period import Period, month, month_of, week, week_of
from services.grid.domain.rhythm_policy import RHYTHM, RhythmPolicy
from services.grid.domain.weekly_report import (
    WEEKLY_REPORT,
    MissWeeklyReport,
    WeeklyReport,
    WeeklyReportCommand,
)
from services.grid.store import assessments, weekly_reports
from services.grid.store.period_reports import has_grids
from services.grid.store.rhythm_rows import BEGIN, KIND, recorded_at
from shared.clocks.calendar import Calendar
from shared.clocks.shipped import shipped_calendar
from shared.due import DueRow, DueRunner, put, write
from shared.handling import Handling, Prepared, Record
from shared.ledger import Ledger
from shared.office.due_commands import DueCommands, caused_by_row
from shared.postgres import transaction
from shared.times import china_day

SERVICE = "grid"
_WEEK, _MONTH = "week", "month"
Now = Callable[[], datetime | None]


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Handles the rows of the calendar."""

    ledger: Ledger
    county: str
    now: Now
    policy: RhythmPolicy = RHYTHM
    calendar: Calendar

    async def carry_out(self, row: DueRow) -> None:
        """What a row asks for; it is the same again however often it is handled."""
        if row.key == BEGIN:
            await self._begin(row)
        elif _WEEK in row.payload:
            await self._miss_week(row, week(row.payload[_WEEK]))
        else:
            await self._miss_month(row, month(row.payload[_MONTH]))

    async def _begin(self, row: DueRow) -> None:
        """From the day of the recording on, however late the row is handled."""
        first = china_day(await self._recorded_at(row))
        rows = [
            self._week_row(row.division, week_of(first)),
            self._month_row(row.division, month_of(first)),
        ]
        async with transaction(self.ledger.pool, row.division) as connection:
            await write(connection, [put(rows)])

    async def _recorded_at(self, row: DueRow) -> datetime:
        """When the first grid was recorded; of an older township, since when its row is there."""
        recorded = await recorded_at(self.ledger.pool, row)
        return min(recorded or row.due_at, self.now() or datetime.now(UTC))

    def _week_row(self, division: str, period: Period) -> DueRow:
        due_at = self.policy.week_due(period, self.calendar)
        key = f"weekly-report/{period.name}"
        return DueRow(
            division=division, kind=KIND, key=key, due_at=due_at, payload={_WEEK: period.name}
        )

    def _month_row(self, division: str, period: Period) -> DueRow:
        due_at = self.policy.month_due(period, self.calendar)
        key = f"assessment/{period.name}"
        return DueRow(
            division=division, kind=KIND, key=key, due_at=due_at, payload={_MONTH: period.name}
        )

    async def _miss_week(self, row: DueRow, period: Period) -> None:
        handling: Handling[WeeklyReportCommand, WeeklyReport] = Handling(
            ledger=self.ledger,
            decider=WEEKLY_REPORT,
            answer=lambda _: None,
            view_writes=weekly_reports.view_writes,
        )

        async def prepare(
            _: Record[WeeklyReport],
        ) -> Prepared[WeeklyReportCommand, WeeklyReport]:
            command = MissWeeklyReport(
                division=row.division,
                week=period.name,
                due_at=row.due_at,
                policy_version=self.policy.version,
                calendar_version=self.calendar.version,
                has_grids=await has_grids(self.ledger.pool, row.division, period),
            )
            following = put([self._week_row(row.division, period.following)])
            return Prepared(command=command, at=row.due_at, side_writes=[following])

        stream_id = weekly_report_id(row.division, period.name)
        request = caused_by_row(row, prepare, stream_id, service=SERVICE, county=self.county)
        await handling.handle(request)

    async def _miss_month(self, row: DueRow, period: Period) -> None:
        handling: Handling[AssessmentCommand, Assessment] = Handling(
            ledger=self.ledger,
            decider=ASSESSMENT,
            answer=lambda _: None,
            view_writes=assessments.view_writes,
        )

        async def prepare(_: Record[Assessment]) -> Prepared[AssessmentCommand, Assessment]:
            command = MissAssessment(
                division=row.division,
                month=period.name,
                due_at=row.due_at,
                policy_version=self.policy.version,
                calendar_version=self.calendar.version,
                has_grids=await has_grids(self.ledger.pool, row.division, period),
            )
            following = put([self._month_row(row.division, period.following)])
            return Prepared(command=command, at=row.due_at, side_writes=[following])

        stream_id = assessment_id(row.division, period.name)
        request = caused_by_row(row, prepare, stream_id, service=SERVICE, county=self.county)
        await handling.handle(request)


def rhythm_runner(ledger: Ledger, *, county: str, now: Now = lambda: None) -> DueRunner:
    """Records what was not there by its day; any number of processes may run one."""
    rhythm = Rhythm(ledger=ledger, county=county, now=now, calendar=shipped_calendar())
    return DueRunner(
        ledger.pool,
        DueCommands(carry_out=rhythm.carry_out),
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )
