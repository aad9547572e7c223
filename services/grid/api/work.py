"""The routes of the work at hand: the reports, orders and warnings that the desk or a unit goes on with."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Response

from services.grid.api.accusing_reports import shown_lines
from services.grid.api.office import Office, TheOffice
from services.grid.api.report_access import kept_from
from services.grid.api.roles import LEADERS, NAMING
from services.grid.api.signal_links import lines_without_links
from services.grid.api.warning_access import raisers, units_of_township
from services.grid.store.report_board import ReportLine
from services.grid.store.signal_board import SignalLine
from services.grid.store.warning_board import WarningLine
from services.grid.store.work_list import (
    DUE_SOON,
    OPEN_WARNINGS_HELD,
    ORDER_DUE_SOON,
    ORDERS,
    WORK,
)
from shared.board.grouped import Grouped
from shared.http import AtLeast, Paging, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.work import AskedGroup, ChangedSince, WorkPage, work_page
from shared.times import china_day

Worker = Annotated[Actor, requires(*NAMING, Role.HANDLER, needs_post=True)]

router = Router(tags=["work"])


@router.get("/work", response_model=WorkPage[ReportLine])
async def work(
    *,
    actor: Worker,
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
    named = {**_who(office, actor), "now": now, "soon": now + DUE_SOON}
    found = await WORK.page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    lines = await shown_lines(office, actor.scope, [line for line, _ in found.lines])
    return answered(work_page(_with_lines(found, lines), now=now))


@router.get("/work/orders", response_model=WorkPage[SignalLine])
async def orders(
    *,
    actor: Worker,
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
    group: AskedGroup = None,
    changed_since: ChangedSince = None,
) -> Response:
    """待办工单: the desk has every order of its township that nobody answered, a handler their unit's.

    For the desk new are those that no other unit has, returned those that a unit gave back; what a
    unit has waits for it. The counts are of all that is held.
    """
    await wait_to_show(office, actor, at_least)
    now = office.now()
    today = china_day(now)
    named = {**_who(office, actor), "today": today, "soon": today + ORDER_DUE_SOON}
    found = await ORDERS.page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    lines = await lines_without_links(office, actor, [line for line, _ in found.lines])
    return answered(work_page(_with_lines(found, lines), now=now))


@router.get("/work/warnings", response_model=WorkPage[WarningLine])
async def warnings(
    *,
    actor: Worker,
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
    group: AskedGroup = None,
    changed_since: ChangedSince = None,
) -> Response:
    """待处置预警: the open warnings that concern whoever asks, the most urgent level first.

    New are those that nobody acknowledged; for the desk waits what a unit acknowledged and has to
    dispose of. The counts are of all that is held.
    """
    await wait_to_show(office, actor, at_least)
    now = office.now()
    named = {
        **_who(office, actor),
        "is_leader": actor.role in LEADERS,
        "raisers": raisers(actor),
        "units": units_of_township(actor),
        "villages": [],
        "now": now,
        "soon": now + DUE_SOON,
    }
    found = await OPEN_WARNINGS_HELD.page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    return answered(work_page(found, now=now))


def _who(office: Office, actor: Actor) -> dict[str, object]:
    return {
        "scope": actor.scope,
        "is_desk": actor.role is not Role.HANDLER,
        "unit": actor.unit,
        **kept_from(office, actor).named(),
    }


def _with_lines(found: Grouped[Any], lines: list[Any]) -> Grouped[Any]:
    """The same page with its lines as they are shown."""
    groups = [each for _, each in found.lines]
    return replace(found, lines=list(zip(lines, groups, strict=True)))
