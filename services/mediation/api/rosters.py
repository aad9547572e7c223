"""The routes by which the roster and the committees are looked at."""

from collections.abc import Sequence
from typing import Annotated, Protocol

from fastapi import Depends, Response
from pydantic import BaseModel

from services.mediation.api.context import NAMING, READING
from services.mediation.api.office import Office, TheOffice
from services.mediation.store.committee_board import COMMITTEES, CommitteeLine
from services.mediation.store.mediator_roster import ROSTER, RosterLine
from shared.board import Asked
from shared.http import AtLeast, PageOf, Paging, Router, answered
from shared.identity import Actor, requires
from shared.office import wait_to_show

Reader = Annotated[Actor, requires(*READING)]

router = Router(tags=["mediators", "committees"])


class MediatorShown(BaseModel):
    """A mediator, and how many open disputes they have: a number for whoever assigns the next.

    The roster is in the order of enrolment whatever the numbers are. The name is shown to those
    who have to speak with people, and null to others or where the person was erased.
    """

    division: str
    mediator_id: str
    name: str | None
    kinds: list[str]
    on_roster: bool
    open_disputes: int
    version: int


@router.get("/mediators", response_model=PageOf[MediatorShown])
async def roster(
    *,
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(ROSTER.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The mediators within the token's scope, in the order of their enrolment."""
    await wait_to_show(office, actor, at_least)
    shown = await ROSTER.page(office.pool, actor.scope, asked, paging)
    known = await names_of(office, actor, shown["items"])
    shown["items"] = [_shown(line, known) for line in shown["items"]]
    return answered(shown)


class _OfSomebody(Protocol):
    """A line about a mediator."""

    @property
    def division(self) -> str: ...
    @property
    def person_ref(self) -> str: ...


async def names_of(office: Office, actor: Actor, lines: Sequence[_OfSomebody]) -> dict[str, str]:
    """The mediators' names by reference, for those who are shown any; who was erased lacks."""
    if actor.role not in NAMING:
        return {}
    known: dict[str, str] = {}
    for division in sorted({line.division for line in lines}):
        refs = [line.person_ref for line in lines if line.division == division]
        known |= await office.vault.names(actor.scope, division=division, refs=refs)
    return known


def _shown(line: RosterLine, known: dict[str, str]) -> dict[str, object]:
    return {
        "division": line.division,
        "mediator_id": line.mediator_id,
        "name": known.get(line.person_ref),
        "kinds": line.kinds,
        "on_roster": line.on_roster,
        "open_disputes": line.open_disputes,
        "version": line.version,
    }


@router.get("/committees", response_model=PageOf[CommitteeLine])
async def committees(
    *,
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(COMMITTEES.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The committees within the token's scope, in the order of their founding."""
    await wait_to_show(office, actor, at_least)
    return answered(await COMMITTEES.page(office.pool, actor.scope, asked, paging))
