"""The routes by which disputes are looked at: lists, and one with its history."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Response
from pydantic import BaseModel

from services.mediation.api.answers import MediationAnswer, summary
from services.mediation.api.errands import READING
from services.mediation.api.office import SERVICE, TheOffice
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.domain.mediation_state import MediationState
from services.mediation.store.mediation_lines import (
    MediationFilter,
    MediationLine,
    Place,
    list_mediations,
    place_of,
)
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import DisputeKind
from shared.divisions import Identifier, TownshipCode, division_of
from shared.http import (
    AtLeast,
    PageOf,
    PageRequest,
    Paging,
    Position,
    Router,
    answered,
    page,
    refused_with,
)
from shared.identity import Actor, requires
from shared.ledger.read import StreamEvent
from shared.office import etag, wait_to_show
from shared.refusals import invalid
from shared.times import from_wire, start_of, to_wire

Reader = Annotated[Actor, requires(*READING)]
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
_Day = Annotated[date | None, Query(ge=_FIRST_DAY, le=_LAST_DAY)]

router = Router(prefix="/mediations", tags=["mediations"])


class HistoryItem(BaseModel):
    """A fact of a dispute, where its ledger has it, and which post stated it."""

    position: str
    event: str
    schema_version: int
    occurred_at: datetime
    recorded_at: datetime
    actor_ref: str | None
    causation_id: str | None
    data: dict[str, Any]


class MediationWithHistory(MediationAnswer):
    """Where a dispute stands, and how it got there."""

    history: list[HistoryItem]


async def _filter(
    *,
    division: TownshipCode | None = None,
    state: MediationState | None = None,
    category: Category | None = None,
    dispute_kind: DisputeKind | None = None,
    committee_id: Identifier | None = None,
    case_id: Identifier | None = None,
    applied_from: Annotated[_Day, Query(alias="from")] = None,
    applied_to: Annotated[_Day, Query(alias="to")] = None,
) -> MediationFilter:
    """Days are China's, and both ends of the period belong to it."""
    if applied_from and applied_to and applied_to < applied_from:
        raise invalid("to", "The period ends before it begins")
    return MediationFilter(
        division=division,
        state=state,
        category=category,
        dispute_kind=dispute_kind,
        committee_id=committee_id,
        case_id=case_id,
        applied_from=start_of(applied_from) if applied_from else None,
        applied_before=start_of(applied_to + timedelta(days=1)) if applied_to else None,
    )


@router.get("", response_model=PageOf[MediationLine])
async def board(
    actor: Reader,
    office: TheOffice,
    wanted: Annotated[MediationFilter, Depends(_filter)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Disputes within the token's scope, township by township, the newest first."""
    await wait_to_show(office, actor, at_least)
    lines = await list_mediations(
        office.pool, actor.scope, wanted, after=_place(paging), limit=paging.fetch
    )
    return answered(page(lines, paging, key=_cursor))


def _place(paging: PageRequest) -> Place | None:
    return paging.after_as(str, from_wire, str)


def _cursor(line: MediationLine) -> tuple[str, str, str]:
    division, applied_at, mediation_id = place_of(line)
    return division, to_wire(applied_at), mediation_id


@router.get(
    "/{mediation_id}",
    response_model=MediationWithHistory,
    responses=refused_with(MediationNotFound),
)
async def one_mediation(
    mediation_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One dispute and its history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, mediation_id)
    record = office.mediations.fold(history)
    if record.state.applied is None:
        raise MediationNotFound
    division = division_of(mediation_id)
    shown = summary(record.state) | {"history": [_item(division, each) for each in history]}
    response = answered(shown, Position(SERVICE, division, record.last_seq))
    response.headers["ETag"] = etag(record.version)
    return response


def _item(division: str, event: StreamEvent) -> dict[str, object]:
    return {
        "position": str(Position(SERVICE, division, event.sequence)),
        "event": event.kind,
        "schema_version": event.schema_version,
        "occurred_at": to_wire(event.occurred_at),
        "recorded_at": to_wire(event.recorded_at),
        "actor_ref": event.actor_ref,
        "causation_id": event.causation_id,
        "data": orjson.Fragment(event.data),
    }
