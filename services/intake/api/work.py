"""The route of the work at hand: the cases that the caller's unit and post hold, soonest due first."""

from typing import Annotated

from fastapi import Response

from services.intake.api.office import TheOffice
from services.intake.api.reading import hidden_complaints
from services.intake.api.registry_context import wait_for_registry
from services.intake.api.whoever_asks import participant
from services.intake.domain.complained_unit import NOTHING_HIDDEN
from services.intake.domain.work_at_hand import at_hand
from services.intake.store.case_board import CaseLine
from services.intake.store.work_list import asked_of, work_of
from shared.http import AtLeast, Paging, Router, answered
from shared.identity import Actor, Role, requires
from shared.office.work import AskedGroup, ChangedSince, WorkPage, work_page
from shared.times import china_day

WORKING = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER)

router = Router(tags=["work"])


@router.get("/work", response_model=WorkPage[CaseLine])
async def work(
    *,
    actor: Annotated[Actor, requires(*WORKING, needs_post=True)],
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
    group: AskedGroup = None,
    changed_since: ChangedSince = None,
) -> Response:
    """待办: the open cases that the caller's unit and post hold, the soonest due first.

    New are those that nobody has accepted; returned those that were reopened, that another
    division gave back, or in which the petitioner answered or asked for a review; waiting those with a committee, a reviewing authority or a sender that is
    to decide. The counts are of all that is held, from the same query as the lines.
    """
    await wait_for_registry(office, actor, at_least)
    registry, now = await office.registry(actor.scope), office.now()
    held = at_hand(participant(actor), registry, on=china_day(now), marks=office.marks)
    hidden = await hidden_complaints(office, actor) or NOTHING_HIDDEN
    named = asked_of(held, hidden, now=now)
    found = await work_of(held).page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    return answered(work_page(found, now=now))
