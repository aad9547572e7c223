"""The route of the work at hand: the reports that the desk or a unit goes on with, soonest due first."""

from dataclasses import replace
from typing import Annotated

from fastapi import Response

from services.grid.api.accusing_reports import shown_lines
from services.grid.api.office import TheOffice
from services.grid.api.report_access import kept_from
from services.grid.api.roles import NAMING
from services.grid.store.report_board import ReportLine
from services.grid.store.work_list import DUE_SOON, WORK
from shared.http import AtLeast, Paging, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.work import AskedGroup, ChangedSince, WorkPage, work_page

router = Router(tags=["work"])


@router.get("/work", response_model=WorkPage[ReportLine])
async def work(
    *,
    actor: Annotated[Actor, requires(*NAMING, Role.HANDLER, needs_post=True)],
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
    group: AskedGroup = None,
    changed_since: ChangedSince = None,
) -> Response:
    """待办: the desk has every open report of its township, a handler those dispatched to their unit.

    For the desk new are those that nobody has checked, and what a unit or another office has waits
    for it; for a unit new is what was dispatched to it. The counts are of all that is held.
    """
    await wait_to_show(office, actor, at_least)
    now = office.now()
    named = {
        "scope": actor.scope,
        "is_desk": actor.role is not Role.HANDLER,
        "unit": actor.unit,
        "now": now,
        "soon": now + DUE_SOON,
        **kept_from(office, actor).named(),
    }
    found = await WORK.page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    lines = await shown_lines(office, actor.scope, [line for line, _ in found.lines])
    groups = [each for _, each in found.lines]
    return answered(
        work_page(replace(found, lines=list(zip(lines, groups, strict=True))), now=now)
    )
