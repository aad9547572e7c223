"""Routes that read ledgers, for exports and auditors."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel

from shared.canonical import LARGEST
from shared.cloudevents import to_structured
from shared.divisions import ScopeCode, check_division
from shared.http import AtLeast, PageOf, Paging, Position, Router, answered, page, refused_with
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office.office import TheLedgerOffice
from shared.office.position_wait import wait_to_show
from shared.times import to_wire

LedgerReader = Annotated[Actor, requires(Role.AUDITOR, Role.COUNTY_LEADER)]

router = Router(prefix="/ledgers", tags=["ledgers"])


class LedgerLine(BaseModel):
    """How far a ledger reaches."""

    division: str
    sequence: int
    hash: str
    recorded_at: datetime


class Events(BaseModel):
    """Part of a ledger: CloudEvents in structured JSON, in order."""

    items: list[dict[str, Any]]
    next: int | None
    """To be given as `after` for what follows; null at the end."""


@router.get("", response_model=PageOf[LedgerLine])
async def every_ledger(
    actor: LedgerReader, office: TheLedgerOffice, paging: Paging, at_least: AtLeast
) -> Response:
    """The ledgers within the token's scope."""
    await wait_to_show(office, actor, at_least)
    (after,) = paging.after_as(check_division) or ("",)
    found = await office.ledger.ledgers(actor.scope, after=after, limit=paging.fetch)
    shown = page(found, paging, key=lambda ledger: (ledger.division,))
    shown["items"] = [
        {
            "division": ledger.division,
            "sequence": ledger.sequence,
            "hash": ledger.hash.hex(),
            "recorded_at": to_wire(ledger.recorded_at),
        }
        for ledger in shown["items"]
    ]
    return answered(shown)


@router.get("/{division}/events", response_model=Events, responses=refused_with(PostMissing))
async def events(
    *,
    division: ScopeCode,
    actor: LedgerReader,
    office: TheLedgerOffice,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="The sequence before")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    at_least: AtLeast,
) -> Response:
    """The events of a ledger that follow a sequence.

    Events that are withheld from the caller leave a gap: such a reader proves no ledger. Where
    complaints are kept from the units that they are about, a reader has to be of a unit.
    """
    await wait_to_show(office, actor, at_least)
    found = await office.ledger.read(actor.scope, division, after=after, limit=limit)
    last = found[-1].sequence if found else after
    content = {
        "items": [to_structured(each) for each in await office.readable(actor, division, found)],
        "next": last if len(found) == limit else None,
    }
    return answered(content, Position(office.service, division, last))
