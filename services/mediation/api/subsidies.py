"""The route by which the list for subsidies is made: facts of a period, with no points."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query, Response

from services.mediation.api.office import TheOffice
from services.mediation.store.subsidy_list import SubsidyLine, subsidy_list
from shared.divisions import TownshipCode
from shared.http import AtLeast, PageOf, Paging, Router, answered, page
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.moments import Day
from shared.refusals import invalid
from shared.times import start_of

Paying = Annotated[
    Actor, requires(Role.CLERK, Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER, Role.AUDITOR)
]

router = Router(prefix="/mediators", tags=["mediators"])


@router.get("/subsidies", response_model=PageOf[SubsidyLine])
async def subsidies(
    *,
    actor: Paying,
    office: TheOffice,
    first: Annotated[Day, Query(alias="from")],
    last: Annotated[Day, Query(alias="to")],
    division: TownshipCode | None = None,
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """以奖代补: what each mediator did in the days from … to, both included, in the roster's order."""
    if last < first:
        raise invalid("to", "The period ends before it begins")
    await wait_to_show(office, actor, at_least)
    lines = await subsidy_list(
        office.pool,
        actor.scope,
        division=division,
        period=(start_of(first), start_of(last + timedelta(days=1))),
        after=paging.after_as(str, str),
        limit=paging.fetch,
    )
    return answered(page(lines, paging, key=lambda line: (line.division, line.mediator_id)))
