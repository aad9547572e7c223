"""The routes by which cases are read: the board, and one case with its history."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Response
from pydantic import BaseModel

from services.intake.api.case_bodies import CaseAnswer
from services.intake.api.office import SERVICE, TheOffice, summary
from services.intake.domain.case_file import CaseState
from services.intake.domain.case_refusals import CaseNotFound
from services.intake.store.case_board import (
    CaseFilter,
    CaseLine,
    Place,
    list_cases,
    place_of,
)
from shared.contracts.case_codes import Category, Channel
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
from shared.identity import Actor, Role, requires
from shared.ledger.read import StreamEvent
from shared.office import etag, wait_to_show
from shared.refusals import invalid
from shared.times import from_wire, start_of, to_wire

Reader = Annotated[
    Actor,
    requires(
        Role.CLERK,
        Role.HANDLER,
        Role.TOWNSHIP_LEADER,
        Role.COUNTY_LEADER,
        Role.AUDITOR,
        Role.BACKFILL,
    ),
]
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)

router = Router(prefix="/cases", tags=["cases"])


class HistoryItem(BaseModel):
    """A fact of a case, where its ledger has it, and which post stated it."""

    position: str
    event: str
    schema_version: int
    occurred_at: datetime
    recorded_at: datetime
    actor_ref: str | None
    data: dict[str, Any]


class CaseWithHistory(CaseAnswer):
    """Where a case stands, and how it got there."""

    history: list[HistoryItem]


async def _filter(
    *,
    division: TownshipCode | None = None,
    state: CaseState | None = None,
    category: Category | None = None,
    channel: Channel | None = None,
    filed_from: Annotated[date | None, Query(alias="from", ge=_FIRST_DAY, le=_LAST_DAY)] = None,
    filed_to: Annotated[date | None, Query(alias="to", ge=_FIRST_DAY, le=_LAST_DAY)] = None,
) -> CaseFilter:
    """Days are China's, and both ends of the period belong to it."""
    if filed_from and filed_to and filed_to < filed_from:
        raise invalid("to", "The period ends before it begins")
    return CaseFilter(
        division=division,
        state=state,
        category=category,
        channel=channel,
        filed_from=start_of(filed_from) if filed_from else None,
        filed_before=start_of(filed_to + timedelta(days=1)) if filed_to else None,
    )


@router.get("", response_model=PageOf[CaseLine])
async def board(
    actor: Reader,
    office: TheOffice,
    wanted: Annotated[CaseFilter, Depends(_filter)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Cases within the token's scope, township by township, the newest first."""
    await wait_to_show(office, actor, at_least)
    lines = await list_cases(
        office.pool, actor.scope, wanted, after=_place(paging), limit=paging.fetch
    )
    return answered(page(lines, paging, key=_cursor))


def _place(paging: PageRequest) -> Place | None:
    return paging.after_as(str, from_wire, str)


def _cursor(line: CaseLine) -> tuple[str, str, str]:
    division, filed_at, case_id = place_of(line)
    return division, to_wire(filed_at), case_id


@router.get("/{case_id}", response_model=CaseWithHistory, responses=refused_with(CaseNotFound))
async def one_case(
    case_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One case and its history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.cases.ledger.stream(actor.scope, case_id)
    record = office.cases.fold(history)
    if record.state.filed is None:
        raise CaseNotFound
    division = division_of(case_id)
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
        "data": orjson.Fragment(event.data),
    }
