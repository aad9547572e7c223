"""The route by which coverage is looked at: patrols done against those due, by grid."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel

from services.grid.api.office import TheOffice
from services.grid.api.roles import READING
from services.grid.domain.coverage import GridCoverage, coverage
from services.grid.domain.patrol_policy import DAILY
from services.grid.store.coverage_rows import rows_of
from shared.divisions import TownshipCode
from shared.http import AtLeast, Router, answered
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import invalid
from shared.times import china_day

router = Router(tags=["patrols"])
_LONGEST = timedelta(days=366)


class Coverage(BaseModel):
    """The days of a period up to yesterday, since today's patrol may still be done.

    Grids in the order of their codes and in no other; days due, of these the days done and the days
    without a worker, which are the office's gap.
    """

    first: date
    last: date
    policy_version: str
    calendar_version: str
    due: int
    done: int
    without_worker: int
    grids: list[GridCoverage]


@router.get("/townships/{division}/coverage", response_model=Coverage)
async def township_coverage(
    *,
    division: TownshipCode,
    first: Annotated[Day, Query(alias="from")],
    last: Annotated[Day, Query(alias="to")],
    actor: Annotated[Actor, requires(*READING)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """Patrols done against those due in the days from … to, both included."""
    if last < first:
        raise invalid("to", "The period ends before it begins")
    if last - first > _LONGEST:
        raise invalid("to", "The period is longer than a year")
    await wait_to_show(office, actor, at_least)
    until = min(last, china_day(office.now()) - timedelta(days=1))
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
        "grids": grids,
    }
    return answered(shown)
