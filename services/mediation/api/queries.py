"""The routes by which disputes are looked at: lists, and one with its history."""

from typing import Annotated

from fastapi import Depends, Query, Response

from services.mediation.api.answers import MediationAnswer, summary
from services.mediation.api.context import READING
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
from shared.divisions import Identifier, TownshipCode
from shared.http import (
    AtLeast,
    PageOf,
    PageRequest,
    Paging,
    Router,
    answered,
    page,
    refused_with,
)
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.history import Days, HistoryItem, with_history
from shared.times import from_wire, to_wire

Reader = Annotated[Actor, requires(*READING)]

router = Router(prefix="/mediations", tags=["mediations"])


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
    mediator_id: Identifier | None = None,
    unassigned: Annotated[
        bool, Query(description="Those that wait for a mediator: not over, and nobody takes part")
    ] = False,
    applied: Days,
) -> MediationFilter:
    return MediationFilter(
        division=division,
        state=state,
        category=category,
        dispute_kind=dispute_kind,
        committee_id=committee_id,
        case_id=case_id,
        mediator_id=mediator_id,
        unassigned=True if unassigned else None,
        applied_from=applied[0],
        applied_before=applied[1],
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
    return with_history(SERVICE, summary(record.state), record, history)
