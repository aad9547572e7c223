"""The route for a large-type screen: what a mediator has to do today, in few and plain words."""

from datetime import date
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from services.mediation.api.office import Office, TheOffice
from services.mediation.api.own_mediators import own_mediators
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.today_sentence import sentence
from services.mediation.store.own_mediations import OwnMediation, own_mediations
from shared.contracts.mediation_codes import DisputeKind
from shared.http import AtLeast, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.openings import note_shown
from shared.papers.plain_text import one_line
from shared.times import china_day

_MOST = 100

router = Router(prefix="/mediations", tags=["for a large screen"])


class TodayItem(BaseModel):
    """One dispute: between whom, about what, and what is to be done."""

    mediation_id: str
    who: str
    about: str
    say: str


class Today(BaseModel):
    """What is not over: first what waits for the mediator or is late, then by the next day."""

    day: date
    say: str
    items: list[TodayItem]


@router.get("/mine/today", response_model=Today)
async def my_mediations_today(
    actor: Annotated[Actor, requires(Role.MEDIATOR)], office: TheOffice, at_least: AtLeast
) -> Response:
    """我今天的调解: the disputes of the mediator who asks and that are not over.

    The mediator is found by the post recorded at the enrolment.
    """
    await wait_to_show(office, actor, at_least)
    day = china_day(office.now())
    mediators = await own_mediators(office, actor)
    found = await own_mediations(
        office.pool, actor, mediators, own=office.own_names(actor), today=day, limit=_MOST
    )
    known = await _names(office, actor, found)
    items = [_item(each, known, day) for each in found]
    shown = [each.mediation_id for each in found]
    await note_shown(office, actor, shown, route="GET /mediations/mine/today")
    return answered({"day": day, "say": _in_all(found), "items": items})


def _in_all(found: list[OwnMediation]) -> str:
    if not found:
        return "今天您手上没有要办的。"
    more = f"，先列出{len(found)}件" if found[0].of_all > len(found) else ""
    return f"今天您手上有{found[0].of_all}件{more}。"


async def _names(office: Office, actor: Actor, found: list[OwnMediation]) -> dict[str, str]:
    known: dict[str, str] = {}
    for division in sorted({each.division for each in found}):
        own = [each for each in found if each.division == division]
        refs = [ref for each in own for ref in (*each.applicants, *each.respondents)]
        known |= await office.vault.names(actor.scope, division=division, refs=refs)
    return {ref: seen for ref, name in known.items() if (seen := one_line(name))}


def _item(each: OwnMediation, known: dict[str, str], day: date) -> dict[str, str]:
    sides = (each.applicants, each.respondents)
    people = ["、".join(known.get(ref, "某人") for ref in side) for side in sides]
    say = sentence(
        MediationState.of(each.state),
        today=day,
        last_day=each.last_day,
        next_due_on=each.next_due_on,
    )
    return {
        "mediation_id": each.mediation_id,
        "who": " 与 ".join(side or "（未登记）" for side in people),
        "about": DisputeKind.of(each.dispute_kind).label,
        "say": say,
    }
