"""The route by which the list for subsidies is made: facts of a period, with no points."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import Query, Response
from pydantic import BaseModel

from services.mediation.api.office import Office, TheOffice
from services.mediation.api.own_mediators import own_mediators
from services.mediation.api.rosters import names_of
from services.mediation.store.subsidy_list import SubsidyLine, subsidy_list
from shared.divisions import TownshipCode
from shared.http import AtLeast, PageOf, Paging, Router, answered, page
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import invalid
from shared.times import start_of

PaidOrPaying = Annotated[
    Actor,
    requires(Role.MEDIATOR, Role.CLERK, Role.TOWNSHIP_LEADER, Role.COUNTY_LEADER, Role.AUDITOR),
]

router = Router(prefix="/mediators", tags=["mediators"])


class SubsidyShown(BaseModel):
    """A mediator's disputes and written agreements of the period.

    The name is shown to those who have to speak with people, as on the roster.
    """

    division: str
    mediator_id: str
    name: str | None
    disputes: int
    written_agreements: int


@router.get("/subsidies", response_model=PageOf[SubsidyShown])
async def subsidies(
    *,
    actor: PaidOrPaying,
    office: TheOffice,
    first: Annotated[Day, Query(alias="from")],
    last: Annotated[Day, Query(alias="to")],
    division: TownshipCode | None = None,
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """以奖代补: what each mediator did in the days from … to, both included, in the roster's order.

    A mediator sees their own line and nobody else's: what to claim, not how others compare.
    """
    if last < first:
        raise invalid("to", "The period ends before it begins")
    await wait_to_show(office, actor, at_least)
    lines = await subsidy_list(
        office.pool,
        actor.scope,
        division=division,
        mediators=await _whose(office, actor),
        period=(start_of(first), start_of(last + timedelta(days=1))),
        after=paging.after_as(str, str),
        limit=paging.fetch,
    )
    shown = page(lines, paging, key=lambda line: (line.division, line.mediator_id))
    known = await names_of(office, actor, shown["items"])
    shown["items"] = [_shown(line, known) for line in shown["items"]]
    return answered(shown)


async def _whose(office: Office, actor: Actor) -> list[str] | None:
    """Whose lines the actor sees: those who come as a mediator's post, None for everybody's."""
    if actor.role is not Role.MEDIATOR:
        return None
    return await own_mediators(office, actor)


def _shown(line: SubsidyLine, known: Mapping[str, str]) -> dict[str, object]:
    return {
        "division": line.division,
        "mediator_id": line.mediator_id,
        "name": known.get(line.person_ref),
        "disputes": line.disputes,
        "written_agreements": line.written_agreements,
    }
