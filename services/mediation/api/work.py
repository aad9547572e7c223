"""The route of the work at hand: the disputes that a mediator or the desk goes on with."""

from typing import Annotated

from fastapi import Response

from services.mediation.api.context import NAMING
from services.mediation.api.office import TheOffice
from services.mediation.api.own_mediators import own_mediators
from services.mediation.store.kept_from import asking
from services.mediation.store.mediation_board import MediationLine
from services.mediation.store.work_list import DUE_SOON, WORK
from shared.http import AtLeast, Paging, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.work import AskedGroup, ChangedSince, WorkPage, work_page
from shared.times import china_day

router = Router(tags=["work"])


@router.get("/work", response_model=WorkPage[MediationLine])
async def work(
    *,
    actor: Annotated[Actor, requires(*NAMING, needs_post=True)],
    office: TheOffice,
    paging: Paging,
    at_least: AtLeast,
    group: AskedGroup = None,
    changed_since: ChangedSince = None,
) -> Response:
    """待办: a mediator has the disputes in which they take part, the desk all of its township.

    Until they are over. For the desk new are those in which no mediator takes part, for a mediator
    those that wait for a side's consent; returned is a promise that was not kept. What is promised
    for a later day waits for the parties. The counts are of all that is held.
    """
    await wait_to_show(office, actor, at_least)
    now = office.now()
    today = china_day(now)
    is_desk = actor.role is not Role.MEDIATOR
    named = {
        **asking(actor, office.own_names(actor)),
        "scope": actor.scope,
        "is_desk": is_desk,
        "mediators": [] if is_desk else await own_mediators(office, actor),
        "today": today,
        "soon": today + DUE_SOON,
    }
    found = await WORK.page(
        office.pool, actor.scope, named, paging, group=group, changed_since=changed_since
    )
    return answered(work_page(found, now=now))
