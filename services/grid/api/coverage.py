"""The routes by which coverage is looked at: patrols done against those due, and the days that lack one."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel

from services.grid.api.office import Office, TheOffice
from services.grid.api.roles import READING
from services.grid.domain.coverage import GridCoverage, MissingDay, coverage, missing_days
from services.grid.domain.patrol_policy import DAILY
from services.grid.store.coverage_rows import rows_of
from shared.divisions import GridCode, TownshipCode
from shared.http import AtLeast, PageOf, Paging, Router, answered, page
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import invalid
from shared.times import china_day

From = Annotated[Day, Query(alias="from")]
To = Annotated[Day, Query(alias="to")]

router = Router(tags=["patrols"])
_LONGEST = timedelta(days=366)


class Coverage(BaseModel):
    """The days of a period up to yesterday, since today's patrol may still be done.

    Grids in the order of their codes and in no other; days due, of these the days done and the days
    without a worker, which are the office's gap. Days that were patrolled and not due are counted
    apart: none is dropped by a correction of the register.
    """

    first: date
    last: date
    policy_version: str
    calendar_version: str
    due: int
    done: int
    without_worker: int
    patrolled_not_due: int
    grids: list[GridCoverage]


@router.get("/townships/{division}/coverage", response_model=Coverage)
async def township_coverage(
    *,
    division: TownshipCode,
    first: From,
    last: To,
    actor: Annotated[Actor, requires(*READING)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """Patrols done against those due in the days from … to, both included."""
    _require_period(first, last)
    await wait_to_show(office, actor, at_least)
    until = _until(office, last)
    rows = await rows_of(office.pool, division, first=first, last=until)
    grids = list(
        coverage(
            rows.grids,
            rows.served,
            rows.patrolled,
            first=first,
            last=until,
            is_due=partial(DAILY.is_due, calendar=office.calendar),
        )
    )
    shown = {
        "first": first,
        "last": until,
        "policy_version": DAILY.version,
        "calendar_version": office.calendar.version,
        "due": sum(each.due for each in grids),
        "done": sum(each.done for each in grids),
        "without_worker": sum(each.without_worker for each in grids),
        "patrolled_not_due": sum(each.patrolled_not_due for each in grids),
        "grids": grids,
    }
    return answered(shown)


@router.get("/townships/{division}/coverage/missing", response_model=PageOf[MissingDay])
async def missing_patrols(
    *,
    division: TownshipCode,
    first: From,
    last: To,
    grid_code: GridCode | None = None,
    actor: Annotated[Actor, requires(*READING)],
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The days that were due and lack a patrol: of one grid, or of all grids on a day or in a period.

    Day by day, within a day by the grids' codes. A day on which nobody served the grid is marked as
    the office's gap.
    """
    _require_period(first, last)
    after = paging.after_as(_day, str) or (first, "")
    await wait_to_show(office, actor, at_least)
    until, begin = _until(office, last), max(first, after[0])
    rows = await rows_of(office.pool, division, first=begin, last=until)
    lacking = missing_days(
        [each for each in rows.grids if grid_code in {None, each.grid_code}],
        rows.served,
        rows.patrolled,
        first=begin,
        last=until,
        is_due=partial(DAILY.is_due, calendar=office.calendar),
    )
    following = [each for each in lacking if (each.on, each.grid_code) > after]
    return answered(
        page(following, paging, key=lambda each: (each.on.isoformat(), each.grid_code))
    )


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError("not as a cursor has it")
    return day


def _require_period(first: date, last: date) -> None:
    if last < first:
        raise invalid("to", "The period ends before it begins")
    if last - first > _LONGEST:
        raise invalid("to", "The period is longer than a year")


def _until(office: Office, last: date) -> date:
    """Up to yesterday: today's patrol may still be done."""
    return min(last, china_day(office.now()) - timedelta(days=1))
