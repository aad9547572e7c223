"""The numbers of a week or a month: counted in one reading, each with the list that gives it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BaseModel

from services.grid.api.accusing_reports import shown_lines
from services.grid.api.office import Office
from services.grid.api.report_access import kept_from
from services.grid.domain.coverage import coverage
from services.grid.domain.patrol_policy import DAILY
from services.grid.domain.period import Period, month, week
from services.grid.domain.period_figures import (
    OF_PATROLS,
    CountedReport,
    PatrolDays,
    PeriodNumbers,
    numbers,
)
from services.grid.store.coverage_rows import CoverageRows
from services.grid.store.period_reports import PeriodRows, lines_of, period_rows
from services.grid.store.report_board import ReportLine
from shared.contracts.event import Code
from shared.contracts.report_codes import ReportCategory, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure
from shared.contracts.weekly_reports import CountedEvent
from shared.identity import Actor
from shared.times import china_day, to_wire

WeekName = Annotated[str, AfterValidator(lambda name: week(name).name)]
MonthName = Annotated[str, AfterValidator(lambda name: month(name).name)]
At = Annotated[
    AwareDatetime | None, Query(description="The moment by which it is judged what is overdue")
]
AsOf = Annotated[int | None, Query(ge=0, le=2**53 - 1, description="The place in the ledger")]


class Number(BaseModel):
    """A number, and where the list of what it counts is found."""

    code: str
    label: str
    value: int
    href: str


class Numbers(BaseModel):
    """What was counted up to a place in the township's ledger, and when."""

    as_of: int
    counted_at: str | None
    """Left out of what was filed before this was recorded."""
    figures: list[Number]
    by_category: list[Number]
    by_urgency: list[Number]


class CountedReports(BaseModel):
    """The reports that a number counts, the earliest first, as they are now."""

    as_of: int
    reports: list[ReportLine]


class Counting:
    """The numbers of one township and period."""

    def __init__(
        self, office: Office, division: str, period: Period, *, at: datetime | None = None
    ) -> None:
        """`period` is a week or a month; `at` is the moment of an earlier counting."""
        self.at = at or office.now()
        self.office, self.division, self.period = office, division, period
        kind = "weekly-reports" if "W" in period.name else "assessments"
        self._rows: dict[int | None, PeriodRows] = {}
        self.path = f"/townships/{division}/{kind}/{period.name}"

    async def counted(self, as_of: int | None = None) -> tuple[int, PeriodNumbers]:
        """The place up to which was counted, and the numbers."""
        found = await self._read(as_of)
        return found.as_of, numbers(found.reports, self._patrols(found.coverage))

    async def _read(self, as_of: int | None) -> PeriodRows:
        """One reading for all that is asked of the same place."""
        if as_of not in self._rows:
            self._rows[as_of] = await period_rows(
                self.office.pool, self.division, self.period, now=self.at, as_of=as_of
            )
        return self._rows[as_of]

    def _patrols(self, rows: CoverageRows) -> PatrolDays:
        until = min(self.period.last, china_day(self.at) - timedelta(days=1))
        is_due = partial(DAILY.is_due, calendar=self.office.calendar)
        grids = list(
            coverage(
                rows.grids,
                rows.served,
                rows.patrolled,
                first=self.period.first,
                last=until,
                is_due=is_due,
            )
        )
        return PatrolDays(
            due=sum(each.due for each in grids),
            done=sum(each.done for each in grids),
            without_worker=sum(each.without_worker for each in grids),
        )

    async def reports(
        self,
        actor: Actor,
        figure: PeriodFigure,
        *,
        category: ReportCategory | None = None,
        urgency: Urgency | None = None,
        as_of: int | None = None,
    ) -> tuple[int, list[ReportLine]]:
        """The reports of a number, and up to which place they were counted."""
        found = await self._read(as_of)
        chosen = [
            each.report_id for each in found.reports if _is_of(each, figure, category, urgency)
        ]
        lines = await lines_of(
            self.office.pool, self.division, chosen, kept_from(self.office, actor)
        )
        return found.as_of, await shown_lines(self.office, self.division, lines)

    def shown(self, as_of: int, counted: PeriodNumbers | CountedEvent) -> dict[str, object]:
        """Numbers with their addresses, at the moment of their counting."""
        at = counted.counted_at if isinstance(counted, CountedEvent) else self.at
        place = {"as_of": str(as_of)} | ({"at": to_wire(at)} if at else {})
        return {
            "as_of": as_of,
            "counted_at": to_wire(at) if at else None,
            "figures": [
                _number(each, counted.figures.get(each, 0), self._list_of(each, place))
                for each in PeriodFigure
            ],
            "by_category": list(self._by(ReportCategory, counted.by_category, "category", place)),
            "by_urgency": list(self._by(Urgency, counted.by_urgency, "urgency", place)),
        }

    def _by(
        self, codes: type[Code], counted: Mapping[Any, int], name: str, place: Mapping[str, str]
    ) -> Iterator[dict[str, object]]:
        for code in codes:
            if code in counted:
                href = self._list_of(PeriodFigure.SUBMITTED, place, **{name: code.value})
                yield _number(code, counted[code], href)

    def _list_of(self, figure: PeriodFigure, place: Mapping[str, str], **chosen: str) -> str:
        if figure in OF_PATROLS:
            days = urlencode({"from": self.period.first, "to": self.period.last})
            return f"/townships/{self.division}/coverage?{days}"
        query = urlencode({"counted": figure.value, **chosen, **place})
        return f"{self.path}/reports?{query}"


def _number(code: Code, value: int, href: str) -> dict[str, object]:
    return {"code": code.value, "label": code.label, "value": value, "href": href}


def _is_of(
    report: CountedReport,
    figure: PeriodFigure,
    category: ReportCategory | None,
    urgency: Urgency | None,
) -> bool:
    return (
        figure in report.counted
        and category in {None, report.category}
        and urgency in {None, report.urgency}
    )


def said(counted: PeriodNumbers | CountedEvent) -> tuple[dict[Any, int], ...]:
    """The numbers alone, to compare what was filed with what the ledger gives now."""
    return (
        {figure: counted.figures.get(figure, 0) for figure in PeriodFigure},
        dict(counted.by_category),
        dict(counted.by_urgency),
    )
